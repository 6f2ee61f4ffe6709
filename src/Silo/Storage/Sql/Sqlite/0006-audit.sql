-- What staff did, tried and were refused. Rows are only ever added.
CREATE TABLE audit (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL, -- Unix milliseconds
    service   TEXT NOT NULL,
    staff     TEXT NOT NULL,
    action    TEXT NOT NULL,
    target    TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    operation TEXT NOT NULL,
    trace     TEXT NOT NULL,
    UNIQUE (service, staff, operation, action, target, outcome)
) STRICT;

CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- INSERT OR REPLACE deletes what stands in its way without firing the trigger above.
CREATE TRIGGER audit_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number) OR EXISTS (
    SELECT 1 FROM audit WHERE service = NEW.service AND staff = NEW.staff AND operation = NEW.operation
        AND action = NEW.action AND target = NEW.target AND outcome = NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
