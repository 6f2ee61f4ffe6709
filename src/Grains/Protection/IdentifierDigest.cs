using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AiCloud.Identifiers;

namespace AiCloud.Protection;

/// <summary>
/// Grain keys of identifiers: <c>{kind}.{lookup key id}.{base64url digest}</c>, for instance <c>phone.k1.…</c>. The digest is
/// HMAC-SHA-256(lookup key, kind || 0 || compared form). It stays personal data, as a stranger's number can be tested by whoever
/// holds the key.
/// </summary>
public sealed class IdentifierDigest(KeyRing ring)
{
    /// <summary>The key under the current lookup key: what new identifiers are made with.</summary>
    public string Of(Identifier identifier) => Of(identifier, ring.Lookup.Current);

    /// <summary>The keys under every lookup key in the ring, the current one first: where an older row or bar may stand.</summary>
    public IReadOnlyList<string> All(Identifier identifier) => [.. ring.Lookup.Ids.Select(id => Of(identifier, id))];

    /// <summary>The keys of a certificate, or of a subject of the state network ID, under every lookup key, the current one first.</summary>
    public IReadOnlyList<string> AllOfDocument(string compared) => [.. ring.Lookup.Ids.Select(id => Of("document", compared, id))];

    private string Of(Identifier identifier, string keyId) =>
        Of(identifier.Kind switch { IdentifierKind.Phone => "phone", IdentifierKind.Email => "email" }, identifier.Compared, keyId);

    private string Of(string kind, string compared, string keyId)
    {
        var digest = HMACSHA256.HashData(ring.Lookup[keyId], Encoding.UTF8.GetBytes($"{kind}\0{compared}"));
        return $"{kind}.{keyId}.{Base64Url.EncodeToString(digest)}";
    }
}
