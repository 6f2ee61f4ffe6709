-- What of the ledger a signed checkpoint sums up, bucket by bucket; only buckets that something touched are summed up anew.
ALTER TABLE directory ADD COLUMN summed_number integer, ADD COLUMN summed_hash bytea; -- the end of the chain as it was last summed up

-- Whoever flushes raises the count; whoever has summed up takes the row away at the count that was read, so that nothing is lost in between.
CREATE TABLE ledger_touched (
    times   bigint  NOT NULL,
    bucket  integer NOT NULL,
    service varchar(150) COLLATE "C" NOT NULL,
    CONSTRAINT ledger_touched_key PRIMARY KEY (service, bucket)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.1);

CREATE TABLE ledger_bucket (
    bucket     integer NOT NULL,
    accounts   integer NOT NULL,
    checkpoint integer NOT NULL, -- for which it was last summed up
    service    varchar(150) COLLATE "C" NOT NULL,
    root       bytea   NOT NULL,
    CONSTRAINT ledger_bucket_key PRIMARY KEY (service, bucket)
) WITH (fillfactor = 70);

CREATE TABLE checkpoint (
    number   integer NOT NULL, -- from 1, without gaps
    hour     bigint  NOT NULL, -- hours since 1970: there is one checkpoint in each at most
    accounts bigint  NOT NULL,
    service  varchar(150) COLLATE "C" NOT NULL,
    at       text COLLATE "C" NOT NULL,
    root     bytea   NOT NULL,
    previous bytea   NOT NULL, -- SHA-256 of the one before, as it was signed; zeros for the first
    jws      text COLLATE "C" NOT NULL,
    CONSTRAINT checkpoint_key PRIMARY KEY (service, number),
    CONSTRAINT checkpoint_hour UNIQUE (service, hour)
);

CREATE TRIGGER checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

INSERT INTO ledger_touched (service, bucket, times) SELECT DISTINCT service, bucket, 1 FROM directory;
