-- Every statement that Orleans sends is a row of this table: the keys, the parameter names and the result columns are its contract.
CREATE TABLE OrleansQuery (
    QueryKey  TEXT PRIMARY KEY,
    QueryText TEXT NOT NULL
);
