using System.Buffers.Text;

namespace AiCloud.Protection;

/// <summary>Ids that a repeated call finds again: from a caller's Idempotency-Key, under a key nobody outside has.</summary>
public sealed class DerivedIds(KeyRing ring)
{
    /// <summary>base64url characters that carry 128 bits.</summary>
    public const int StrongLength = 22;

    private const int IdBytes = 16, LongestKey = 255;

    /// <summary>
    /// 128 bits in base64url (22 characters). Rotating the secrets root changes the id: a call repeated across the rotation starts anew.
    /// </summary>
    /// <param name="key">The Idempotency-Key without quotes.</param>
    /// <param name="purpose">What the id is for; one key serves many calls.</param>
    public string FromIdempotencyKey(string key, string purpose) =>
        Base64Url.EncodeToString(KeyedHash.Compute(ring.Secret(SecretPurpose.DerivedId), purpose, key).AsSpan(0, IdBytes));

    /// <summary>
    /// Whether a key can be nobody else's by chance: a UUID, or at least 22 characters of base64url (API.md, General). A weak one would
    /// let a stranger who guesses it meet another person's registration.
    /// </summary>
    public static bool IsStrong(string? key) =>
        key is not null && key.Length <= LongestKey
        && (Guid.TryParseExact(key, "D", out _) || (key.Length >= StrongLength && key.All(IsBase64Url)));

    /// <summary>A fresh id of the same form.</summary>
    public static string New(IRandomness random)
    {
        Span<byte> id = stackalloc byte[IdBytes];
        random.Fill(id);
        return Base64Url.EncodeToString(id);
    }

    internal static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
