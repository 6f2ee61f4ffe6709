using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Protection;

/// <summary>
/// Bearer tokens <c>prefix.keyid.id.secret.mac</c>. The mac lets the gateway refuse a forged token without asking an actor; the
/// secret, of which only the digest is stored, is what the actor compares.
/// </summary>
public sealed class Tokens(KeyRing ring)
{
    /// <summary>Prefix of registration tokens.</summary>
    public const string Registration = "reg";

    /// <summary>Prefix of session tokens.</summary>
    public const string Session = "ses";

    /// <summary>Prefix of the one-time tokens in notices about an account.</summary>
    public const string Objection = "obj";

    /// <summary>Prefix of the tokens of password resets.</summary>
    public const string PasswordReset = "rst";

    /// <summary>Prefix of the marks of browsers and apps that somebody signed in with. A mark opens nothing.</summary>
    public const string KnownClient = "knw";

    /// <summary>Prefix of staff tokens.</summary>
    public const string Staff = "stf";

    /// <summary>Prefix of the halves of a staff member's activation.</summary>
    public const string StaffActivation = "sta";

    /// <summary>Prefix of tokens of other services.</summary>
    public const string Service = "svc";

    /// <summary>Prefix of the tokens that invitations of guardians carry.</summary>
    public const string GuardianInvitation = "gin";

    /// <summary>Prefix of guardians' session tokens.</summary>
    public const string GuardianSession = "gus";

    /// <summary>Longer texts are no token.</summary>
    public const int LongestText = 512;

    /// <summary>Bytes of a secret.</summary>
    public const int SecretBytes = 32;

    private const int LongestId = 160, MacBytes = 32, MacLength = 43, SecretLength = 43;

    // No dot: that separates. "~" joins the parts of an id that has some.
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~");

    /// <summary>Makes a token around a secret.</summary>
    public IssuedToken Issue(string prefix, string id, ReadOnlySpan<byte> secret) => Issue(prefix, ring.CurrentRoot, id, secret);

    /// <summary>Makes a token around a fresh secret.</summary>
    public IssuedToken Issue(string prefix, string id, IRandomness random)
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        random.Fill(secret);
        return Issue(prefix, id, secret);
    }

    /// <summary>Makes the token whose secret follows from its id, so that a repeated start can be answered with the same token without storing it.</summary>
    public IssuedToken IssueDerived(string prefix, string id) => Issue(prefix, id, DerivedSecret(prefix, id));

    /// <summary>The derived token that was issued with <paramref name="secretDigest"/>, also under an older root; null if there was none.</summary>
    public IssuedToken? RepeatDerived(string prefix, string id, ReadOnlySpan<byte> secretDigest)
    {
        foreach (var root in ring.Secrets.Ids)
        {
            var token = Issue(prefix, root, id, DerivedSecret(prefix, root, id));
            if (CryptographicOperations.FixedTimeEquals(token.SecretDigest, secretDigest)) return token;
        }
        return null;
    }

    /// <summary>The secret of a derived token under the current root.</summary>
    public byte[] DerivedSecret(string prefix, string id) => DerivedSecret(prefix, ring.CurrentRoot, id);

    /// <summary>Reads a token of one kind. False for every forged, foreign, malformed or oversized text, with no hint which.</summary>
    public bool TryRead(string? text, string prefix, [NotNullWhen(true)] out Token? token)
    {
        token = null;
        if (text is null || text.Length > LongestText || !Ascii.IsValid(text)) return false;
        Span<Range> parts = stackalloc Range[6];
        var span = text.AsSpan();
        if (span.Split(parts, '.') != 5 || !span[parts[0]].SequenceEqual(prefix)) return false;
        var id = span[parts[2]];
        var secret = span[parts[3]];
        var mac = span[parts[4]];
        if (!IsId(id) || secret.Length != SecretLength || mac.Length != MacLength) return false;
        if (ring.FindSecret(SecretPurpose.TokenMac, span[parts[1]].ToString()) is not { } key || !HasMac(key, span[..^(MacLength + 1)], mac)) return false;

        Span<byte> secretBytes = stackalloc byte[SecretBytes];
        if (!Base64Url.TryDecodeFromChars(secret, secretBytes, out var length) || length != SecretBytes) return false;
        token = new Token { Prefix = prefix, Id = id.ToString(), SecretDigest = SecretDigest(secretBytes) };
        return true;
    }

    /// <summary>What is stored of a secret. Plain SHA-256 is enough for 256 random bits.</summary>
    public static byte[] SecretDigest(ReadOnlySpan<byte> secret) => SHA256.HashData(secret);

    private IssuedToken Issue(string prefix, string root, string id, ReadOnlySpan<byte> secret)
    {
        if (!IsId(id)) throw new ArgumentException("A token's id has 1 to 160 characters of base64url or \"~\".", nameof(id));
        if (secret.Length != SecretBytes) throw new ArgumentException("A token's secret has 32 bytes.", nameof(secret));
        var body = $"{prefix}.{root}.{id}.{Base64Url.EncodeToString(secret)}";
        Span<char> mac = stackalloc char[MacLength];
        WriteMac(ring.Secret(SecretPurpose.TokenMac, root), body, mac);
        return new IssuedToken { Text = $"{body}.{mac}", SecretDigest = SecretDigest(secret) };
    }

    private byte[] DerivedSecret(string prefix, string root, string id) => KeyedHash.Compute(ring.Secret(SecretPurpose.TokenSecret, root), prefix, id);

    private static bool IsId(ReadOnlySpan<char> id) => id.Length is >= 1 and <= LongestId && !id.ContainsAnyExcept(IdCharacters);

    private static bool HasMac(byte[] key, ReadOnlySpan<char> body, ReadOnlySpan<char> mac)
    {
        Span<char> expected = stackalloc char[MacLength];
        WriteMac(key, body, expected);
        // Compared as text: decoding first would accept several spellings of one mac.
        return CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(expected), MemoryMarshal.AsBytes(mac));
    }

    private static void WriteMac(byte[] key, ReadOnlySpan<char> body, Span<char> mac)
    {
        Span<byte> bytes = stackalloc byte[LongestText];
        Span<byte> hash = stackalloc byte[MacBytes];
        HMACSHA256.HashData(key, bytes[..Encoding.ASCII.GetBytes(body, bytes)], hash);
        Base64Url.EncodeToChars(hash, mac);
    }
}
