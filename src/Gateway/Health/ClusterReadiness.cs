using AiCloud.Accounts;
using AiCloud.Admission;

namespace AiCloud.Health;

/// <summary>The cluster answers and reads its storage.</summary>
internal sealed class ClusterReadiness(IGrainFactory grains) : IReadinessCheck
{
    // Keys that nobody has: answered only by reading the database, while a known one would be answered from memory. Several, since while a
    // silo that died is not yet declared dead the actors that fall to it do not answer, and the others do.
    private const int Keys = 3;

    public string Name => "cluster";

    public async ValueTask<bool> IsReady(CancellationToken cancelled)
    {
        var asked = Enumerable.Range(0, Keys).Select(_ => grains.GetGrain<IAccountGrain>(Guid.CreateVersion7().ToString("N")).Credential(cancelled)).ToList<Task>();
        while (true)
        {
            var first = await Task.WhenAny(asked);
            if (first.IsCompletedSuccessfully) return true;
            asked.Remove(first);
            if (asked.Count == 0) await first;
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
