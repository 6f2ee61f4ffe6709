using System.Security.Cryptography;

namespace AiCloud.Protection;

/// <summary>
/// A second secret in password hashes that is not in the database. The root stays in the ring until the last hash made with it
/// is replaced, which happens when its owner signs in.
/// </summary>
public sealed class PasswordPepper(KeyRing ring)
{
    /// <summary>The root new hashes use.</summary>
    public string CurrentRoot => ring.CurrentRoot;

    /// <summary>HMAC-SHA-256 of a password under the pepper of a root: what is hashed in its place.</summary>
    /// <exception cref="KeyRingException">The root is not in the ring.</exception>
    public byte[] Apply(string root, ReadOnlySpan<byte> password) =>
        HMACSHA256.HashData(ring.Secret(SecretPurpose.PasswordPepper, root), password);
}
