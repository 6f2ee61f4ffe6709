using System.Collections.Frozen;
using System.Security.Cryptography;
using AiCloud.Protection;

namespace AiCloud.Services;

/// <summary>
/// One gateway's copy of what service tokens open. A token is decided here without a call: its mac, then the copy, then the clock; an end needs no
/// renewal, a revocation arrives at once or with the next one, two seconds later.
/// </summary>
internal sealed class ServiceTokenBoard(Tokens tokens, TimeProvider clock)
{
    private const char Join = '~';
    private volatile Copy? _copy;

    /// <summary>Whether the tokens were ever read. Before that the process is not ready.</summary>
    public bool IsKnown => _copy is not null;

    /// <summary>Names the state of things last taken over.</summary>
    public string? Revision => _copy?.Revision;

    /// <summary>Takes over what the actor told.</summary>
    public void Take(PublishedServiceTokens told)
    {
        if (told.Grants is { } grants) _copy = new Copy(told.Revision, grants.ToFrozenDictionary(grant => TokenId(grant.Client, grant.Token), StringComparer.Ordinal));
    }

    /// <summary>The service behind a token that works for a type; null for any other text, with no hint why.</summary>
    public string? ClientFor(string text, string type) =>
        tokens.TryRead(text, Tokens.Service, out var token) && _copy is { } known && known.Grants.TryGetValue(token.Id, out var grant)
        && CryptographicOperations.FixedTimeEquals(grant.Digest, token.SecretDigest) && clock.GetUtcNow() < grant.ExpiresAt && grant.Types.Contains(type, StringComparer.Ordinal)
            ? grant.Client : null;

    /// <summary>The id inside a token.</summary>
    public static string TokenId(string client, string token) => $"{client}{Join}{token}";

    private sealed record Copy(string Revision, FrozenDictionary<string, ServiceTokenGrant> Grants);
}
