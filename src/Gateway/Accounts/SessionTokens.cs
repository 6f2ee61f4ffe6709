using AiCloud.Consent;
using AiCloud.Protection;
using AiCloud.Requests;

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

    /// <summary>
    /// The account and proof that a request's token names, and the act of use that its endpoint is marked as: nothing else decides what is one
    /// (C2.5c). Null for a token with a bad mac, which never reaches an actor.
    /// </summary>
    public static SignedIn? Read(Tokens tokens, BearerToken bearer)
    {
        if (Read(tokens, bearer.Value) is not { } who) return null;
        return bearer.Context.GetEndpoint()?.Metadata.GetMetadata<MarkedActOfUse>() is { } marked ? who.Acting(marked.Kind, Caller.Of(bearer.Context)) : who;
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
    /// <summary>The same, using the account.</summary>
    public SignedIn Acting(string act, Caller caller) => this with
    {
        Proof = Proof with { Act = new ActOfUse { Kind = act, Language = caller.Language, Channel = caller.Channel, Network = caller.Network } },
    };

    public override string ToString() => nameof(SignedIn);
}
