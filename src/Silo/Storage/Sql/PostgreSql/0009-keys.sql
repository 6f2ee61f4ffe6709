-- Which epochs of key-encryption keys each running process holds, and which of them it wraps under. A new epoch is promoted when all hold
-- it, an old one retired when none wraps under it.
CREATE TABLE keyholder (
    seen    bigint NOT NULL, -- Unix milliseconds by the database's clock
    process text PRIMARY KEY,
    current text NOT NULL,
    epochs  text NOT NULL    -- with blanks between
);

-- How far the rows have been re-wrapped under an epoch, in the order of their keys.
CREATE TABLE rewrap (
    looked    bigint NOT NULL,
    rewrapped bigint NOT NULL,
    finished  boolean NOT NULL,
    epoch     text PRIMARY KEY,
    key       text COLLATE "C" NOT NULL,
    name      text COLLATE "C" NOT NULL,
    service   text COLLATE "C" NOT NULL
);

-- Something known, wrapped by the vault in use: a start with another vault, or another key in it, fails before anything is written with it.
CREATE TABLE vaultcheck (
    id      integer PRIMARY KEY,
    epoch   text NOT NULL,
    wrapped bytea NOT NULL
);
