using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Identifiers;

namespace AiCloud.Registration;

/// <summary>
/// One attempt to register: one verification session (C2.2b, D1). Key: a random id of 128 bits or more, or one derived from an Idempotency-Key.
/// A caller proves itself with the digest of the registration token's secret; a wrong one is answered <see cref="RefusalCode.NotFound"/>.
/// </summary>
[Alias("aicloud.grain.registration")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the attempt: keeps the consent and the contact, and sends a code. A repeat with the same fingerprint answers the same; one of an attempt that was
    /// erased is answered <see cref="RefusalCode.RegistrationExpired"/>. The first try may come with a mark (<see cref="Storage.Minted"/>) also where the id
    /// follows from a key: a repeat that no activation remembers is told from a first call by the write, not by a read before it.
    /// </summary>
    [Alias("start")] Task<Outcome<RegistrationView>> Start(StartRegistration request, CancellationToken cancellation = default);

    /// <summary>The attempt as its owner may see it.</summary>
    [Alias("view")] Task<Outcome<RegistrationView>> View(byte[] proof, CancellationToken cancellation = default);

    /// <summary>Sends a fresh code, which voids the one before (C2.2b). Refuses within the cool-down.</summary>
    [Alias("resend")] Task<Outcome<RegistrationView>> Resend(ResendCode request, CancellationToken cancellation = default);

    /// <summary>Spends one try. The try is kept before the answer; the right code answers the same when it comes again.</summary>
    [Alias("verify")] Task<Outcome<RegistrationView>> Verify(VerifyCode request, CancellationToken cancellation = default);

    /// <summary>
    /// First half of a completion: checks everything that can refuse, so that a password is hashed only for an attempt that can succeed. The birth date is
    /// stated by it when nothing else is wrong or when the age refuses; then another one is refused (C2.1a).
    /// </summary>
    [Alias("prepare")] Task<Outcome<CompletionPrepared>> Prepare(CompleteRegistration request, CancellationToken cancellation = default);

    /// <summary>Gives up a prepared completion that will not be committed, for instance because the password was refused, and a birth date first stated by it.</summary>
    [Alias("unprepare")] Task Unprepare(string attempt, CancellationToken cancellation = default);

    /// <summary>Second half: opens the account. <see cref="IIdentifierGrain.Own"/> is its only commit point.</summary>
    [Alias("commit"), ResponseTimeout("00:00:08")]
    Task<Outcome<RegistrationCompleted>> Commit(CompleteRegistration request, NewCredential credential, CancellationToken cancellation = default);

    /// <summary>"I do not agree": erases the attempt at once (C0.1).</summary>
    [Alias("erase")] Task<Outcome<Done>> Erase(byte[] proof, CancellationToken cancellation = default);
}

/// <summary>Where an attempt stands.</summary>
public enum RegistrationState
{
    /// <summary>A code was sent or is about to be.</summary>
    CodeSent = 1,
    /// <summary>The contact is proven.</summary>
    Verified = 2,
    /// <summary>The contact is proven and already has an open account.</summary>
    AccountExists = 3,
    /// <summary>16 or 17 years old: waits for the guardian (C2.1b).</summary>
    AwaitingGuardian = 4,
    /// <summary>The account is open.</summary>
    Completed = 5,
    /// <summary>Lapsed or erased.</summary>
    Expired = 6,
}

/// <summary>What became of the newest message. It is handed over at most once and never re-driven.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its instant or for the channel's answer.</summary>
    Queued = 1,
    /// <summary>The channel took it.</summary>
    HandedOver = 2,
    /// <summary>The channel says that this destination cannot be reached.</summary>
    NumberRefused = 3,
    /// <summary>Nobody knows, for instance after a crash; the person may ask again.</summary>
    Unknown = 4,
}

/// <summary>The attempt as its owner may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.registration-view")]
public sealed record RegistrationView
{
    /// <summary>Where it stands.</summary>
    [Id(0)] public required RegistrationState State { get; init; }
    /// <summary>The contact, masked.</summary>
    [Id(1)] public required string Destination { get; init; }
    /// <summary>Digits of the code in force.</summary>
    [Id(2)] public required int CodeLength { get; init; }
    /// <summary>When the code in force stops working.</summary>
    [Id(3)] public required DateTimeOffset CodeExpiresAt { get; init; }
    /// <summary>When the newest message leaves or left.</summary>
    [Id(4)] public required DateTimeOffset SendsAt { get; init; }
    /// <summary>From when another may be asked for.</summary>
    [Id(5)] public required DateTimeOffset ResendAllowedAt { get; init; }
    /// <summary>Wrong guesses that the code in force still survives.</summary>
    [Id(6)] public required int AttemptsLeft { get; init; }
    /// <summary>When the attempt lapses and is erased.</summary>
    [Id(7)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>What became of the newest message.</summary>
    [Id(8)] public required DeliveryState Delivery { get; init; }
    /// <summary>Language of messages and pages.</summary>
    [Id(9)] public required string Locale { get; init; }
    /// <summary>The kind of contact.</summary>
    [Id(10)] public required IdentifierKind Kind { get; init; }
    /// <summary>The open account, once completed.</summary>
    [Id(11)] public Guid? Account { get; init; }
    /// <summary>For 16 and 17: how far it has come with the guardian; null while the birth date does not ask for one.</summary>
    [Id(12)] public Guardians.GuardianProgress? Guardian { get; init; }
    /// <summary>The type of service that the person came for; null for none in particular.</summary>
    [Id(13)] public string? Service { get; init; }
}

/// <summary>Starts an attempt.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.start-registration")]
public sealed record StartRegistration
{
    /// <summary>The normalised contact.</summary>
    [Id(0)] public required Identifier Contact { get; init; }
    /// <summary>Key of the contact's <see cref="IIdentifierGrain"/>.</summary>
    [Id(1)] public required string IdentifierKey { get; init; }
    /// <summary>Consent to the privacy agreement, given before the contact (C0.2).</summary>
    [Id(2)] public required DocumentReference PrivacyConsent { get; init; }
    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    [Id(3)] public required string Locale { get; init; }
    /// <summary>Keyed digest of the caller's network prefix; 0 when unknown.</summary>
    [Id(4)] public required long Network { get; init; }
    /// <summary>Digest of the registration token's secret.</summary>
    [Id(5)] public required byte[] Proof { get; init; }
    /// <summary>Keyed digest of the request's body: a repeat must carry the same.</summary>
    [Id(6)] public required string Fingerprint { get; init; }
    /// <summary>The channel: <c>web</c> or <c>api</c>.</summary>
    [Id(7)] public required string Channel { get; init; }
    /// <summary>The type of service that the person came for, one of the catalogue's; null for none in particular.</summary>
    [Id(8)] public string? Service { get; init; }
    /// <summary>The id follows from a key of the caller's, so that the same start may come again, however late.</summary>
    [Id(9)] public bool Keyed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(StartRegistration);
}

/// <summary>Asks for another code.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.resend-code")]
public sealed record ResendCode
{
    /// <summary>Digest of the registration token's secret.</summary>
    [Id(0)] public required byte[] Proof { get; init; }
    /// <summary>Operation id: a repeat answers the same and sends nothing.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>Keyed digest of the caller's network prefix.</summary>
    [Id(2)] public required long Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResendCode);
}

/// <summary>Answers a code.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.verify-code")]
public sealed record VerifyCode
{
    /// <summary>Digest of the registration token's secret.</summary>
    [Id(0)] public required byte[] Proof { get; init; }
    /// <summary>Operation id: a repeat answers the same and spends no second try.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>The digits as typed, normalised to ASCII.</summary>
    [Id(2)] public required string Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(VerifyCode);
}

/// <summary>Everything a person says when completing, but the password (C0.1, C2.1, C2.2).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.complete-registration")]
public sealed record CompleteRegistration
{
    /// <summary>Digest of the registration token's secret.</summary>
    [Id(0)] public required byte[] Proof { get; init; }
    /// <summary>Operation id, from the Idempotency-Key or minted for the HTTP request.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>One HTTP request: tells a repeat inside the gateway from a second request with the same key.</summary>
    [Id(2)] public required string Attempt { get; init; }
    /// <summary>Keyed digest of the body without the password.</summary>
    [Id(3)] public required string Fingerprint { get; init; }
    /// <summary>Stated birth date (C2.1a).</summary>
    [Id(4)] public required DateOnly BirthDate { get; init; }
    /// <summary>"My information is true, accurate and complete" (C2.1e).</summary>
    [Id(5)] public required bool DeclaresInformation { get; init; }
    /// <summary>"I was never permanently banned and am in no violation" (C2.1d).</summary>
    [Id(6)] public required bool DeclaresEligibility { get; init; }
    /// <summary>"I have full capacity for civil conduct" (C2.1c).</summary>
    [Id(7)] public required bool DeclaresCapacity { get; init; }
    /// <summary>Exact versions and digests accepted (C0.1).</summary>
    [Id(8)] public required DocumentReference[] Acceptances { get; init; }
    /// <summary>Name to show; optional.</summary>
    [Id(9)] public string? DisplayName { get; init; }
    /// <summary>Language in which the documents were shown.</summary>
    [Id(10)] public required string Language { get; init; }
    /// <summary>The channel: <c>web</c> or <c>api</c>.</summary>
    [Id(11)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the caller's network prefix.</summary>
    [Id(12)] public required long Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(CompleteRegistration);
}

/// <summary>A completion that can succeed: what the gateway needs to judge and hash the password.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.completion-prepared")]
public sealed record CompletionPrepared
{
    /// <summary>The contact: a password must not contain it (C2.2c).</summary>
    [Id(0)] public required Identifier Contact { get; init; }
    /// <summary>The id that the account will have.</summary>
    [Id(1)] public required Guid Account { get; init; }
    /// <summary>True when this operation already completed: only a fresh session is needed, no hash.</summary>
    [Id(2)] public bool AlreadyDone { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(CompletionPrepared);
}

/// <summary>A hashed password and the first session.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.new-credential")]
public sealed record NewCredential
{
    /// <summary>PHC string of the password; null only for a repeat whose first call completed.</summary>
    [Id(0)] public string? PasswordHash { get; init; }
    /// <summary>The session to open.</summary>
    [Id(1)] public required NewSession Session { get; init; }
    /// <summary>For a repeat: the account's PHC string that the password was found to match.</summary>
    [Id(2)] public string? MatchedHash { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NewCredential);
}

/// <summary>
/// The account is open. Without members: an earlier call of the same operation opened it, so the password has to be checked against the account's
/// before a session opens; commit again with <see cref="NewCredential.MatchedHash"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("aicloud.registration-completed")]
public sealed record RegistrationCompleted
{
    /// <summary>The account.</summary>
    [Id(0)] public AccountView? Account { get; init; }
    /// <summary>The session just opened.</summary>
    [Id(1)] public SessionView? Session { get; init; }
}
