using System.Data.Common;
using Npgsql;

namespace AiCloud.Storage;

/// <summary>
/// The one set of data sources of a process. State and reminders share the first; membership and clock have a small one of their own,
/// so that a jam in front of the first cannot make a living silo look dead.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private Database(DatabaseSettings settings, DbDataSource state, DbDataSource membership)
    {
        Settings = settings;
        State = state;
        Membership = membership;
    }

    /// <summary>What it was opened with.</summary>
    public DatabaseSettings Settings { get; }

    /// <summary>PostgreSQL or SQLite.</summary>
    public DatabaseProvider Provider => Settings.Provider;

    /// <summary>For state, reminders, sweeps, ledger and directory.</summary>
    public DbDataSource State { get; }

    /// <summary>For membership, clock and readiness probes. On SQLite the same as <see cref="State"/>.</summary>
    public DbDataSource Membership { get; }

    // Orleans knows providers by these names; SQLite's is an older driver's, although Microsoft.Data.Sqlite is what it loads.
    internal string Invariant => Provider == DatabaseProvider.Sqlite ? "System.Data.SQLite" : "Npgsql";

    /// <summary>Makes the data sources; connects to nothing.</summary>
    public static Database Open(DatabaseSettings settings)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            var file = new GatedSqliteDataSource(settings);
            return new Database(settings, file, file);
        }

        return new Database(settings, Tuned(settings, settings.MaxPoolSize, "state"), Tuned(settings, size: 4, "membership"));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await State.DisposeAsync();
        await Membership.DisposeAsync();
    }

    internal static NpgsqlDataSource Tuned(DatabaseSettings settings, int size, string purpose, TimeSpan? commandTimeout = null)
    {
        var connection = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            ApplicationName = $"aicloud-{purpose}",
            MaxPoolSize = size,
            MinPoolSize = 0,
            Timeout = Seconds(settings.ConnectTimeout),
            CommandTimeout = Seconds(commandTimeout ?? settings.CommandTimeout),
            CancellationTimeout = 1000,
            // Our statements are constants and set nothing on the session, so plans may be kept and nothing needs a reset.
            // Not behind a pooler in transaction mode, which hands a session to the next client.
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            IncludeErrorDetail = false, // the server's details quote column values
            PersistSecurityInfo = false,
        };
        return connection.Host?.Contains(',', StringComparison.Ordinal) == true ? OfSeveral(connection, purpose) : Builder(connection, purpose).Build();
    }

    // Metrics and spans carry the name; without one they carry the connection string.
    private static NpgsqlDataSourceBuilder Builder(NpgsqlConnectionStringBuilder connection, string purpose) => new(connection.ConnectionString) { Name = purpose };

    // A primary and its copies: whichever takes writes now. The driver wants the choice said of the data source and not in the string.
    private static NpgsqlDataSource OfSeveral(NpgsqlConnectionStringBuilder connection, string purpose)
    {
        var target = connection.TargetSessionAttributes?.ToLowerInvariant() switch
        {
            null or "primary" => TargetSessionAttributes.Primary,
            "read-write" => TargetSessionAttributes.ReadWrite,
            _ => throw new ArgumentException("Target Session Attributes must be primary or read-write: everything here writes."),
        };
        connection.Remove("Target Session Attributes");
        connection.HostRecheckSeconds = 1; // what is known of a host is forgotten so soon: a copy that was promoted is found
        return Builder(connection, purpose).BuildMultiHost().WithTargetSession(target);
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
