-- Every act with legal weight, one chain for each account. What stands here in clear is exactly what goes into an entry's hash, in the
-- form in which it goes into it; of the sealed evidence it is the digest. Nothing is ever changed or taken away.
CREATE TABLE ledger (
    number           integer NOT NULL,                            -- from 1, without gaps
    account          varchar(512) COLLATE "C" NOT NULL,
    service          varchar(150) COLLATE "C" NOT NULL,
    kind             text COLLATE "C" NOT NULL,
    at               text COLLATE "C" NOT NULL,                   -- UTC with seven decimals of a second
    manner           text COLLATE "C" NOT NULL,                   -- empty: nothing was accepted
    act              text COLLATE "C" NOT NULL,
    document_kind    text COLLATE "C" NOT NULL,                   -- empty, as the next two: about no document
    document_version text COLLATE "C" NOT NULL,
    document_sha256  text COLLATE "C" NOT NULL,
    incorporated     text COLLATE "C" NOT NULL,                   -- one line each: kind, version, digest, with tabs between
    purpose          text COLLATE "C" NOT NULL,
    given            text COLLATE "C" NOT NULL,                   -- true, false or empty
    evidence_sha256  bytea NOT NULL,                              -- empty: there never was any
    previous         bytea NOT NULL,                              -- hash of the entry before; zeros for the first
    hash             bytea NOT NULL,
    evidence         bytea,                                       -- sealed under the account's evidence key; null: none, or shredded
    CONSTRAINT ledger_key PRIMARY KEY (service, account, number)
);

CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END
$body$;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

-- One row for each account, so that staff find it, and the end of its chain.
CREATE TABLE directory (
    opened   bigint  NOT NULL,                    -- Unix milliseconds
    number   integer NOT NULL,                    -- of the last entry
    bucket   integer NOT NULL,                    -- 0..65535, from the key's SHA-256: what a checkpoint sums up together
    account  varchar(512) COLLATE "C" NOT NULL,
    service  varchar(150) COLLATE "C" NOT NULL,
    standing text COLLATE "C" NOT NULL,
    hash     bytea   NOT NULL,                    -- of the last entry
    CONSTRAINT directory_key PRIMARY KEY (service, account) WITH (fillfactor = 90)
) WITH (fillfactor = 80);

CREATE INDEX directory_bucket ON directory (service, bucket, account);

-- A row says in its payload that entries are pending; its mark in dirty says whether they still are. A read that finds no mark takes the
-- flag out of what it answers, so that the next write of the row carries those entries no further and marks nothing.
UPDATE orleansquery SET querytext = $sql$
SELECT
    CASE WHEN get_byte(decode(encode(substr(payload, 3, 2), 'escape'), 'hex'), 0) & 1 = 1 AND NOT EXISTS (
            SELECT 1 FROM dirty WHERE dirty.key = state.key AND dirty.name = state.name AND dirty.service = state.service)
        THEN overlay(payload PLACING '00'::bytea FROM 3 FOR 2)
        ELSE payload
    END AS "PayloadBinary",
    version AS "Version"
FROM state
WHERE key = CASE WHEN left(@GrainIdExtensionString, 1) = '=' THEN substr(@GrainIdExtensionString, 2) END
    AND name = @GrainTypeString AND service = @ServiceId
$sql$ WHERE querykey = 'ReadFromStorageKey';
