-- One known value per key of the key ring: a start with a wrong or missing key fails before anything is read or written with it.
CREATE TABLE keycheck (
    keyid      TEXT PRIMARY KEY,
    checkvalue BLOB NOT NULL
) STRICT;
