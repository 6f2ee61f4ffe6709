using System.Security.Cryptography;

namespace AiCloud.Protection;

/// <summary>
/// Keys that protect what pages hand out and take back (anti-forgery tokens). They follow from the ring, so that every gateway has the
/// same ones without a shared disk.
/// </summary>
public sealed class FormKeys(KeyRing ring)
{
    /// <summary>Bytes of a key: half for encryption, half for authentication.</summary>
    public const int KeyBytes = 64;

    /// <summary>One key per secrets root, the current one first; the others still read what was handed out before a rotation.</summary>
    public IEnumerable<(string Root, byte[] Key)> All =>
        ring.Secrets.Ids.Select(root => (root, HKDF.Expand(HashAlgorithmName.SHA256, ring.Secret(SecretPurpose.Forms, root), KeyBytes, "pages"u8.ToArray())));

    /// <summary>A name for the key of a root that tells nothing about it and never changes.</summary>
    public Guid IdOf(string root) =>
        new(KeyedHash.Compute(ring.Secret(SecretPurpose.Forms, root), "id", root).AsSpan(0, 16));
}
