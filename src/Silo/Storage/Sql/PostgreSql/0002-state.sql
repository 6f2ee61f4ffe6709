-- The wide columns stand last, so that the fixed ones need no padding.
-- fillfactor: an update that moves no indexed column finds room on its own page (HOT) and touches no index.
CREATE TABLE state (
    due      bigint,                              -- Unix milliseconds, from the payload's header; null: nobody waits for this row
    modified timestamptz  NOT NULL DEFAULT now(), -- for people; in no index, or no update would be HOT any more
    version  integer      NOT NULL,
    slot     smallint     NOT NULL,               -- 0..63, from the key's hash: what a shard of sweepers owns
    key      varchar(512) COLLATE "C" NOT NULL,
    name     varchar(150) COLLATE "C" NOT NULL,
    service  varchar(150) COLLATE "C" NOT NULL,
    payload  bytea        NOT NULL,
    CONSTRAINT state_key PRIMARY KEY (key, name, service) WITH (fillfactor = 80)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX state_due ON state (name, slot, due) WHERE due IS NOT NULL;

-- Rows whose entries wait for the ledger. Whoever has flushed version n deletes "WHERE version <= n":
-- a write in between has moved the version on, and its entries keep their mark.
CREATE TABLE dirty (
    since   timestamptz  NOT NULL DEFAULT now(),
    version integer      NOT NULL,
    key     varchar(512) COLLATE "C" NOT NULL,
    name    varchar(150) COLLATE "C" NOT NULL,
    service varchar(150) COLLATE "C" NOT NULL,
    CONSTRAINT dirty_key PRIMARY KEY (key, name, service)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- The storage decorator hands every key over as '=' and the key, because Orleans would otherwise read some texts as numbers or
-- GUIDs and let 'a', 'A' and '0a' share a row. A key that comes without the mark becomes null, which no row can have.
INSERT INTO orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $sql$
SELECT payload AS "PayloadBinary", version AS "Version"
FROM state
WHERE key = CASE WHEN left(@GrainIdExtensionString, 1) = '=' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId
$sql$),
('WriteToStorageKey', $sql$
WITH updated AS (
    UPDATE state SET
        payload = @PayloadBinary,
        due = nullif(encode(substr(@PayloadBinary, 5, 15), 'escape')::bigint, 0),
        version = version + 1,
        modified = now()
    WHERE key = CASE WHEN left(@GrainIdExtensionString, 1) = '=' THEN substr(@GrainIdExtensionString, 2) END
        AND name = @GrainTypeString AND service = @ServiceId AND version = @GrainStateVersion
    RETURNING version
), created AS (
    INSERT INTO state (due, version, slot, key, name, service, payload)
    SELECT
        nullif(encode(substr(@PayloadBinary, 5, 15), 'escape')::bigint, 0),
        1 + floor(random() * 1073741823)::integer,
        (@GrainIdHash & 63)::smallint,
        CASE WHEN left(@GrainIdExtensionString, 1) = '=' THEN substr(@GrainIdExtensionString, 2) END,
        @GrainTypeString, @ServiceId, @PayloadBinary
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version
), written AS (
    SELECT version FROM updated UNION ALL SELECT version FROM created
), marked AS (
    INSERT INTO dirty (version, key, name, service)
    SELECT version, substr(@GrainIdExtensionString, 2), @GrainTypeString, @ServiceId
    FROM written
    WHERE get_byte(decode(encode(substr(@PayloadBinary, 3, 2), 'escape'), 'hex'), 0) & 1 = 1
    ON CONFLICT (key, name, service) DO UPDATE SET version = excluded.version
)
SELECT version AS "NewGrainStateVersion" FROM written
$sql$),
('DeleteStorageKey', $sql$
DELETE FROM state
WHERE key = CASE WHEN left(@GrainIdExtensionString, 1) = '=' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId AND version = @GrainStateVersion
RETURNING version + 1 AS "NewGrainStateVersion"
$sql$),
-- Orleans wants the row to exist; with DeleteStateOnClear it is never sent, and were it sent it would still delete.
('ClearStorageKey', $sql$
DELETE FROM state
WHERE key = CASE WHEN left(@GrainIdExtensionString, 1) = '=' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId AND version = @GrainStateVersion
RETURNING version + 1 AS "NewGrainStateVersion"
$sql$);
