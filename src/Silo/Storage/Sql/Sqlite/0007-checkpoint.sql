-- What of the ledger a signed checkpoint sums up, bucket by bucket; only buckets that something touched are summed up anew.
ALTER TABLE directory ADD COLUMN summed_number INTEGER; -- the end of the chain as it was last summed up
ALTER TABLE directory ADD COLUMN summed_hash BLOB;

-- Whoever flushes raises the count; whoever has summed up takes the row away at the count that was read, so that nothing is lost in between.
CREATE TABLE ledger_touched (
    service TEXT    NOT NULL,
    bucket  INTEGER NOT NULL,
    times   INTEGER NOT NULL,
    PRIMARY KEY (service, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_bucket (
    service    TEXT    NOT NULL,
    bucket     INTEGER NOT NULL,
    accounts   INTEGER NOT NULL,
    root       BLOB    NOT NULL,
    checkpoint INTEGER NOT NULL, -- for which it was last summed up
    PRIMARY KEY (service, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
    service  TEXT    NOT NULL,
    number   INTEGER NOT NULL, -- from 1, without gaps
    hour     INTEGER NOT NULL, -- hours since 1970: there is one checkpoint in each at most
    at       TEXT    NOT NULL,
    accounts INTEGER NOT NULL,
    root     BLOB    NOT NULL,
    previous BLOB    NOT NULL, -- SHA-256 of the one before, as it was signed; zeros for the first
    jws      TEXT    NOT NULL,
    PRIMARY KEY (service, number),
    UNIQUE (service, hour)
) STRICT;

CREATE TRIGGER checkpoint_not_updated BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER checkpoint_not_deleted BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

INSERT INTO ledger_touched (service, bucket, times) SELECT DISTINCT service, bucket, 1 FROM directory;
