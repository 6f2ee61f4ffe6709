using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DbUp.Engine.Transactions;
using DbUp.Postgresql;
using DbUp.Sqlite.Helpers;
using Npgsql;

namespace AiCloud.Storage;

/// <summary>
/// Brings a database to this release's schema. Scripts only ever add, because rows must serve the previous release while both run; what
/// was applied stands in the table <c>migration</c>. Whoever comes second waits for the first and finds nothing to do.
/// </summary>
public static class Migrations
{
    private const string Journal = "migration";
    private const long Lock = 0x41_69_43_6c_6f_75_64; // any constant that nobody else locks in this database
    private const int OldestPostgreSql = 15;

    /// <summary>Applies what is missing, and answers the names of it. Creates the SQLite file; the PostgreSQL database must exist.</summary>
    /// <exception cref="NotSupportedException">The server is older than PostgreSQL 15.</exception>
    public static async Task<IReadOnlyList<string>> Apply(DatabaseSettings settings, ILoggerFactory logs, CancellationToken cancellation = default)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            await using var file = new GatedSqliteDataSource(settings);
            await using var held = await file.OpenConnectionAsync(cancellation); // the gate is the lock
            await Execute(held, "PRAGMA journal_mode=WAL", cancellation); // a property of the file; not possible inside a transaction
            return Run(Sqlite(held), logs);
        }

        await using var source = Database.Tuned(settings, size: 4, "migration", commandTimeout: TimeSpan.FromMinutes(10));
        await using var locked = await source.OpenConnectionAsync(cancellation);
        RequireVersion(locked.PostgreSqlVersion);
        await Execute(locked, $"SELECT pg_advisory_lock({Lock})", cancellation);
        try
        {
            return Run(PostgreSql(source), logs);
        }
        finally
        {
            // By hand, since a pooled connection goes back without a reset.
            await Execute(locked, $"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>Whether the database has every script of this release. Changes nothing.</summary>
    /// <exception cref="NotSupportedException">The server is older than PostgreSQL 15.</exception>
    public static async Task<bool> AreApplied(DatabaseSettings settings, CancellationToken cancellation = default)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            if (!File.Exists(settings.File)) return false;
            await using var file = new GatedSqliteDataSource(settings);
            await using var held = await file.OpenConnectionAsync(cancellation);
            return !Sqlite(held).LogToNowhere().Build().IsUpgradeRequired();
        }

        await using var source = Database.Tuned(settings, size: 2, "migration");
        await using (var probe = await source.OpenConnectionAsync(cancellation)) RequireVersion(probe.PostgreSqlVersion);
        return !PostgreSql(source).LogToNowhere().Build().IsUpgradeRequired();
    }

    private static UpgradeEngineBuilder Sqlite(DbConnection held) => Scripts(
        DeployChanges.To.SqliteDatabase(new SharedConnection(held)).JournalToSqliteTable(Journal), "Sqlite");

    private static UpgradeEngineBuilder PostgreSql(NpgsqlDataSource source) => Scripts(
        DeployChanges.To.PostgresqlDatabase((IConnectionManager)new PostgresqlConnectionManager(source)).JournalToPostgresqlTable(null!, Journal), "PostgreSql");

    private static UpgradeEngineBuilder Scripts(UpgradeEngineBuilder engine, string folder) => engine
        .WithScriptsEmbeddedInAssembly(typeof(Migrations).Assembly, name => name.Contains($".Storage.Sql.{folder}.", StringComparison.Ordinal))
        .WithVariablesDisabled()
        .WithTransactionPerScript();

    private static IReadOnlyList<string> Run(UpgradeEngineBuilder engine, ILoggerFactory logs)
    {
        var result = engine.LogTo(logs.CreateLogger(typeof(Migrations))).Build().PerformUpgrade();
        if (!result.Successful) throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} failed.", result.Error);
        return [.. result.Scripts.Select(script => script.Name)];
    }

    internal static void RequireVersion(Version server)
    {
        if (server.Major < OldestPostgreSql) throw new NotSupportedException($"PostgreSQL {OldestPostgreSql} or newer is needed; this server is {server}.");
    }

    private static async Task Execute(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
