namespace AiCloud.Protection;

/// <summary>
/// Recognises a repeated request without keeping it. Passwords and codes are never among the parts: even a keyed digest of a
/// guessable secret is a way to test guesses for whoever holds the key.
/// </summary>
public sealed class Fingerprint(KeyRing ring)
{
    /// <summary>The digest to store.</summary>
    /// <param name="operation">What is asked, for instance "POST /v1/registrations".</param>
    /// <param name="parts">The request's members in a fixed order; null for one that is absent.</param>
    public string Of(string operation, params ReadOnlySpan<string?> parts) =>
        RootedDigest.Of(ring, SecretPurpose.Fingerprint, [operation, .. parts]);

    /// <summary>Whether the request is the one that <paramref name="fingerprint"/> was made of.</summary>
    public bool Matches(string fingerprint, string operation, params ReadOnlySpan<string?> parts) =>
        RootedDigest.Matches(ring, SecretPurpose.Fingerprint, fingerprint, [operation, .. parts]);
}
