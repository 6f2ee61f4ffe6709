-- Every act with legal weight, one chain for each account. What stands here in clear is exactly what goes into an entry's hash, in the
-- form in which it goes into it; of the sealed evidence it is the digest. Nothing is ever changed or taken away.
CREATE TABLE ledger (
    service          TEXT    NOT NULL,
    account          TEXT    NOT NULL,
    number           INTEGER NOT NULL, -- from 1, without gaps
    kind             TEXT    NOT NULL,
    at               TEXT    NOT NULL, -- UTC with seven decimals of a second
    manner           TEXT    NOT NULL, -- empty: nothing was accepted
    act              TEXT    NOT NULL,
    document_kind    TEXT    NOT NULL, -- empty, as the next two: about no document
    document_version TEXT    NOT NULL,
    document_sha256  TEXT    NOT NULL,
    incorporated     TEXT    NOT NULL, -- one line each: kind, version, digest, with tabs between
    purpose          TEXT    NOT NULL,
    given            TEXT    NOT NULL, -- true, false or empty
    evidence_sha256  BLOB    NOT NULL, -- empty: there never was any
    previous         BLOB    NOT NULL, -- hash of the entry before; zeros for the first
    hash             BLOB    NOT NULL,
    evidence         BLOB,             -- sealed under the account's evidence key; null: none, or shredded
    PRIMARY KEY (service, account, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_not_updated BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_not_deleted BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- One row for each account, so that staff find it, and the end of its chain.
CREATE TABLE directory (
    service  TEXT    NOT NULL,
    account  TEXT    NOT NULL,
    opened   INTEGER NOT NULL, -- Unix milliseconds
    standing TEXT    NOT NULL,
    number   INTEGER NOT NULL, -- of the last entry
    hash     BLOB    NOT NULL, -- of the last entry
    bucket   INTEGER NOT NULL, -- 0..65535, from the key's SHA-256: what a checkpoint sums up together
    PRIMARY KEY (service, account)
) STRICT, WITHOUT ROWID;

CREATE INDEX directory_bucket ON directory (service, bucket, account);

-- A row says in its payload that entries are pending; its mark in dirty says whether they still are. A read that finds no mark takes the
-- flag out of what it answers, so that the next write of the row carries those entries no further and marks nothing.
UPDATE OrleansQuery SET QueryText = '
SELECT
    CASE WHEN instr(''13579bdf'', CAST(substr(payload, 4, 1) AS TEXT)) > 0 AND NOT EXISTS (
            SELECT 1 FROM dirty WHERE dirty.key = state.key AND dirty.name = state.name AND dirty.service = state.service)
        THEN CAST(CAST(substr(payload, 1, 2) AS TEXT) || ''00'' || CAST(substr(payload, 5) AS TEXT) AS BLOB)
        ELSE payload
    END AS PayloadBinary,
    version AS Version
FROM state
WHERE key = CASE WHEN substr(@GrainIdExtensionString, 1, 1) = ''='' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId
' WHERE QueryKey = 'ReadFromStorageKey';
