using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(AiCloud.Storage.BothDatabases))]

namespace AiCloud.Storage;

/// <summary>One silo on either database, started when a test first asks for it. Tests keep apart by their keys.</summary>
public sealed class BothDatabases : IAsyncDisposable
{
    private readonly Dictionary<DatabaseProvider, Task<StorageUnderTest>> started = [];
    private readonly Lock gate = new();

    public Task<StorageUnderTest> On(DatabaseProvider provider)
    {
        lock (gate) return started.TryGetValue(provider, out var running) ? running : started[provider] = StorageUnderTest.Start(provider);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in started.Values) await (await running).DisposeAsync();
    }
}

public sealed class StorageUnderTest : IAsyncDisposable
{
    private readonly IAsyncDisposable files;

    private StorageUnderTest(InProcessTestCluster cluster, DatabaseSettings settings, IAsyncDisposable files)
    {
        Cluster = cluster;
        Settings = settings;
        this.files = files;
    }

    public InProcessTestCluster Cluster { get; }
    public DatabaseSettings Settings { get; }
    public IServiceProvider Services => Cluster.GetSiloServiceProvider();
    public Database Database => Services.GetRequiredService<Database>();
    public IGrainStorage State => Services.GetRequiredKeyedService<IGrainStorage>(StorageNames.State);
    public string DatabaseName => new Npgsql.NpgsqlConnectionStringBuilder(Settings.ConnectionString).Database!;
    public string ServiceId => Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ClusterOptions>>().Value.ServiceId;

    public static async Task<StorageUnderTest> Start(DatabaseProvider provider, Action<DatabaseSettings>? configure = null)
    {
        IAsyncDisposable files;
        DatabaseSettings settings;
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = await TemporarySqlite.Create();
            // A hundred writers at once behind one slow disk would wait longer than the product lets them.
            file.Settings.Synchronous = SqliteSynchronous.Normal;
            (files, settings) = (file, file.Settings);
        }
        else
        {
            var database = await TemporaryDatabase.Create();
            (files, settings) = (database, database.Settings);
        }

        configure?.Invoke(settings);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddAccountsStorage(settings));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new StorageUnderTest(cluster, settings, files);
    }

    public static GrainId Id(string key, string type = "test-note") => GrainId.Create(type, key);

    public static string NewKey() => Guid.NewGuid().ToString("N");

    internal async Task<Stored> Read(string key, string state = "test-note")
    {
        var read = new Stored();
        await State.ReadStateAsync(state, Id(key), read);
        return read;
    }

    internal async Task<Stored> Write(string key, Note note, string? etag = null, string state = "test-note")
    {
        var written = new Stored { State = note, ETag = etag };
        await State.WriteStateAsync(state, Id(key), written);
        return written;
    }

    public async Task<T> Query<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.State.OpenConnectionAsync();
        return (await Dapper.SqlMapper.ExecuteScalarAsync<T>(connection, sql, parameters, commandTimeout: 120))!;
    }

    public async Task<IReadOnlyList<T>> Rows<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.State.OpenConnectionAsync();
        return [.. await Dapper.SqlMapper.QueryAsync<T>(connection, sql, parameters, commandTimeout: 120)];
    }

    public async Task Execute(string sql, object? parameters = null)
    {
        await using var connection = await Database.State.OpenConnectionAsync();
        await Dapper.SqlMapper.ExecuteAsync(connection, sql, parameters, commandTimeout: 120);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await files.DisposeAsync();
    }
}

internal sealed class Stored : IGrainState<Note>
{
    [System.Diagnostics.CodeAnalysis.AllowNull] public Note State { get; set => field = value ?? new(); } = new();
    public string? ETag { get; set; }
    public bool RecordExists { get; set; }
}
