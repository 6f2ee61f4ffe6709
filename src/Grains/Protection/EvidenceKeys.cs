namespace AiCloud.Protection;

/// <summary>This process's copy of every public key that evidence was ever signed with: its own ring's, and those of roots that left the rings.</summary>
public sealed class EvidenceKeys(EvidenceSigner signer, IGrainFactory grains)
{
    private volatile IReadOnlyList<EvidenceKey>? _all;

    /// <summary>Whether the keys that left the ring are known: before that, an older receipt would look forged.</summary>
    public bool IsKnown => _all is not null;

    /// <summary>All keys, the one that signs now first.</summary>
    public async ValueTask<IReadOnlyList<EvidenceKey>> Get(CancellationToken cancellation)
    {
        if (_all is null) await Renew(cancellation);
        return _all!;
    }

    /// <summary>Publishes the own ring's keys and reads all others.</summary>
    public async Task Renew(CancellationToken cancellation)
    {
        var mine = signer.PublicKeys();
        var published = await grains.GetGrain<ISigningKeysGrain>(ISigningKeysGrain.Evidence).Publish([.. mine], cancellation);
        _all = [.. mine, .. published.Where(key => mine.All(own => own.Kid != key.Kid))];
    }
}
