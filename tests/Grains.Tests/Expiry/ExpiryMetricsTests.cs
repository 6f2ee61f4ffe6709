using System.Diagnostics.Metrics;
using AiCloud.Staff;
using AiCloud.Switches;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Expiry;

/// <summary>What AccountsRemindersLate and AccountsNotSettled look at: work that came to its end, and accounts that cannot do theirs.</summary>
public sealed class ExpiryMetricsTests(ExpiryMetricsTests.Fixture cluster) : IClassFixture<ExpiryMetricsTests.Fixture>
{
    private static readonly int Shards = new ExpiryOptions().Shards;

    [Fact]
    public async Task Every_shard_that_was_swept_or_settled_counts_once_and_as_many_as_there_must_be_stand_beside_it()
    {
        var counted = await Counted(async () => { await cluster.Sweep(); await cluster.Wake(); });
        Assert.Equal(Enumerable.Range(0, Shards).SelectMany(shard => (string[])[$"settle {shard}", $"sweep {shard}"]).Order(StringComparer.Ordinal),
            counted.Where(name => name.StartsWith('s')).Order(StringComparer.Ordinal));
        Assert.Contains($"expected {2 * Shards}", counted);
    }

    [Fact]
    public async Task A_run_that_fails_and_one_that_was_stopped_by_a_switch_do_not_count()
    {
        await Execute("ALTER TABLE state RENAME TO state_away");
        try { Assert.Empty(await Runs()); }
        finally { await Execute("ALTER TABLE state_away RENAME TO state"); }

        var switches = cluster.Grains.GetGrain<ISwitchesGrain>(ISwitchesGrain.Key);
        var board = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<SwitchBoard>();
        var staff = new StaffActor { Staff = "somebody", Creators = [], CreatedAt = cluster.Now };
        Assert.Null((await switches.Throw("throw", new SwitchOrder { Name = SwitchNames.Erasures, Reason = "incident", EndsAt = cluster.Now.AddHours(1) }, staff)).Refusal);
        board.Take(await switches.Published(null));
        Assert.Empty(await Runs());
        Assert.Null((await switches.TakeBack("back", SwitchNames.Erasures, staff)).Refusal);
        board.Take(await switches.Published(null));
        Assert.Equal(2 * Shards, (await Runs()).Length);
    }

    [Fact]
    public async Task An_account_that_cannot_settle_counts_with_each_run_and_the_run_counts_all_the_same()
    {
        await cluster.NewPerson().Start();
        var key = Guid.NewGuid().ToString("N");
        // A row that nobody can read.
        await Execute("INSERT INTO state (key, name, service, slot, version, due, modified, payload) SELECT @key, 'account', service, 0, 1, 1, modified, @payload FROM state LIMIT 1",
            new { key, payload = "no state"u8.ToArray() });
        var counted = await Counted(async () => { await cluster.Wake(); await cluster.Wake(); });
        await Execute("DELETE FROM state WHERE key = @key", new { key });
        Assert.Equal(2, counted.Count(name => name == "unsettled"));
        Assert.Equal(2 * Shards, counted.Count(name => name.StartsWith("settle ", StringComparison.Ordinal)));
    }

    // The file has one connection: it is given back before anybody else wants it.
    private async Task Execute(string sql, object? values = null)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }

    private async Task<string[]> Runs() => [.. (await Counted(async () =>
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            foreach (var run in (Func<Task<int>>[])[cluster.Grains.GetGrain<ISweeperGrain>(shard).Sweep, cluster.Grains.GetGrain<IDueGrain>(shard).Wake])
            {
                try { await run(); }
                catch (Exception failure) when (failure is not Xunit.Sdk.XunitException) { }
            }
        }
    })).Where(name => name.StartsWith('s'))];

    // Of this cluster only.
    private async Task<List<string>> Counted(Func<Task> act)
    {
        var counted = new List<string>();
        var mine = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<IMeterFactory>();
        _ = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<ExpiryMetrics>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == ExpiryMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, mine)) self.EnableMeasurementEvents(instrument); },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            lock (counted) counted.Add(tags.Length == 0 ? "unsettled" : $"{tags[0].Value} {tags[1].Value}");
        });
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => counted.Add($"expected {value}"));
        listener.Start();
        await act();
        listener.RecordObservableInstruments();
        return counted;
    }

    public sealed class Fixture : ClusterFixture;
}
