using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AiCloud.Storage;

/// <summary>A database of its own on the throw-away server, migrated (copied from a migrated template, which is quick).</summary>
public sealed class TemporaryDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);

    private TemporaryDatabase(string name, DatabaseSettings settings)
    {
        Name = name;
        Settings = settings;
    }

    /// <summary>The database's name.</summary>
    public string Name { get; }

    /// <summary>How a silo reaches it.</summary>
    public DatabaseSettings Settings { get; }

    /// <summary>Creates one; with <paramref name="migrated"/> false an empty one.</summary>
    public static async Task<TemporaryDatabase> Create(bool migrated = true)
    {
        var name = NewName();
        var template = migrated ? await Template.Value : null;
        await OneCopyAtATime.WaitAsync();
        try { await Execute($"CREATE DATABASE {name} {(template is null ? "" : $"TEMPLATE {template}")}"); }
        finally { OneCopyAtATime.Release(); }
        return new TemporaryDatabase(name, await SettingsOf(name));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Execute($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private static async Task<string> MakeTemplate()
    {
        var name = NewName();
        await Execute($"CREATE DATABASE {name}");
        await Migrations.Apply(await SettingsOf(name), NullLoggerFactory.Instance);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            // Matters on a server that was given to us; our own goes as a whole.
            if (Environment.GetEnvironmentVariable(PostgresServer.Variable) is { Length: > 0 }) Execute($"DROP DATABASE IF EXISTS {name}").GetAwaiter().GetResult();
        };
        return name;
    }

    private static string NewName() => $"aicloud_{Guid.NewGuid():N}";

    private static async Task<DatabaseSettings> SettingsOf(string name) => new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = new NpgsqlConnectionStringBuilder(await PostgresServer.ConnectionString()) { Database = name }.ConnectionString,
        // The machine that runs tests may be very busy; what is tested is not its speed.
        ConnectTimeout = TimeSpan.FromSeconds(20),
        CommandTimeout = TimeSpan.FromSeconds(30),
    };

    private static async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}
