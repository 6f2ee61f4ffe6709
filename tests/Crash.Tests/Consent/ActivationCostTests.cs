using System.Diagnostics;
using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Registration;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Consent;

/// <summary>
/// A version comes into force in a database of a hundred accounts and of many: the statements are the same, and so is the first use. AICLOUD_ACCOUNTS
/// names other sizes (scripts/measure-activation.sh: a hundred and a million).
/// </summary>
public sealed class ActivationCostTests(ITestOutputHelper output)
{
    private const int People = 20;
    private const int MostForNoting = 5;

    private static int[] Sizes => [.. (Environment.GetEnvironmentVariable("AICLOUD_ACCOUNTS") ?? "100,10000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];

    [Fact]
    public async Task C2_5c_activating_a_version_costs_the_same_with_few_accounts_and_with_many()
    {
        var costs = new List<Cost>();
        foreach (var size in Sizes)
        {
            // What other reminders do in the same moment can be added to a count and never taken from it: of three, one is without.
            for (var tries = 3; tries > 0; tries--)
            {
                await using var cluster = new WatchedCluster();
                await cluster.InitializeAsync();
                var cost = await Measure(cluster, size);
                if ((cost.Noting.Statements > MostForNoting || cost.Instant.Statements > 0) && tries > 1) continue;
                costs.Add(cost);
                break;
            }
        }
        output.WriteLine("| accounts | announcing: statements, ms until every silo knows | the instant: statements, ms until every silo reads it | noting it: statements, ms | first use, in memory: statements, ms | first use, from the database: statements, ms | rows changed |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var cost in costs) output.WriteLine(cost.ToString());
        Assert.All(costs, cost => Assert.Equal(costs[0].Statements, cost.Statements));
        Assert.All(costs, cost => Assert.InRange(cost.Noting.Statements, 1, MostForNoting)); // reading, noting, and taking the reminder away, which its own timer may have done
        Assert.All(costs, cost => Assert.Equal(People, cost.RowsChanged)); // those who used it, and nobody else
        Assert.Equal(0, costs[0].Instant.Statements);
        Assert.Equal(1, costs[0].Warm.Statements);
        Assert.Equal(2, costs[0].Cold.Statements); // with the read of a fresh activation
    }

    private static async Task<Cost> Measure(WatchedCluster cluster, int size)
    {
        var people = new List<Registrant>();
        for (var i = 0; i < People; i++) people.Add(await cluster.NewPerson().SignUp());
        await Flush(people);
        await Fill(cluster, AccountKeys.Of(people[0].Account), size);
        using var counter = cluster.Count();

        DocumentVersion version = null!;
        var announcing = await Spent(counter, async () =>
        {
            version = await cluster.Grains.Announce(Agreement.Rules, "2.0");
            while (!cluster.Catalogs.All(catalog => catalog.Current.Find(Agreement.Rules, "2.0") is not null)) await Task.Delay(1);
        });
        cluster.Clock.Advance(version.EffectiveAt - cluster.Now - TimeSpan.FromMilliseconds(1));
        Assert.All(cluster.Catalogs, catalog => Assert.Equal("1.0", catalog.Current.InForce(Agreement.Rules, cluster.Now)!.Version));
        var instant = await Spent(counter, () =>
        {
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.All(cluster.Catalogs, catalog => Assert.Equal("2.0", catalog.Current.InForce(Agreement.Rules, cluster.Now)!.Version));
            return Task.CompletedTask;
        });
        // The reminder that fell due with it may be on its way already; no reader waits for that.
        instant = instant with { Statements = counter.Statements.Count(text => !IsFlushers(text) && !text.Contains("FROM reminder", StringComparison.Ordinal)) };
        var noting = await Spent(counter, () => cluster.Grains.GetGrain<IDocumentGrain>(Agreement.Rules).AsReference<IRemindable>().ReceiveReminder("activate", default));
        var warm = await Uses(counter, [.. people.Take(People / 2)]);
        foreach (var person in people.Skip(People / 2)) await cluster.Forget(person.AccountActor);
        var cold = await Uses(counter, [.. people.Skip(People / 2)]);
        return new Cost(size, announcing, instant, noting, warm, cold, await cluster.Changed(version.EffectiveAt));
    }

    private static async Task<Spent> Uses(StatementCounter counter, IReadOnlyList<Registrant> people)
    {
        var each = new List<Spent>();
        foreach (var person in people)
        {
            each.Add(await Spent(counter, async () => Assert.True(Granted(await person.AccountActor.Use(new UseReport { ServiceType = "storage", Operation = "upload", Used = true })).Allowed)));
            await Flush([person]);
            each[^1] = Counted(counter, each[^1].Milliseconds);
        }
        var middle = each.Count / 2;
        return new Spent(each.Select(one => one.Statements).Order().ElementAt(middle), each.Select(one => one.Flusher).Order().ElementAt(middle), each.Select(one => one.Milliseconds).Order().ElementAt(middle));
    }

    private static async Task<Spent> Spent(StatementCounter counter, Func<Task> act)
    {
        counter.Reset();
        var began = Stopwatch.GetTimestamp();
        await act();
        return Counted(counter, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    // The flusher carries entries into the ledger while nobody waits.
    private static Spent Counted(StatementCounter counter, double milliseconds)
    {
        var seen = counter.Statements;
        var flusher = seen.Count(IsFlushers);
        return new Spent(seen.Count - flusher, flusher, milliseconds);
    }

    private static bool IsFlushers(string text) => text.Contains("ledger", StringComparison.Ordinal) || text.Contains("directory", StringComparison.Ordinal);

    // What is on its way to the ledger arrives.
    private static async Task Flush(IEnumerable<Registrant> people)
    {
        foreach (var person in people) Assert.True(await person.AccountActor.Flush());
    }

    // Rows as long as a real one, under keys of their own: nobody opens them, which is the point.
    private static async Task Fill(ClusterFixture cluster, string key, int size)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        for (var done = 0; done < size; done += 10_000)
        {
            var values = new { key, from = done + 1, to = Math.Min(size, done + 10_000) };
            await connection.ExecuteAsync("""
                INSERT INTO state (due, version, slot, key, name, service, payload)
                SELECT due, version, (n & 63)::smallint, md5(n::text), name, service, payload FROM state, generate_series(@from, @to) n WHERE key = @key AND name = 'account'
                """, values, commandTimeout: 600);
            await connection.ExecuteAsync("""
                INSERT INTO directory (opened, number, bucket, account, service, standing, hash)
                SELECT opened, number, n & 65535, md5(n::text), service, standing, hash FROM directory, generate_series(@from, @to) n WHERE account = @key
                """, values, commandTimeout: 600);
        }
        await connection.ExecuteAsync("ANALYZE state; ANALYZE directory", commandTimeout: 600);
    }

    private sealed record Cost(int Accounts, Spent Announcing, Spent Instant, Spent Noting, Spent Warm, Spent Cold, long RowsChanged)
    {
        public int[] Statements => [Announcing.Statements, Instant.Statements, Warm.Statements, Warm.Flusher, Cold.Statements, Cold.Flusher];

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"| {Accounts:N0} | {Announcing} | {Instant} | {Noting} | {Warm} | {Cold} | {RowsChanged} |");
    }
}

/// <summary>Round trips to the database that somebody waits for, those of the flusher, and time.</summary>
internal sealed record Spent(int Statements, int Flusher, double Milliseconds)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Statements}{(Flusher > 0 ? $" + {Flusher}" : "")}, {Milliseconds:0.0}");
}

/// <summary>Two silos on PostgreSQL whose copies of the texts are kept fresh as in a real process.</summary>
public sealed class WatchedCluster : ClusterFixture
{
    protected override short Silos => 2;

    protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public IReadOnlyList<DocumentCatalog> Catalogs => [.. Cluster.Silos.Select(silo => Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<DocumentCatalog>())];

    public StatementCounter Count() => new(new Npgsql.NpgsqlConnectionStringBuilder(Database.Settings.ConnectionString).Database!);

    /// <summary>Accounts whose row was written since an acceptance could be: it holds the new version.</summary>
    public async Task<long> Changed(DateTimeOffset instant)
    {
        await using var connection = await Database.State.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM state WHERE name = 'account' AND position(convert_to(@what, 'UTF8') in payload) > 0",
            new { what = instant.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) }, commandTimeout: 600);
    }

    protected override void Configure(IServiceCollection services) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DocumentRenewal>(provider, false));
}
