using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Protection;

/// <summary>
/// A keyed digest that names the root it was made under ("s1.…"), so that it can still be compared after a rotation.
/// </summary>
internal static class RootedDigest
{
    public static string Of(KeyRing ring, SecretPurpose purpose, params ReadOnlySpan<string?> parts) => Of(ring, purpose, ring.CurrentRoot, parts);

    /// <summary>The digests under every root of the ring, the current one first or not.</summary>
    public static string[] OfAll(KeyRing ring, SecretPurpose purpose, params string?[] parts) => [.. ring.Secrets.Ids.Select(root => Of(ring, purpose, root, parts))];

    /// <summary>Constant time in the digest; false when its root has left the ring.</summary>
    public static bool Matches(KeyRing ring, SecretPurpose purpose, string digest, params ReadOnlySpan<string?> parts)
    {
        var dot = digest.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || ring.FindSecret(purpose, digest[..dot]) is null) return false;
        var expected = Of(ring, purpose, digest[..dot], parts);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(digest));
    }

    private static string Of(KeyRing ring, SecretPurpose purpose, string root, ReadOnlySpan<string?> parts) =>
        $"{root}.{Base64Url.EncodeToString(KeyedHash.Compute(ring.Secret(purpose, root), parts))}";
}
