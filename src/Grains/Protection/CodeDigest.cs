namespace AiCloud.Protection;

/// <summary>
/// What is kept of a code (O-02): a keyed digest bound to session, destination and purpose. Six digits are guessed offline in an
/// instant from a plain hash; without the key, which is not in the database, this one cannot be tried at all.
/// </summary>
public sealed class CodeDigest(KeyRing ring)
{
    /// <summary>The digest to store.</summary>
    /// <param name="sessionId">The registration or challenge.</param>
    /// <param name="identifierKey">The destination's grain key.</param>
    /// <param name="purpose">What the code authorises.</param>
    /// <param name="code">As sent.</param>
    public string Of(string sessionId, string identifierKey, string purpose, string code) =>
        RootedDigest.Of(ring, SecretPurpose.CodeDigest, sessionId, identifierKey, purpose, code);

    /// <summary>Whether <paramref name="code"/> is the one that <paramref name="digest"/> was made of, in constant time.</summary>
    public bool Matches(string digest, string sessionId, string identifierKey, string purpose, string code) =>
        RootedDigest.Matches(ring, SecretPurpose.CodeDigest, digest, sessionId, identifierKey, purpose, code);
}
