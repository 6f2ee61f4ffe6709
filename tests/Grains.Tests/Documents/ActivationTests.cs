using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AiCloud.Staff;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace AiCloud.Documents;

/// <summary>The reminder carries out what the clock decided: lost, late or doubled, it changes nothing that a reader sees (C2.5b).</summary>
public sealed class ActivationTests(ActivationTests.Fixture cluster) : IClassFixture<ActivationTests.Fixture>
{
    private const string Kind = "violation-rules";

    public sealed class Fixture : TwoSilosFixture;

    [Fact]
    public async Task C2_5b_the_reminder_stands_exactly_while_a_version_waits_and_force_is_noted_once()
    {
        var grain = cluster.Grains.GetGrain<IDocumentGrain>(Kind);
        var late = new ConcurrentQueue<double>();
        using var measured = Tardiness(late);
        Assert.Equal(0, await Reminders());
        await cluster.Grains.Announce(Kind, "2");
        Assert.Equal(1, await Reminders());

        // Withdrawn: nothing waits any more.
        await grain.Withdraw("w1", "2", Amendments.Author);
        await grain.Withdraw("w2", "2", Amendments.Announcer);
        Assert.Equal(0, await Reminders());

        // The row is deleted by hand; all silos sleep over the instant by a day.
        var third = await cluster.Grains.Announce(Kind, "3");
        await Execute("DELETE FROM reminder WHERE name = 'activate'");
        await cluster.Forget(grain);
        cluster.Clock.Advance(third.EffectiveAt - cluster.Now + TimeSpan.FromDays(1));
        Assert.Equal("3", (await Set()).InForce(Kind, cluster.Now)!.Version);
        var noted = await Noted("3");
        Assert.Equal(cluster.Now, noted);
        Assert.Equal(0, await Reminders());

        // A tick that comes late, and comes twice, finds everything done.
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await Remind(grain);
        await Remind(grain);
        await cluster.Forget(grain);
        Assert.Equal(noted, await Noted("3"));

        // Once in the audit, as the system's own act, and once in the metric that an alert watches.
        var entry = Assert.Single(await Audit().Read(0, 500), entry => entry.Action == "document.activate");
        Assert.Equal((AuditNote.System, $"{Kind}/3", IAuditLog.Done), (entry.Staff, entry.Target, entry.Outcome));
        Assert.Equal([TimeSpan.FromDays(1).TotalSeconds], late);
    }

    private IAuditLog Audit() => cluster.Cluster.GetSiloServiceProvider().GetRequiredService<IAuditLog>();

    // Of this cluster only: other tests' documents come into force beside it.
    private MeterListener Tardiness(ConcurrentQueue<double> into)
    {
        var mine = cluster.Cluster.Silos.Select(silo => cluster.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IMeterFactory>()).ToArray();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "aicloud.documents.activation.tardiness" && mine.Contains(instrument.Meter.Scope)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => into.Enqueue(seconds));
        listener.Start();
        return listener;
    }

    private static Task Remind(IDocumentGrain grain) => grain.AsReference<IRemindable>().ReceiveReminder("activate", default);

    private async Task<DateTimeOffset?> Noted(string version) =>
        (await cluster.Grains.GetGrain<IDocumentGrain>(Kind).Managed()).Single(managed => managed.Version == version).ActivationNotedAt;

    private async Task<DocumentSet> Set() =>
        new(new Dictionary<string, IReadOnlyList<DocumentVersion>> { [Kind] = await cluster.Grains.GetGrain<IDocumentGrain>(Kind).Versions() });

    private async Task<long> Reminders()
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM reminder WHERE name = 'activate'");
    }

    private async Task Execute(string sql)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
