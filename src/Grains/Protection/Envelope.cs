using System.Security.Cryptography;

namespace AiCloud.Protection;

/// <summary>
/// Makes and opens the data keys of accounts (C2.4a, C2.5e): whoever destroys the wrapped key, or the epoch of its
/// key-encryption key, has destroyed everything under it, in every copy and backup.
/// </summary>
public sealed class Envelope(KeyRing ring, IRandomness random)
{
    /// <summary>A fresh data key.</summary>
    public DataKey NewKey()
    {
        var material = new byte[DataKey.MaterialBytes];
        random.Fill(material);
        return new DataKey(material, random);
    }

    /// <summary>Encrypts a data key under the current epoch.</summary>
    /// <param name="key">The data key.</param>
    /// <param name="owner">What the key is for, for instance "account/{id}" or "evidence/{id}": a wrapped key opens nowhere else.</param>
    public WrappedKey Wrap(DataKey key, string owner)
    {
        var kek = ring.Encryption.Current;
        using var cipher = Cipher(kek);
        return new WrappedKey { KekId = kek, Bytes = Sealed.Seal(cipher, key.Material[..Sealed.KeyIdBytes], key.Material, Context(kek, owner), random) };
    }

    /// <summary>Opens a data key. Dispose it.</summary>
    /// <exception cref="KeyRingException">The epoch is not in the ring.</exception>
    /// <exception cref="CryptographicException">Another owner, another key under the epoch's id, or changed bytes.</exception>
    public DataKey Unwrap(WrappedKey wrapped, string owner)
    {
        if (wrapped.Bytes.Length != Sealed.Overhead + DataKey.MaterialBytes) throw Sealed.Unopened();
        using var cipher = Cipher(wrapped.KekId);
        return new DataKey(Sealed.Open(cipher, Sealed.KeyId(wrapped.Bytes), wrapped.Bytes, Context(wrapped.KekId, owner)), random);
    }

    /// <summary>Whether the key still stands under an older epoch. Owners re-wrap when they next write, so that the old epoch can go.</summary>
    public bool NeedsRewrap(WrappedKey wrapped) => wrapped.KekId != ring.Encryption.Current;

    /// <summary>The same data key under the current epoch; values under it stay as they are.</summary>
    public WrappedKey Rewrap(WrappedKey wrapped, string owner)
    {
        using var key = Unwrap(wrapped, owner);
        return Wrap(key, owner);
    }

    private AesGcm Cipher(string kek) => new(ring.Encryption[kek], Sealed.TagBytes);

    private static string Context(string kek, string owner) => $"data key/{kek}/{owner}";
}
