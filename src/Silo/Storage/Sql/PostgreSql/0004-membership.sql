-- One row per cluster: every change of the member list is a compare-and-set on its version.
CREATE TABLE membershipversion (
    deploymentid varchar(150) PRIMARY KEY,
    modified     timestamptz NOT NULL DEFAULT now(),
    version      integer     NOT NULL DEFAULT 0
);

CREATE TABLE membership (
    deploymentid varchar(150) NOT NULL REFERENCES membershipversion,
    address      varchar(45)  NOT NULL,
    port         integer      NOT NULL,
    generation   integer      NOT NULL,
    siloname     varchar(150) NOT NULL,
    hostname     varchar(150) NOT NULL,
    status       integer      NOT NULL,
    proxyport    integer,
    suspecttimes text,
    starttime    timestamptz  NOT NULL,
    iamalivetime timestamptz  NOT NULL,
    PRIMARY KEY (deploymentid, address, port, generation)
) WITH (fillfactor = 50);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $sql$
WITH created AS (
    INSERT INTO membershipversion (deploymentid) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1
)
SELECT count(*)::integer FROM created
$sql$),
-- The version moves only if the row can be written: both happen or neither.
('InsertMembershipKey', $sql$
WITH moved AS (
    UPDATE membershipversion SET version = version + 1, modified = now()
    WHERE deploymentid = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT 1 FROM membership
        WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deploymentid
), joined AS (
    INSERT INTO membership (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
    SELECT deploymentid, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM moved
    RETURNING 1
)
SELECT count(*)::integer FROM joined
$sql$),
('UpdateMembershipKey', $sql$
WITH moved AS (
    UPDATE membershipversion SET version = version + 1, modified = now()
    WHERE deploymentid = @DeploymentId AND version = @Version AND EXISTS (
        SELECT 1 FROM membership
        WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deploymentid
), changed AS (
    UPDATE membership SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
    FROM moved
    WHERE membership.deploymentid = moved.deploymentid AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1
)
SELECT count(*)::integer FROM changed
$sql$),
('UpdateIAmAlivetimeKey', $sql$
UPDATE membership SET iamalivetime = @IAmAliveTime
WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$sql$),
-- The version comes back even for a cluster, or a silo, that has no row yet.
('MembershipReadRowKey', $sql$
SELECT v.deploymentid AS "DeploymentId", m.address AS "Address", m.port AS "Port", m.generation AS "Generation",
    m.siloname AS "SiloName", m.hostname AS "HostName", m.status AS "Status", m.proxyport AS "ProxyPort",
    m.suspecttimes AS "SuspectTimes", m.starttime AS "StartTime", m.iamalivetime AS "IAmAliveTime", v.version AS "Version"
FROM membershipversion v
LEFT JOIN membership m ON m.deploymentid = v.deploymentid
    AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
WHERE v.deploymentid = @DeploymentId
$sql$),
('MembershipReadAllKey', $sql$
SELECT v.deploymentid AS "DeploymentId", m.address AS "Address", m.port AS "Port", m.generation AS "Generation",
    m.siloname AS "SiloName", m.hostname AS "HostName", m.status AS "Status", m.proxyport AS "ProxyPort",
    m.suspecttimes AS "SuspectTimes", m.starttime AS "StartTime", m.iamalivetime AS "IAmAliveTime", v.version AS "Version"
FROM membershipversion v
LEFT JOIN membership m ON m.deploymentid = v.deploymentid
WHERE v.deploymentid = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
SELECT address AS "Address", proxyport AS "ProxyPort", generation AS "Generation"
FROM membership
WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
WITH members AS (DELETE FROM membership WHERE deploymentid = @DeploymentId)
DELETE FROM membershipversion WHERE deploymentid = @DeploymentId
$sql$),
-- Orleans requires this row and sends it only where the one below is missing. 3 is Active.
('CleanupDefunctSiloEntriesKey', $sql$
DELETE FROM membership WHERE deploymentid = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3
$sql$),
-- Deletes one dead silo (6) exactly as it was read, so that a row which moved since then stays.
('CleanupDefunctSiloEntryKey', $sql$
DELETE FROM membership
WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
    AND starttime = @StartTime AND iamalivetime = @IAmAliveTime AND suspecttimes IS NOT DISTINCT FROM @SuspectTimes
$sql$);
