using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AiCloud.Protection;

/// <summary>
/// Signs what strangers must be able to check: receipts and checkpoints, as JWS in compact form (RFC 7515 §3.1) with ES256. The key
/// follows from the current secrets root, so that every process signs alike and rotating the root rotates it.
/// </summary>
public sealed class EvidenceSigner
{
    private readonly SigningKey[] _keys;

    /// <summary>Derives the keys of a ring.</summary>
    public EvidenceSigner(KeyRing ring) => _keys = [.. ring.Secrets.Ids.Select(root => SigningKey.Of(root, ring.Secret(SecretPurpose.Evidence, root)))];

    /// <summary>The public keys of this ring, the one that signs first. Keys of roots that left are with <see cref="EvidenceKeys"/>.</summary>
    public IReadOnlyList<EvidenceKey> PublicKeys() => [.. _keys.Select(key => key.Public)];

    /// <summary>Signs with the current key.</summary>
    /// <param name="payload">What is signed, as it stands.</param>
    /// <param name="type">The header's <c>typ</c>: what it is, so that a signature for one thing is worth nothing for another (RFC 8725 §3.11).</param>
    /// <returns>Header, payload and signature, each in base64url, joined by dots.</returns>
    public string Sign(ReadOnlySpan<byte> payload, string type)
    {
        var key = _keys[0];
        var header = JsonSerializer.SerializeToUtf8Bytes(new EvidenceHeader("ES256", key.Public.Kid, type), EvidenceHeader.Json);
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        // One instance per signature: the framework promises nothing for an instance shared between threads.
        using var ecdsa = ECDsa.Create(key.Parameters);
        var signature = ecdsa.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>
    /// The payload of a JWS that one of <paramref name="keys"/> signed as <paramref name="type"/>; null for every other text. Only ES256 is
    /// taken, whatever the header says (RFC 8725 §3.1).
    /// </summary>
    public static byte[]? Verify(string jws, string type, IEnumerable<EvidenceKey> keys)
    {
        if (jws.Split('.') is not [var head, var body, var signed]) return null;
        try
        {
            var header = JsonSerializer.Deserialize<EvidenceHeader>(Base64Url.DecodeFromChars(head), EvidenceHeader.Json);
            if (header is not { Alg: "ES256" } || header.Typ != type || keys.FirstOrDefault(key => key.Kid == header.Kid) is not { } key) return null;
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
            });
            var isRight = ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(signed), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return isRight ? Base64Url.DecodeFromChars(body) : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or CryptographicException)
        {
            return null;
        }
    }

    private sealed record SigningKey(ECParameters Parameters, EvidenceKey Public)
    {
        // Order of the group of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3).
        private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

        public static SigningKey Of(string root, byte[] secret)
        {
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Scalar(secret) });
            var parameters = ecdsa.ExportParameters(includePrivateParameters: true);
            var (x, y) = (Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y));
            return new SigningKey(parameters, new EvidenceKey { Kid = $"{root}.{Thumbprint(x, y)}", X = x, Y = y });
        }

        // Uniform by rejection: a number that is no scalar, once in 2^32, makes way for the next one.
        private static byte[] Scalar(byte[] secret)
        {
            for (var attempt = 0; ; attempt++)
            {
                var candidate = HKDF.Expand(HashAlgorithmName.SHA256, secret, Order.Length, Encoding.ASCII.GetBytes($"es256/{attempt}"));
                if (candidate.AsSpan().ContainsAnyExcept((byte)0) && candidate.AsSpan().SequenceCompareTo(Order) < 0) return candidate;
            }
        }

        // RFC 7638 §3.2: the members that make the key, in order, without spaces.
        private static string Thumbprint(string x, string y) => Base64Url.EncodeToString(SHA256.HashData(
            Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
    }
}

/// <summary>The protected header.</summary>
internal sealed record EvidenceHeader(string Alg, string Kid, string Typ)
{
    // Members we do not know may change what a signature means (RFC 7515 §4.1.11, "crit"): a text that has some is not ours.
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
