-- Every statement that Orleans sends is a row of this table: the keys, the parameter names and the result columns are its contract.
-- A silo reads it once, at start, so a new release brings its own statements and the old one keeps those it started with.
CREATE TABLE orleansquery (
    querykey  varchar(64) PRIMARY KEY,
    querytext text NOT NULL
);
