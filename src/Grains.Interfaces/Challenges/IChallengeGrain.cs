using AiCloud.Identifiers;
using AiCloud.Registration;
using Orleans.Concurrency;

namespace AiCloud.Challenges;

/// <summary>
/// One code that proves control of one contact for one purpose other than registering (DESIGN §3). Key: a random id of 128 bits or more, or one derived
/// from an Idempotency-Key. The id is also the operation id of the one act that the code authorises: whoever acts keeps it, so that a code neither
/// acts twice nor is burnt by a crash.
/// Every call names the subject that started it; another one, and a challenge that lapsed or never was, are answered <see cref="RefusalCode.NotFound"/>.
/// </summary>
[Alias("aicloud.grain.challenge")]
public interface IChallengeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Keeps the challenge and sends a code, counted against the contact's budgets. A repeat with the same fingerprint answers the same; another is
    /// refused <see cref="RefusalCode.IdempotencyKeyReused"/>. Refuses <see cref="RefusalCode.SendLimit"/> and <see cref="RefusalCode.SendsPaused"/>.
    /// </summary>
    [Alias("start")] Task<Outcome<ChallengeView>> Start(StartChallenge request, CancellationToken cancellation = default);

    /// <summary>The challenge as its subject may see it.</summary>
    [Alias("view")] Task<Outcome<ChallengeView>> View(string subject, CancellationToken cancellation = default);

    /// <summary>Sends a fresh code, which voids the one before. Refuses <see cref="RefusalCode.ResendTooSoon"/> within the cool-down.</summary>
    [Alias("resend")] Task<Outcome<ChallengeView>> Resend(ResendChallenge request, CancellationToken cancellation = default);

    /// <summary>
    /// Spends one try. The try is kept before the answer. The right code answers the same authorisation until the challenge lapses, however often it comes.
    /// </summary>
    /// <returns>The authorisation, or <see cref="RefusalCode.CodeWrong"/>, <see cref="RefusalCode.CodeExpired"/>, <see cref="RefusalCode.CodeAttemptsExhausted"/>.</returns>
    [Alias("answer")] Task<Outcome<ChallengeProven>> Answer(AnswerChallenge request, CancellationToken cancellation = default);

    /// <summary>
    /// The authorisation once the right code came, to a subject that holds a secret and acts in a call of its own; <see cref="RefusalCode.NotVerified"/> before.
    /// </summary>
    [Alias("proven")] Task<Outcome<ChallengeProven>> Proven(string subject, ChallengePurpose purpose, CancellationToken cancellation = default);

    /// <summary>Erases the challenge at once. What was erased before is no error.</summary>
    [Alias("erase")] Task<Outcome<Done>> Erase(string subject, CancellationToken cancellation = default);
}

/// <summary>What a code is for. Numbers are stored: never renumbered.</summary>
public enum ChallengePurpose
{
    /// <summary>Opening a session by code alone.</summary>
    SignIn = 1,
    /// <summary>Renewing a session's authentication before something sensitive (S-06).</summary>
    Reauthentication = 2,
    /// <summary>Choosing a new password without the old one.</summary>
    PasswordReset = 3,
    /// <summary>A contact to be added to an account (C2.1f).</summary>
    NewContact = 4,
    /// <summary>A guardian's own contact (C2.1b).</summary>
    Guardian = 5,
    /// <summary>The second contact where one code alone does not reset a password.</summary>
    PasswordResetSecond = 6,
    /// <summary>Proving a contact of an account anew (C2.1g).</summary>
    FactProof = 7,
}

/// <summary>Starts a challenge.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.start-challenge")]
public sealed record StartChallenge
{
    /// <summary>What the code is for.</summary>
    [Id(0)] public required ChallengePurpose Purpose { get; init; }
    /// <summary>Who alone may go on with it: account and session, or the digest of a token's secret. Opaque; at most 200 characters.</summary>
    [Id(1)] public required string Subject { get; init; }
    /// <summary>The normalised contact.</summary>
    [Id(2)] public required Identifier Contact { get; init; }
    /// <summary>Key of the contact's <see cref="IIdentifierGrain"/>.</summary>
    [Id(3)] public required string IdentifierKey { get; init; }
    /// <summary>Language of the message: <c>zh-CN</c> or <c>en</c>.</summary>
    [Id(4)] public required string Locale { get; init; }
    /// <summary>Keyed digest of the caller's network prefix; 0 when unknown.</summary>
    [Id(5)] public required long Network { get; init; }
    /// <summary>Keyed digest of what was asked: a repeat must carry the same.</summary>
    [Id(6)] public required string Fingerprint { get; init; }
    /// <summary>
    /// The code is told only to a contact that an account owns; another one gets a message without it, under the same budgets and with the same answers
    /// . For purposes that need an account.
    /// </summary>
    [Id(7)] public bool KnownOnly { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(StartChallenge);
}

/// <summary>Asks for another code.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.resend-challenge")]
public sealed record ResendChallenge
{
    /// <summary>Who started it.</summary>
    [Id(0)] public required string Subject { get; init; }
    /// <summary>Operation id: a repeat answers the same and sends nothing.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>Keyed digest of the caller's network prefix.</summary>
    [Id(2)] public required long Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResendChallenge);
}

/// <summary>Answers a code.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.answer-challenge")]
public sealed record AnswerChallenge
{
    /// <summary>Who started it.</summary>
    [Id(0)] public required string Subject { get; init; }
    /// <summary>What the answer is meant for: a challenge of another purpose is not found.</summary>
    [Id(1)] public required ChallengePurpose Purpose { get; init; }
    /// <summary>Operation id: a repeat answers the same and spends no second try.</summary>
    [Id(2)] public required string Operation { get; init; }
    /// <summary>The digits as typed, normalised to ASCII.</summary>
    [Id(3)] public required string Code { get; init; }
    /// <summary>Keyed digest of the caller's network prefix: with the right code it counts as one of the owner's.</summary>
    [Id(4)] public required long Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AnswerChallenge);
}

/// <summary>
/// Authorises one act. Handed by whoever asked the challenge to the actor that acts, which keeps <see cref="Challenge"/> as the act's operation id and
/// checks purpose, subject and <see cref="ExpiresAt"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("aicloud.challenge-proven")]
public sealed record ChallengeProven
{
    /// <summary>Id of the challenge: the operation id of the act.</summary>
    [Id(0)] public required string Challenge { get; init; }
    /// <summary>What the code was for.</summary>
    [Id(1)] public required ChallengePurpose Purpose { get; init; }
    /// <summary>Who started it.</summary>
    [Id(2)] public required string Subject { get; init; }
    /// <summary>The proven contact.</summary>
    [Id(3)] public required Identifier Contact { get; init; }
    /// <summary>Key of the contact's <see cref="IIdentifierGrain"/>.</summary>
    [Id(4)] public required string IdentifierKey { get; init; }
    /// <summary>When the right code came.</summary>
    [Id(5)] public required DateTimeOffset ProvenAt { get; init; }
    /// <summary>From when on it authorises nothing new. An actor remembers the act until then.</summary>
    [Id(6)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Network from which the code was answered, as keyed digest.</summary>
    [Id(7)] public required long Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChallengeProven);
}

/// <summary>A challenge as its subject may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.challenge-view")]
public sealed record ChallengeView
{
    /// <summary>What the code is for.</summary>
    [Id(0)] public required ChallengePurpose Purpose { get; init; }
    /// <summary>The contact, masked.</summary>
    [Id(1)] public required string Destination { get; init; }
    /// <summary>The kind of contact.</summary>
    [Id(2)] public required IdentifierKind Kind { get; init; }
    /// <summary>Digits of the code in force.</summary>
    [Id(3)] public required int CodeLength { get; init; }
    /// <summary>When the code in force stops working.</summary>
    [Id(4)] public required DateTimeOffset CodeExpiresAt { get; init; }
    /// <summary>When the newest message leaves or left.</summary>
    [Id(5)] public required DateTimeOffset SendsAt { get; init; }
    /// <summary>From when another may be asked for.</summary>
    [Id(6)] public required DateTimeOffset ResendAllowedAt { get; init; }
    /// <summary>Wrong guesses that the code in force still survives.</summary>
    [Id(7)] public required int AttemptsLeft { get; init; }
    /// <summary>When the challenge lapses and is erased.</summary>
    [Id(8)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>What became of the newest message.</summary>
    [Id(9)] public required DeliveryState Delivery { get; init; }
    /// <summary>The right code came.</summary>
    [Id(10)] public required bool Proven { get; init; }
}
