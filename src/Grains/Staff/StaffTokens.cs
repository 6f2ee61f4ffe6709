using AiCloud.Protection;

namespace AiCloud.Staff;

/// <summary>Tokens that settings gave: any text, so nothing in it names a member. They are known by a keyed digest.</summary>
public sealed class StaffTokens(KeyRing ring)
{
    /// <summary>What to keep of one.</summary>
    public string Digest(string token) => RootedDigest.Of(ring, SecretPurpose.StaffToken, token);

    /// <summary>What may have been kept of one under any key that the ring ever had.</summary>
    public string[] Digests(string token) => RootedDigest.OfAll(ring, SecretPurpose.StaffToken, token);

    /// <summary>Whether <paramref name="digest"/> was made of <paramref name="token"/>, in constant time.</summary>
    public bool Matches(string digest, string token) => RootedDigest.Matches(ring, SecretPurpose.StaffToken, digest, token);
}
