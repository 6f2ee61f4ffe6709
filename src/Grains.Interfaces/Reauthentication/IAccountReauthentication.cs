using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Identifiers;
using Orleans.Concurrency;

namespace AiCloud.Reauthentication;

/// <summary>
/// Full re-authentication before something sensitive (S-06): a session's authentication is renewed by the password, or by a code to a proven contact.
/// Implemented by the account's actor; key and proofs as there.
/// </summary>
[Alias("aicloud.grain.account-reauthentication")]
public interface IAccountReauthentication : IGrainWithStringKey
{
    /// <summary>How far the session's last authentication still carries, and by which ways it can be renewed.</summary>
    [Alias("reauthentication")] Task<Outcome<ReauthenticationView>> Reauthentication(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>
    /// First half by password: takes one of the tries that a password change has too, and hands out what to check it against. One request at a time for
    /// an operation. Refuses <see cref="RefusalCode.TooManyAttempts"/>, <see cref="RefusalCode.IdempotencyInProgress"/>.
    /// </summary>
    [Alias("prepare-reauthentication")]
    Task<Outcome<ReauthenticationBegun>> PrepareReauthentication(SessionProof proof, ReauthenticationCall call, CancellationToken cancellation = default);

    /// <summary>Gives a prepared one up, for instance because the password was wrong.</summary>
    [Alias("unprepare-reauthentication")] Task<Done> UnprepareReauthentication(ReauthenticationCall call, CancellationToken cancellation = default);

    /// <summary>Second half: the password was right. Refused <see cref="RefusalCode.CredentialsWrong"/> if it changed in between.</summary>
    [Alias("reauthenticate")]
    Task<Outcome<ReauthenticationView>> Reauthenticate(SessionProof proof, ReauthenticationCall call, string matchedHash, CancellationToken cancellation = default);

    /// <summary>
    /// The address behind one of <see cref="ReauthenticationView.Contacts"/>, to send a code to. <see cref="RefusalCode.NotFound"/> for any other.
    /// </summary>
    [Alias("contact-for-code")] Task<Outcome<ContactForCode>> ContactForCode(SessionProof proof, string contact, CancellationToken cancellation = default);

    /// <summary>The code was right. A repeat changes nothing: one code renews once.</summary>
    [Alias("reauthenticate-by-code")]
    Task<Outcome<ReauthenticationView>> ReauthenticateByCode(SessionProof proof, ChallengeProven proven, CancellationToken cancellation = default);
}

/// <summary>One request to renew by password.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.reauthentication-call")]
public sealed record ReauthenticationCall
{
    /// <summary>Operation id, derived from the Idempotency-Key: the session keeps the newest.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>One HTTP request: tells a repeat inside the gateway from a second request with the same key.</summary>
    [Id(1)] public required string Attempt { get; init; }
}

/// <summary>What to check the password against.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.reauthentication-begun")]
public sealed record ReauthenticationBegun
{
    /// <summary>PHC string; null when the account has no password.</summary>
    [Id(0)] public string? PasswordHash { get; init; }
    /// <summary>This operation renewed before: the password tells only whether it is the same request.</summary>
    [Id(1)] public bool AlreadyDone { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ReauthenticationBegun);
}

/// <summary>How a session stands towards what needs full re-authentication.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.reauthentication-view")]
public sealed record ReauthenticationView
{
    /// <summary>When the person last authenticated in this session.</summary>
    [Id(0)] public required DateTimeOffset AuthenticatedAt { get; init; }
    /// <summary>Until when that is enough for something sensitive; may lie in the past.</summary>
    [Id(1)] public required DateTimeOffset ValidUntil { get; init; }
    /// <summary>Whether the account has a password.</summary>
    [Id(2)] public required bool HasPassword { get; init; }
    /// <summary>
    /// Contacts to which a code may be sent for it: phones; an e-mail address only where there is neither a phone nor a password, since a code by e-mail
    /// confirms an address and is no authentication factor (O-05).
    /// </summary>
    [Id(3)] public required ContactView[] Contacts { get; init; }
}

/// <summary>Where to send a code.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.contact-for-code")]
public sealed record ContactForCode
{
    /// <summary>The address.</summary>
    [Id(0)] public required Identifier Contact { get; init; }
    /// <summary>Key of its actor.</summary>
    [Id(1)] public required string IdentifierKey { get; init; }
    /// <summary>Language of the account.</summary>
    [Id(2)] public required string Locale { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ContactForCode);
}
