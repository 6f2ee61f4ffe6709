using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AiCloud.Storage;

/// <summary>
/// One connection at a time to one file, for the whole process. SQLite has one writer anyway; its driver would let the others sleep on
/// their threads in steps of 150 ms, where this lets them await. Never open a second connection while holding one: it waits for itself,
/// and fails after <see cref="Patience"/>.
/// </summary>
internal sealed class GatedSqliteDataSource : DbDataSource
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // By file and not by data source: several silos of a test cluster, and the migrations, share one file in one process.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    private readonly string connectionString;
    private readonly string onOpen;
    private readonly SemaphoreSlim gate;

    internal GatedSqliteDataSource(DatabaseSettings settings)
    {
        var file = Path.GetFullPath(settings.File ?? throw new ArgumentException("No database file is set.", nameof(settings)));
        gate = Gates.GetOrAdd(file, _ => new SemaphoreSlim(1, 1));
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            DefaultTimeout = Math.Max(1, (int)settings.CommandTimeout.TotalSeconds),
            Pooling = true,
        }.ConnectionString;
        // A property of the connection, not of the file, and no connection string can say it.
        onOpen = settings.Synchronous == SqliteSynchronous.Full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
    }

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new GatedSqliteConnection(connectionString, onOpen, gate);

    protected override void Dispose(bool disposing)
    {
        using var pooled = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pooled);
        base.Dispose(disposing);
    }

}

// A subclass, because Orleans checks that the data source gives the driver's own connection type.
internal sealed class GatedSqliteConnection(string connectionString, string onOpen, SemaphoreSlim gate) : SqliteConnection(connectionString)
{
    private int held;

    public override void Open()
    {
        if (!gate.Wait(GatedSqliteDataSource.Patience)) throw TookTooLong();
        Begin();
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!await gate.WaitAsync(GatedSqliteDataSource.Patience, cancellationToken)) throw TookTooLong();
        Begin();
    }

    public override void Close()
    {
        try { base.Close(); }
        finally { Leave(); }
    }

    private void Begin()
    {
        Volatile.Write(ref held, 1);
        try
        {
            base.Open();
            using var command = CreateCommand();
            command.CommandText = onOpen;
            command.ExecuteNonQuery();
        }
        catch
        {
            Close();
            throw;
        }
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref held, 0) == 1) gate.Release();
    }

    private static TimeoutException TookTooLong() => new("The database file's one connection was not free in time; was it opened twice in one call?");
}
