using AiCloud.Accounts;
using AiCloud.Clock;
using AiCloud.Documents;
using AiCloud.Protection;

namespace AiCloud.Health;

/// <summary>The cluster answers and reads its storage.</summary>
internal sealed class ClusterReadiness(IGrainFactory grains) : IReadinessCheck
{
    public string Name => "cluster";

    public async ValueTask<bool> IsReady(CancellationToken cancelled)
    {
        // A key that nobody has: answered only by reading the database, while a known one would be answered from memory.
        await grains.GetGrain<IAccountGrain>(Guid.CreateVersion7().ToString("N")).Credential(cancelled);
        return true;
    }
}

/// <summary>The clock can be trusted (DESIGN §3).</summary>
internal sealed class ClockReadiness(DatabaseClock clock) : IReadinessCheck
{
    public string Name => "clock";

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(clock.IsTrusted);
}

/// <summary>The documents in force are known.</summary>
internal sealed class DocumentsReadiness(DocumentCatalog catalog, TimeProvider clock) : IReadinessCheck
{
    public string Name => "documents";

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(DocumentCatalog.IsComplete(catalog.Current, clock.GetUtcNow()));
}

/// <summary>The public keys of evidence are known, those of former rings included.</summary>
internal sealed class EvidenceKeysReadiness(EvidenceKeys keys) : IReadinessCheck
{
    public string Name => "evidence-keys";

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(keys.IsKnown);
}
