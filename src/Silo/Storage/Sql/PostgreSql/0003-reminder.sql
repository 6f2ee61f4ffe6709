CREATE TABLE reminder (
    starttime timestamptz  NOT NULL,
    period    bigint       NOT NULL, -- milliseconds
    grainhash integer      NOT NULL,
    version   integer      NOT NULL,
    grainid   varchar(600) COLLATE "C" NOT NULL,
    name      varchar(150) COLLATE "C" NOT NULL,
    service   varchar(150) COLLATE "C" NOT NULL,
    CONSTRAINT reminder_key PRIMARY KEY (grainid, name, service)
);

-- Each silo re-reads its ranges of the ring every few minutes, 30 ranges at once: without this index each is a scan of the table.
CREATE INDEX reminder_hash ON reminder (service, grainhash);

INSERT INTO orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $sql$
INSERT INTO reminder (service, grainid, name, starttime, period, grainhash, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 1 + floor(random() * 1073741823)::integer)
ON CONFLICT (grainid, name, service) DO UPDATE SET
    starttime = excluded.starttime, period = excluded.period, grainhash = excluded.grainhash, version = reminder.version + 1
RETURNING version AS "Version"
$sql$),
('ReadReminderRowsKey', $sql$
SELECT grainid AS "GrainId", name AS "ReminderName", starttime AS "StartTime", period AS "Period", version AS "Version"
FROM reminder
WHERE service = @ServiceId AND grainid = @GrainId
$sql$),
('ReadReminderRowKey', $sql$
SELECT grainid AS "GrainId", name AS "ReminderName", starttime AS "StartTime", period AS "Period", version AS "Version"
FROM reminder
WHERE service = @ServiceId AND grainid = @GrainId AND name = @ReminderName
$sql$),
('ReadRangeRows1Key', $sql$
SELECT grainid AS "GrainId", name AS "ReminderName", starttime AS "StartTime", period AS "Period", version AS "Version"
FROM reminder
WHERE service = @ServiceId AND grainhash > @BeginHash AND grainhash <= @EndHash
$sql$),
-- The range that wraps round the ring: two ranges of the index instead of an OR, which the planner may answer with a scan.
('ReadRangeRows2Key', $sql$
SELECT grainid AS "GrainId", name AS "ReminderName", starttime AS "StartTime", period AS "Period", version AS "Version"
FROM reminder
WHERE service = @ServiceId AND grainhash > @BeginHash
UNION ALL
SELECT grainid, name, starttime, period, version
FROM reminder
WHERE service = @ServiceId AND grainhash <= @EndHash AND @EndHash <= @BeginHash
$sql$),
('DeleteReminderRowKey', $sql$
WITH gone AS (
    DELETE FROM reminder
    WHERE service = @ServiceId AND grainid = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING 1
)
SELECT count(*)::integer FROM gone
$sql$),
('DeleteReminderRowsKey', $sql$
DELETE FROM reminder WHERE service = @ServiceId
$sql$);
