using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AiCloud.Protection;

/// <summary>
/// Makes and opens the data keys of accounts (C2.4a, C2.5e): whoever destroys the wrapped key, or the epoch of its
/// key-encryption key, has destroyed everything under it, in every copy and backup.
/// </summary>
/// <param name="ring">Key-encryption keys at hand.</param>
/// <param name="random">Chance.</param>
/// <param name="vault">Key-encryption keys elsewhere; where there are some, new keys are wrapped under them, and those of the ring still open.</param>
public sealed class Envelope(KeyRing ring, IRandomness random, IKeyEncryption? vault = null)
{
    private readonly RingKeyEncryption _ring = new(ring, random);

    // A key that a vault opened lives exactly as long as the wrap that an activation holds: one call per activation, and nothing to run full.
    private readonly ConditionalWeakTable<WrappedKey, OpenedKey> _opened = [];

    /// <summary>The epoch that new wraps get.</summary>
    public string CurrentEpoch => (vault ?? _ring).CurrentEpoch;

    /// <summary>Whether new keys are wrapped by a call to a vault.</summary>
    public bool HasVault => vault is not null;

    /// <summary>A fresh data key.</summary>
    public DataKey NewKey()
    {
        var material = new byte[DataKey.MaterialBytes];
        random.Fill(material);
        return new DataKey(material, random);
    }

    /// <summary>Fresh data keys, each with its wrap for an owner, such as "account/{id}/facts": a wrapped key opens nowhere else.</summary>
    /// <exception cref="KeysUnavailableException">The vault cannot be reached; no key was made.</exception>
    public async ValueTask<MadeKey[]> Make(string[] owners, CancellationToken cancellation = default)
    {
        var keys = owners.Select(_ => NewKey()).ToArray();
        try
        {
            var wraps = await (vault ?? _ring).Wrap([.. keys.Select((key, i) => (key.Material.ToArray(), owners[i]))], cancellation);
            if (vault is not null)
                foreach (var (key, wrap) in keys.Zip(wraps)) _opened.Add(wrap, new OpenedKey(key.Material.ToArray()));
            return [.. keys.Zip(wraps, (key, wrap) => new MadeKey(key, wrap))];
        }
        catch
        {
            foreach (var key in keys) key.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Make(string[], CancellationToken)"/>
    public async ValueTask<MadeKey> Make(string owner, CancellationToken cancellation = default) => (await Make([owner], cancellation))[0];

    /// <summary>Encrypts a data key under the ring's current epoch, whether or not there is a vault: the owner's next write brings it there.</summary>
    /// <param name="key">The data key.</param>
    /// <param name="owner">What the key is for, for instance "account/{id}" or "evidence/{id}": a wrapped key opens nowhere else.</param>
    public WrappedKey Wrap(DataKey key, string owner) => _ring.Wrap(key.Material, owner);

    /// <summary>Opens a data key. Dispose it.</summary>
    /// <exception cref="KeyRingException">The epoch is not in the ring.</exception>
    /// <exception cref="KeysUnavailableException">A vault's key that <see cref="Open"/> has not fetched.</exception>
    /// <exception cref="CryptographicException">Another owner, another key under the epoch's id, or changed bytes.</exception>
    public DataKey Unwrap(WrappedKey wrapped, string owner)
    {
        if (_ring.Has(wrapped.KekId)) return new DataKey(_ring.Unwrap(wrapped, owner), random);
        return _opened.TryGetValue(wrapped, out var opened) ? new DataKey([.. opened.Material], random)
            : throw new KeysUnavailableException("A data key of the vault was not opened when its state was read.");
    }

    /// <summary>Fetches what <see cref="Unwrap"/> will need of the vault: in one call, when a state has been read. Costs nothing with keys of the ring.</summary>
    /// <exception cref="KeysUnavailableException">The vault cannot be reached.</exception>
    public async ValueTask Open(IEnumerable<HeldKey> keys, CancellationToken cancellation = default)
    {
        HeldKey[] missing = [.. keys.Where(held => !_ring.Has(held.Key.KekId) && !_opened.TryGetValue(held.Key, out _))];
        if (missing.Length == 0) return;
        var materials = await Door(missing[0].Key).Unwrap(missing, cancellation);
        foreach (var (held, material) in missing.Zip(materials)) _opened.AddOrUpdate(held.Key, new OpenedKey(material));
    }

    /// <summary>Whether the key still stands under an older epoch. Owners re-wrap when they next write, so that the old epoch can go.</summary>
    public bool NeedsRewrap(WrappedKey wrapped) => wrapped.KekId != CurrentEpoch;

    /// <summary>The same data keys under the current epoch; values under them stay as they are.</summary>
    /// <returns>The new wrap of each old one. Those that stand under the current epoch already are not among them.</returns>
    /// <exception cref="KeysUnavailableException">The vault cannot be reached.</exception>
    public async ValueTask<IReadOnlyDictionary<WrappedKey, WrappedKey>> Rewrap(IEnumerable<HeldKey> keys, CancellationToken cancellation = default)
    {
        HeldKey[] old = [.. keys.Where(held => NeedsRewrap(held.Key))];
        var fresh = new Dictionary<WrappedKey, WrappedKey>(ReferenceEqualityComparer.Instance);
        if (old.Length == 0) return fresh;
        WrappedKey[] wraps;
        if (vault is null)
        {
            wraps = await Door(old[0].Key).Rewrap(old, cancellation);
        }
        else if (old.All(held => vault.Has(held.Key.KekId)))
        {
            wraps = await vault.Rewrap(old, cancellation);
        }
        else
        {
            // From the ring into the vault.
            await Open(old, cancellation);
            wraps = await vault.Wrap([.. old.Select(held => (Material(held), held.Owner))], cancellation);
        }
        for (var i = 0; i < old.Length; i++)
        {
            if (vault is not null && _ring.Has(old[i].Key.KekId)) _opened.AddOrUpdate(wraps[i], new OpenedKey(Material(old[i])));
            else if (_opened.TryGetValue(old[i].Key, out var opened)) _opened.AddOrUpdate(wraps[i], new OpenedKey([.. opened.Material]));
            fresh[old[i].Key] = wraps[i];
        }
        return fresh;
    }

    /// <summary>The same data key under the ring's current epoch.</summary>
    public WrappedKey Rewrap(WrappedKey wrapped, string owner)
    {
        using var key = Unwrap(wrapped, owner);
        return Wrap(key, owner);
    }

    private byte[] Material(HeldKey held)
    {
        using var key = Unwrap(held.Key, held.Owner);
        return key.Material.ToArray();
    }

    private IKeyEncryption Door(WrappedKey wrapped) => _ring.Has(wrapped.KekId) ? _ring
        : vault ?? throw new KeyRingException($"the encryption key \"{wrapped.KekId}\" stands in a vault, and none is set.");

    private sealed class OpenedKey(byte[] material)
    {
        public byte[] Material => material;

        ~OpenedKey() => CryptographicOperations.ZeroMemory(material);
    }
}

/// <summary>A fresh data key and its wrap. Disposing overwrites the key.</summary>
public sealed record MadeKey(DataKey Key, WrappedKey Wrapped) : IDisposable
{
    public void Dispose() => Key.Dispose();
}
