using AiCloud.Clock;
using AiCloud.Delivery;
using AiCloud.Documents;
using AiCloud.Expiry;
using AiCloud.Hosting;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Shredding;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace AiCloud;

/// <summary>
/// The actors in an in-process cluster on the product's own storage over a throw-away SQLite file, or on PostgreSQL. The actors' clock stands still until a
/// test moves it; the runtime's own loops stay on real time. One fixture for one test class: the clock is everybody's.
/// </summary>
public class ClusterFixture : IAsyncLifetime
{
    private static readonly int Shards = new ExpiryOptions().Shards;
    private IAsyncDisposable? _files;

    /// <summary>How many silos.</summary>
    protected virtual short Silos => 1;

    /// <summary>Which database.</summary>
    protected virtual DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <summary>The database, migrated, and what disposes of it.</summary>
    private async Task<(DatabaseSettings Settings, IAsyncDisposable Files)> CreateDatabase()
    {
        if (Provider == DatabaseProvider.PostgreSql)
        {
            var database = await TemporaryDatabase.Create();
            return (database.Settings, database);
        }
        var file = await TemporarySqlite.Create();
        file.Settings.Synchronous = SqliteSynchronous.Normal; // nobody pulls the plug
        return (file.Settings, file);
    }

    /// <summary>What a test class sets differently.</summary>
    protected virtual void Configure(IServiceCollection services) { }

    public InProcessTestCluster Cluster { get; private set; } = null!;
    public Database Database { get; private set; } = null!;
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero)); // noon in Shanghai
    public RecordedDelivery Delivery { get; } = new();
    public StepsUnderTest Steps { get; } = new();
    public RecordedShredList Shredded { get; } = new();
    public StorageFaults Faults { get; } = new();
    public KeyRing Ring { get; } = KeyRing.Generate(new CryptographicRandomness());
    public IGrainFactory Grains => Cluster.Client;
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The texts that every registration must accept.</summary>
    public virtual IReadOnlyList<DocumentVersion> Texts => TestTexts.First;

    /// <summary>The product's storage as one silo sees it, to look at rows or to write behind an activation's back.</summary>
    public IGrainStorage State => Cluster.GetSiloServiceProvider().GetRequiredKeyedService<IGrainStorage>(StorageNames.State);

    public async ValueTask InitializeAsync()
    {
        (var settings, _files) = await CreateDatabase();
        Database = Database.Open(settings);
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.ForManySilos();
            silo.Services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.None));
            silo.Services.AddSingleton<TimeProvider>(Clock).UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<IDatabaseTime>(new ClockAsDatabaseTime(Clock));
            silo.Services.AddSingleton(Database); // one gate in front of the file, whatever the number of silos
            silo.AddActivityPropagation();
            silo.AddAccountsStorage(settings);
            Faults.Decorate(silo.Services, StorageNames.State);
            silo.Services.AddSingleton<ICodeDelivery>(Delivery).AddSingleton<INoticeDelivery>(Delivery).AddSingleton<IDeliveryProviders>(Delivery).AddSingleton<ICompletionSteps>(Steps).AddSingleton<IShredList>(Shredded);
            Configure(silo.Services);
            silo.Services.AddProtection(Ring).AddGrainFeatures();
        });
        builder.ConfigureClient(client => client.AddActivityPropagation().Services.ForManyClients());
        Cluster = builder.Build();
        await Cluster.DeployAsync();
        foreach (var text in Texts) await Grains.GetGrain<IDocumentGrain>(text.Kind).Seed(text);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Database.DisposeAsync();
        await _files!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody with a contact of their own and a network of their own.</summary>
    public Registrant NewPerson(Identifier? contact = null, long? network = null) => new(this, contact, network);

    /// <summary>Sends actors out of memory, as idleness, a deployment or a crash between two calls would.</summary>
    public async Task Forget(params IAddressable[] actors)
    {
        foreach (var actor in actors) await Cluster.DeactivateAsync(actor);
    }

    /// <summary>A row as it is kept, read past its actor.</summary>
    public async Task<T> Kept<T>(string stateName, string key) where T : new()
    {
        var row = new KeptRow<T>();
        await State.ReadStateAsync(stateName, GrainId.Create(stateName, key), row);
        return row.State;
    }

    /// <summary>Writes a row behind its actor's back, as another silo would that does not know of the activation. States are named like their actors.</summary>
    public async Task Rewrite<T>(string stateName, string key, Func<T, T> change) where T : new()
    {
        var row = new KeptRow<T>();
        var id = GrainId.Create(stateName, key);
        await State.ReadStateAsync(stateName, id, row);
        row.State = change(row.State);
        await State.WriteStateAsync(stateName, id, row);
    }

    /// <summary>Erases in every shard, as the reminders would. Answers how many rows went.</summary>
    public async Task<int> Sweep()
    {
        var gone = 0;
        for (var shard = 0; shard < Shards; shard++) gone += await Grains.GetGrain<ISweeperGrain>(shard).Sweep();
        return gone;
    }

    /// <summary>Wakes what is due in every shard. Answers how many accounts were woken.</summary>
    public async Task<int> Wake()
    {
        var woken = 0;
        for (var shard = 0; shard < Shards; shard++) woken += await Grains.GetGrain<IDueGrain>(shard).Wake();
        return woken;
    }

    /// <summary>Whether a row is kept.</summary>
    public async Task<bool> HasRow(string stateName, string key)
    {
        await using var connection = await Database.State.OpenConnectionAsync();
        return await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "SELECT count(*) FROM state WHERE name = @stateName AND key = @key", new { stateName, key }) > 0;
    }

    /// <summary>How many rows of a state are kept in all.</summary>
    public async Task<long> Rows(string stateName)
    {
        await using var connection = await Database.State.OpenConnectionAsync();
        return await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "SELECT count(*) FROM state WHERE name = @stateName", new { stateName });
    }
}

/// <summary>The same with two silos.</summary>
public class TwoSilosFixture : ClusterFixture
{
    protected override short Silos => 2;
}

/// <summary>The same on a database of its own on PostgreSQL.</summary>
public sealed class PostgreSqlFixture : ClusterFixture
{
    protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    /// <summary>Counts the statements that its database gets from now on through what the caller does.</summary>
    public StatementCounter Count() => new(new NpgsqlConnectionStringBuilder(Database.Settings.ConnectionString).Database!, ofCaller: true);
}

/// <summary>The same with two silos on PostgreSQL.</summary>
public sealed class TwoSilosOnPostgreSql : TwoSilosFixture
{
    protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
}

/// <summary>A cluster on each database, started when a test first asks for it.</summary>
public sealed class EitherDatabase<TOnSqlite, TOnPostgreSql> : IAsyncDisposable
    where TOnSqlite : ClusterFixture, new() where TOnPostgreSql : ClusterFixture, new()
{
    private readonly Dictionary<DatabaseProvider, Task<ClusterFixture>> _started = [];
    private readonly Lock _one = new();

    public Task<ClusterFixture> On(DatabaseProvider provider)
    {
        lock (_one) return _started.TryGetValue(provider, out var running) ? running : _started[provider] = Start(provider);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _started.Values) await (await running).DisposeAsync();
    }

    private static async Task<ClusterFixture> Start(DatabaseProvider provider)
    {
        ClusterFixture cluster = provider == DatabaseProvider.Sqlite ? new TOnSqlite() : new TOnPostgreSql();
        await cluster.InitializeAsync();
        return cluster;
    }
}
