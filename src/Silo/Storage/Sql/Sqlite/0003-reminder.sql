CREATE TABLE reminder (
    grainid   TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    service   TEXT    NOT NULL,
    starttime TEXT    NOT NULL, -- as the driver writes a UTC DateTime
    period    INTEGER NOT NULL, -- milliseconds
    grainhash INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (grainid, name, service)
) STRICT;

CREATE INDEX reminder_hash ON reminder (service, grainhash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('UpsertReminderRowKey', '
INSERT INTO reminder (service, grainid, name, starttime, period, grainhash, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 1 + (random() & 1073741823))
ON CONFLICT (grainid, name, service) DO UPDATE SET
    starttime = excluded.starttime, period = excluded.period, grainhash = excluded.grainhash, version = reminder.version + 1
RETURNING version AS Version
'),
('ReadReminderRowsKey', '
SELECT grainid AS GrainId, name AS ReminderName, starttime AS StartTime, period AS Period, version AS Version
FROM reminder
WHERE service = @ServiceId AND grainid = @GrainId
'),
('ReadReminderRowKey', '
SELECT grainid AS GrainId, name AS ReminderName, starttime AS StartTime, period AS Period, version AS Version
FROM reminder
WHERE service = @ServiceId AND grainid = @GrainId AND name = @ReminderName
'),
('ReadRangeRows1Key', '
SELECT grainid AS GrainId, name AS ReminderName, starttime AS StartTime, period AS Period, version AS Version
FROM reminder
WHERE service = @ServiceId AND grainhash > @BeginHash AND grainhash <= @EndHash
'),
('ReadRangeRows2Key', '
SELECT grainid AS GrainId, name AS ReminderName, starttime AS StartTime, period AS Period, version AS Version
FROM reminder
WHERE service = @ServiceId AND grainhash > @BeginHash
UNION ALL
SELECT grainid, name, starttime, period, version
FROM reminder
WHERE service = @ServiceId AND grainhash <= @EndHash AND @EndHash <= @BeginHash
'),
-- One truthy or falsy column, whether or not a row went.
('DeleteReminderRowKey', '
DELETE FROM reminder
WHERE service = @ServiceId AND grainid = @GrainId AND name = @ReminderName AND version = @Version;
SELECT changes()
'),
('DeleteReminderRowsKey', '
DELETE FROM reminder WHERE service = @ServiceId
');
