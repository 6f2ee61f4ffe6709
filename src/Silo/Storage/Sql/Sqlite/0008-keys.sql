-- Which epochs of key-encryption keys each running process holds, and which of them it wraps under. A new epoch is promoted when all hold
-- it, an old one retired when none wraps under it.
CREATE TABLE keyholder (
    process TEXT PRIMARY KEY,
    seen    INTEGER NOT NULL, -- Unix milliseconds
    current TEXT NOT NULL,
    epochs  TEXT NOT NULL     -- with blanks between
) STRICT;

-- How far the rows have been re-wrapped under an epoch, in the order of their keys.
CREATE TABLE rewrap (
    epoch     TEXT PRIMARY KEY,
    looked    INTEGER NOT NULL,
    rewrapped INTEGER NOT NULL,
    finished  INTEGER NOT NULL,
    key       TEXT NOT NULL,
    name      TEXT NOT NULL,
    service   TEXT NOT NULL
) STRICT;

-- Something known, wrapped by the vault in use: a start with another vault, or another key in it, fails before anything is written with it.
CREATE TABLE vaultcheck (
    id      INTEGER PRIMARY KEY,
    epoch   TEXT NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;
