CREATE TABLE state (
    key      TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    service  TEXT    NOT NULL,
    slot     INTEGER NOT NULL, -- 0..63, from the key's hash: what a shard of sweepers owns
    version  INTEGER NOT NULL,
    due      INTEGER,          -- Unix milliseconds, from the payload's header; null: nobody waits for this row
    modified INTEGER NOT NULL, -- Unix milliseconds, for people; in no index
    payload  BLOB    NOT NULL,
    PRIMARY KEY (key, name, service)
) STRICT;

CREATE INDEX state_due ON state (name, slot, due) WHERE due IS NOT NULL;

-- Rows whose entries wait for the ledger. Whoever has flushed version n deletes "WHERE version <= n":
-- a write in between has moved the version on, and its entries keep their mark.
CREATE TABLE dirty (
    key     TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    service TEXT    NOT NULL,
    version INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (key, name, service)
) STRICT, WITHOUT ROWID;

-- SQLite has no data-modifying WITH: a trigger marks the row inside the statement that writes it. Byte 4 of the payload is the low
-- digit of the header's flags, and its bit 0 says that entries are pending.
CREATE TRIGGER state_created AFTER INSERT ON state
WHEN instr('13579bdf', CAST(substr(NEW.payload, 4, 1) AS TEXT)) > 0
BEGIN
    INSERT INTO dirty (key, name, service, version, since)
    VALUES (NEW.key, NEW.name, NEW.service, NEW.version, NEW.modified)
    ON CONFLICT (key, name, service) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER state_updated AFTER UPDATE ON state
WHEN instr('13579bdf', CAST(substr(NEW.payload, 4, 1) AS TEXT)) > 0
BEGIN
    INSERT INTO dirty (key, name, service, version, since)
    VALUES (NEW.key, NEW.name, NEW.service, NEW.version, NEW.modified)
    ON CONFLICT (key, name, service) DO UPDATE SET version = excluded.version;
END;

-- The storage decorator hands every key over as '=' and the key, because Orleans would otherwise read some texts as numbers or
-- GUIDs and let 'a', 'A' and '0a' share a row. A key that comes without the mark becomes null, which no row can have.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', '
SELECT payload AS PayloadBinary, version AS Version
FROM state
WHERE key = CASE WHEN substr(@GrainIdExtensionString, 1, 1) = ''='' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId
'),
-- The first WHERE keeps a write with the version of a deleted row from creating it anew; the last is the compare-and-set.
('WriteToStorageKey', '
INSERT INTO state (key, name, service, slot, version, due, modified, payload)
SELECT
    CASE WHEN substr(@GrainIdExtensionString, 1, 1) = ''='' THEN substr(@GrainIdExtensionString, 2) END,
    @GrainTypeString, @ServiceId, @GrainIdHash & 63,
    1 + (random() & 1073741823),
    nullif(CAST(CAST(substr(@PayloadBinary, 5, 15) AS TEXT) AS INTEGER), 0),
    CAST(unixepoch(''subsec'') * 1000 AS INTEGER),
    @PayloadBinary
WHERE @GrainStateVersion IS NULL OR EXISTS (
    SELECT 1 FROM state
    WHERE key = substr(@GrainIdExtensionString, 2) AND name = @GrainTypeString AND service = @ServiceId
        AND version = @GrainStateVersion)
ON CONFLICT (key, name, service) DO UPDATE SET
    payload = excluded.payload, due = excluded.due, modified = excluded.modified, version = state.version + 1
    WHERE state.version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion
'),
('DeleteStorageKey', '
DELETE FROM state
WHERE key = CASE WHEN substr(@GrainIdExtensionString, 1, 1) = ''='' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId AND version = @GrainStateVersion
RETURNING version + 1 AS NewGrainStateVersion
'),
-- Orleans wants the row to exist; with DeleteStateOnClear it is never sent, and were it sent it would still delete.
('ClearStorageKey', '
DELETE FROM state
WHERE key = CASE WHEN substr(@GrainIdExtensionString, 1, 1) = ''='' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId AND version = @GrainStateVersion
RETURNING version + 1 AS NewGrainStateVersion
');
