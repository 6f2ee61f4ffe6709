using System.Collections.Concurrent;
using AiCloud.Documents;
using AiCloud.Staff;
using AiCloud.Storage;
using AiCloud.Switches;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AiCloud.Audit;

/// <summary>The audit can take nothing, as when the disk of its second place is full: what the clock decided counts all the same, and is noted later.</summary>
public sealed class FullAuditTests(FullAuditTests.Fixture cluster) : IClassFixture<FullAuditTests.Fixture>
{
    private const string Kind = "violation-rules";

    [Theory, MemberData(nameof(Failures))]
    public async Task Processes_go_on_hearing_which_switches_are_thrown(string failure)
    {
        cluster.Log.Failure = null;
        var switches = cluster.Grains.GetGrain<ISwitchesGrain>(ISwitchesGrain.Key);
        var name = $"sends.country.{(failure == nameof(IOException) ? 44 : 49)}";
        Assert.Null((await switches.Throw($"throw-{name}", new SwitchOrder { Name = name, Reason = "incident", EndsAt = cluster.Now.AddHours(1) }, Staff)).Refusal);
        cluster.Clock.Advance(TimeSpan.FromHours(1));

        cluster.Log.Failure = failure;
        Assert.NotNull((await switches.Published(null)).Ends);
        Assert.DoesNotContain(cluster.Log.Notes, note => note.Target == name && note.Action == "switch.end");

        cluster.Log.Failure = null;
        await switches.Published(null);
        Assert.Single(cluster.Log.Notes, note => note.Target == name && note.Action == "switch.end");
    }

    [Theory, MemberData(nameof(Failures))]
    public async Task C2_5b_a_text_comes_into_force_and_is_served(string failure)
    {
        cluster.Log.Failure = null;
        var (document, number) = (cluster.Grains.GetGrain<IDocumentGrain>(Kind), failure == nameof(IOException) ? "2" : "3");
        var version = await cluster.Grains.Announce(Kind, number);
        cluster.Clock.Advance(version.EffectiveAt - cluster.Now);

        cluster.Log.Failure = failure;
        await cluster.Forget(document);
        Assert.Contains(await document.Versions(), published => published.Version == number);
        Assert.Null(await Noted());

        cluster.Log.Failure = null;
        await document.AsReference<IRemindable>().ReceiveReminder("activate", default);
        Assert.Equal(cluster.Now, await Noted());

        async Task<DateTimeOffset?> Noted() => (await document.Managed()).Single(managed => managed.Version == number).ActivationNotedAt;
    }

    public static TheoryData<string> Failures => [nameof(IOException), nameof(StorageFailedException)];

    private StaffActor Staff => new() { Staff = "somebody", Creators = [], CreatedAt = cluster.Now };

    public sealed class Fixture : ClusterFixture
    {
        internal ToldLog Log { get; } = new();

        protected override void Configure(IServiceCollection services) => services.AddSingleton<IAuditLog>(Log);
    }

    internal sealed class ToldLog : IAuditLog
    {
        public ConcurrentQueue<AuditNote> Notes { get; } = new();

        public string? Failure { get; set; }

        public Task Append(AuditNote note, CancellationToken cancellation = default)
        {
            if (Failure is { } failure) throw failure == nameof(IOException) ? new IOException(failure) : new StorageFailedException($"audit {failure}");
            Notes.Enqueue(note);
            return Task.CompletedTask;
        }

        public Task<AuditEntry[]> Read(long after, int limit, CancellationToken cancellation = default) => Task.FromResult(Array.Empty<AuditEntry>());
    }
}
