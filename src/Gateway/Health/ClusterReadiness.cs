using AiCloud.Accounts;
using AiCloud.Admission;

namespace AiCloud.Health;

/// <summary>The cluster answers and reads its storage.</summary>
internal sealed class ClusterReadiness(IGrainFactory grains) : IReadinessCheck
{
    // Keys that nobody has: answered only by reading the database, while a known one would be answered from memory. Several, since while a
    // silo that died is not yet declared dead the actors that fall to it do not answer, and the others do. The next one only when none has answered for a while:
    // as a rule one is enough.
    private const int Keys = 3;
    private static readonly TimeSpan Next = TimeSpan.FromMilliseconds(100);

    public string Name => "cluster";

    public async ValueTask<bool> IsReady(CancellationToken cancelled)
    {
        var waiting = new List<Task>();
        for (var asked = 0; ;)
        {
            if (asked < Keys)
            {
                asked++;
                waiting.Add(grains.GetGrain<IAccountGrain>(Guid.CreateVersion7().ToString("N")).Exists(cancelled));
            }
            var next = Task.Delay(asked < Keys ? Next : Timeout.InfiniteTimeSpan, cancelled);
            var first = await Task.WhenAny([.. waiting, next]);
            if (first.IsCompletedSuccessfully && first != next) return true;
            cancelled.ThrowIfCancellationRequested();
            if (waiting.Remove(first) && waiting.Count == 0 && asked == Keys) await first;
        }
    }
}

/// <summary>Nothing is known to be gone.</summary>
internal sealed class OutageReadiness(Outage outage) : IReadinessCheck
{
    public string Name => outage.OfStorage ? "storage" : "cluster";

    public bool IsKnownAtOnce => true;

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(!outage.IsKnown);
}
