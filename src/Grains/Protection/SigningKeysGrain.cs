using AiCloud.Storage;

namespace AiCloud.Protection;

/// <summary>Public keys of evidence, oldest first. None ever leaves.</summary>
public sealed record SigningKeysState : IStoredState
{
    /// <summary>The keys.</summary>
    public EvidenceKey[] Keys { get; init; } = [];

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    /// <summary>Adds those that are new. A name stands for the key that came first under it.</summary>
    public SigningKeysState With(IEnumerable<EvidenceKey> keys)
    {
        EvidenceKey[] fresh = [.. keys.Where(key => Keys.All(kept => kept.Kid != key.Kid)).DistinctBy(key => key.Kid)];
        return fresh.Length == 0 ? this : this with { Keys = [.. Keys, .. fresh] };
    }
}

[GrainType("signing-keys")]
internal sealed class SigningKeysGrain([PersistentState("signing-keys", StorageNames.State)] IPersistentState<SigningKeysState> stored) : Grain, ISigningKeysGrain
{
    public async Task<EvidenceKey[]> Publish(EvidenceKey[] mine, CancellationToken cancellation)
    {
        await this.Keep(stored, stored.State.With(mine));
        return stored.State.Keys;
    }
}
