using AiCloud.Storage;

namespace AiCloud.Clock;

/// <summary>PostgreSQL's clock; on SQLite, where the process is the only one, its own.</summary>
internal sealed class DatabaseTime(Database database, TimeProvider clock) : IDatabaseTime
{
    private readonly ReadDatabaseTime? _read = database.Provider == DatabaseProvider.Sqlite ? null : ClockFeature.Reader(database);

    public Task<DateTimeOffset> Now(CancellationToken cancellation) => _read is null ? Task.FromResult(clock.GetUtcNow()) : _read(cancellation);
}
