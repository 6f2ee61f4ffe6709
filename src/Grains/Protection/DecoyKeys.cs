namespace AiCloud.Protection;

/// <summary>
/// The vault's call that the keys of an account cost when it comes into memory, for one that nobody has (DESIGN §7): without it a vault's time would tell at sign-in who has an
/// account, and its outage would tell it of everybody. Costs nothing with keys of the ring.
/// </summary>
internal sealed class DecoyKeys(Envelope envelope)
{
    private HeldKey[]? _made;

    /// <summary>Asks the vault once, as for an account's keys.</summary>
    /// <exception cref="KeysUnavailableException">The vault cannot be reached.</exception>
    public async ValueTask Open(CancellationToken cancellation)
    {
        if (!envelope.HasVault) return;
        // Made once for each epoch: one that was retired would open no more.
        if (_made is not { } made || made.Any(held => envelope.NeedsRewrap(held.Key))) made = _made = await Make(cancellation);
        // Copies: the vault is asked again for a wrap that was not opened before.
        await envelope.Open(made.Select(held => held with { Key = held.Key with { } }), cancellation);
    }

    private async ValueTask<HeldKey[]> Make(CancellationToken cancellation)
    {
        string[] owners = ["decoy/facts", "decoy/evidence"];
        var keys = await envelope.Make(owners, cancellation);
        foreach (var key in keys) key.Dispose();
        return [.. keys.Zip(owners, (key, owner) => new HeldKey("", owner, key.Wrapped))];
    }
}
