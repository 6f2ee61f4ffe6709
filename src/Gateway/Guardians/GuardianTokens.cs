using AiCloud.Protection;

namespace AiCloud.Guardians;

/// <summary>Guardians' session tokens: <c>gus.{root}.{identifier}~{session}.{secret}.{mac}</c>, where the identifier's key has "~" for its dots.</summary>
internal static class GuardianTokens
{
    private const char Join = '~';

    /// <summary>A new session's id and token.</summary>
    public static (string Id, IssuedToken Token) New(Tokens tokens, IRandomness randomness, string identifierKey)
    {
        var id = DerivedIds.New(randomness);
        return (id, tokens.Issue(Tokens.GuardianSession, $"{identifierKey.Replace('.', Join)}{Join}{id}", randomness));
    }

    /// <summary>The session that a token names; null for one with a bad mac, which never reaches an actor.</summary>
    public static GuardianProof? Read(Tokens tokens, string? text)
    {
        if (!tokens.TryRead(text, Tokens.GuardianSession, out var token) || token.Id.LastIndexOf(Join) is not (> 0 and var at)) return null;
        return new GuardianProof { IdentifierKey = token.Id[..at].Replace(Join, '.'), Session = token.Id[(at + 1)..], SecretDigest = token.SecretDigest };
    }
}
