using System.Security.Cryptography;

namespace AiCloud.Protection;

/// <summary>Key-encryption keys in the key ring, in this process's memory.</summary>
internal sealed class RingKeyEncryption(KeyRing ring, IRandomness random) : IKeyEncryption
{
    public string CurrentEpoch => ring.CurrentEpoch;

    // Ids of a ring have no colon; epochs of a vault do.
    public bool Has(string epoch) => !epoch.Contains(':', StringComparison.Ordinal);

    public ValueTask<WrappedKey[]> Wrap(IReadOnlyList<(byte[] Material, string Owner)> keys, CancellationToken cancellation) =>
        ValueTask.FromResult<WrappedKey[]>([.. keys.Select(key => Wrap(key.Material, key.Owner))]);

    public ValueTask<byte[][]> Unwrap(IReadOnlyList<HeldKey> keys, CancellationToken cancellation) =>
        ValueTask.FromResult<byte[][]>([.. keys.Select(held => Unwrap(held.Key, held.Owner))]);

    public ValueTask<WrappedKey[]> Rewrap(IReadOnlyList<HeldKey> keys, CancellationToken cancellation) =>
        ValueTask.FromResult<WrappedKey[]>([.. keys.Select(held => Rewrap(held.Key, held.Owner))]);

    public WrappedKey Wrap(ReadOnlySpan<byte> material, string owner)
    {
        var (epoch, key) = ring.Encryption.CurrentKey;
        using var cipher = new AesGcm(key, Sealed.TagBytes);
        return new WrappedKey { KekId = epoch, Bytes = Sealed.Seal(cipher, material[..Sealed.KeyIdBytes], material, Context(epoch, owner), random) };
    }

    public byte[] Unwrap(WrappedKey wrapped, string owner)
    {
        if (wrapped.Bytes.Length != Sealed.Overhead + DataKey.MaterialBytes) throw Sealed.Unopened();
        using var cipher = new AesGcm(ring.Encryption[wrapped.KekId], Sealed.TagBytes);
        return Sealed.Open(cipher, Sealed.KeyId(wrapped.Bytes), wrapped.Bytes, Context(wrapped.KekId, owner));
    }

    private WrappedKey Rewrap(WrappedKey wrapped, string owner)
    {
        var material = Unwrap(wrapped, owner);
        try { return Wrap(material, owner); }
        finally { CryptographicOperations.ZeroMemory(material); }
    }

    private static string Context(string epoch, string owner) => $"data key/{epoch}/{owner}";
}
