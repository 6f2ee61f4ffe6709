using AiCloud.Protection;

namespace AiCloud.Accounts;

/// <summary>Session tokens: <c>ses.{root}.{account}~{session}.{secret}.{mac}</c>. Made and read here; the account keeps the secret's digest only.</summary>
internal static class SessionTokens
{
    private const char Join = '~';

    /// <summary>A new session for an account, and its token.</summary>
    public static (NewSession Session, string Token) New(Tokens tokens, IRandomness randomness, string accountKey, Caller caller, params string[] methods)
    {
        var id = DerivedIds.New(randomness);
        var token = tokens.Issue(Tokens.Session, $"{accountKey}{Join}{id}", randomness);
        return (new NewSession { Id = id, SecretDigest = token.SecretDigest, Client = caller.Client, Methods = methods }, token.Text);
    }

    /// <summary>The account and proof that a token names; null for one with a bad mac, which never reaches an actor.</summary>
    public static SignedIn? Read(Tokens tokens, string text)
    {
        if (!tokens.TryRead(text, Tokens.Session, out var token) || token.Id.Split(Join) is not [var account, var session]) return null;
        return new SignedIn(account, new SessionProof { Session = session, SecretDigest = token.SecretDigest });
    }
}

/// <summary>Who a session token says is calling; the account itself checks it.</summary>
internal sealed record SignedIn(string AccountKey, SessionProof Proof)
{
    public override string ToString() => nameof(SignedIn);
}
