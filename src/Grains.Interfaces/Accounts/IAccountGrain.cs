using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.NoticeMailings;
using Orleans.Concurrency;

namespace AiCloud.Accounts;

/// <summary>
/// One account: the person's facts, credential, acceptances and sessions. Key: a UUIDv7 in "N" form.
/// An account is first kept as <em>prepared</em>, which answers nothing; it opens when its identifier says that it is owned by it.
/// A caller proves itself with a <see cref="SessionProof"/>; a wrong one is answered <see cref="RefusalCode.NotFound"/>.
/// </summary>
[Alias("aicloud.grain.account")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Keeps the account as prepared. Until it is owned, a repeat replaces credential, facts and acceptances by the newest.</summary>
    [Alias("open")] Task<Outcome<Done>> Open(OpenAccount request, CancellationToken cancellation = default);

    /// <summary>The identifier is owned by this account: it opens. Answers the operation whose content was committed.</summary>
    [Alias("confirm")] Task<Outcome<AccountConfirmed>> Confirm(CancellationToken cancellation = default);

    /// <summary>
    /// A repeated completion: a fresh session that voids the one opened before. <see cref="RefusalCode.IdempotencyKeyReused"/> when the stored hash is
    /// not the one that the password matched: it was changed or dropped meanwhile, by its owner or by "this was not me" (C2.4c).
    /// </summary>
    [Alias("reopen-matched-session")] Task<Outcome<SessionOpened>> ReopenSession(string operation, string matchedHash, NewSession session, CancellationToken cancellation = default);

    /// <summary>
    /// Gives a prepared account up unless its identifier is owned by it, in which case it opens. An open one does what its clock says is due.
    /// </summary>
    /// <returns>True when the account is open.</returns>
    [Alias("settle")] Task<bool> Settle(CancellationToken cancellation = default);

    /// <summary>
    /// Hands entries that are not in the ledger yet over again, and waits for them to arrive. Begins the chain of an account of a release without
    /// a ledger. Harmless at any time.
    /// </summary>
    /// <returns>False when they did not arrive; they stay marked.</returns>
    [Alias("flush")] Task<bool> Flush(CancellationToken cancellation = default);

    /// <summary>The PHC string to check a password against; null when there is none, which must cost the caller the same.</summary>
    [Alias("credential")] Task<StoredCredential> Credential(CancellationToken cancellation = default);

    /// <summary>Opens a session after the password was found right (or fails when the account is not open).</summary>
    [Alias("sign-in")] Task<Outcome<SessionOpened>> SignIn(SignIn request, CancellationToken cancellation = default);

    /// <summary>The account as its user of record may see it.</summary>
    [Alias("view")] Task<Outcome<AccountView>> View(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>Changes facts; a null member stays as it is.</summary>
    [Alias("change")] Task<Outcome<AccountView>> Change(SessionProof proof, ChangeAccount change, CancellationToken cancellation = default);

    /// <summary>What was accepted, when, how and by which act; oldest first.</summary>
    [Alias("acceptances")] Task<Outcome<AcceptanceView[]>> Acceptances(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>The sessions that are open (C2.4c).</summary>
    [Alias("sessions")] Task<Outcome<SessionView[]>> Sessions(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>Ends one session, every other one, or every one. Ending what has ended is no error.</summary>
    [Alias("end-sessions")] Task<Outcome<Done>> EndSessions(SessionProof proof, SessionSelection which, CancellationToken cancellation = default);

    /// <summary>
    /// First half of a password change: takes one try at the current password and hands out what to check it against. One request at a time
    /// for an operation; the others hear <see cref="RefusalCode.IdempotencyInProgress"/>.
    /// </summary>
    [Alias("prepare-password-change")]
    Task<Outcome<PasswordChangeBegun>> PreparePasswordChange(SessionProof proof, PasswordChangeCall call, CancellationToken cancellation = default);

    /// <summary>Gives up a prepared change that will not be made, for instance because the current password was wrong.</summary>
    [Alias("unprepare-password-change")] Task<Done> UnpreparePasswordChange(PasswordChangeCall call, CancellationToken cancellation = default);

    /// <summary>Second half: the current password was right; keeps the new hash. Refused if the credential changed in between.</summary>
    [Alias("change-password")] Task<Outcome<Done>> ChangePassword(SessionProof proof, ChangePassword change, CancellationToken cancellation = default);

    /// <summary>"Go on": does nothing but be the act of use that the proof carries (C2.5c). Repeating it changes nothing.</summary>
    [Alias("go-on")] Task<Outcome<AccountView>> GoOn(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>
    /// Another service reports that the user of record uses a function, or asks whether they may. A use accepts what came into force (C2.5c);
    /// a question, and a use that is not allowed, accept nothing. Repeating it changes nothing.
    /// </summary>
    [Alias("use")] Task<Outcome<UseAnswer>> Use(UseReport report, CancellationToken cancellation = default);

    /// <summary>Every purpose of processing in force and how the person stands to it.</summary>
    [Alias("consents")] Task<Outcome<ConsentView[]>> Consents(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>Gives, refuses or withdraws consent to one purpose. Saying what stands already changes nothing.</summary>
    /// <returns>How the purpose stands now; <see cref="RefusalCode.NotFound"/> for an unknown one, <see cref="RefusalCode.DocumentNotInForce"/> for another text.</returns>
    [Alias("decide")] Task<Outcome<ConsentView>> Decide(SessionProof proof, ConsentDecision decision, CancellationToken cancellation = default);

    /// <summary>
    /// Tells the person of an announced version by message, once per version whoever asks: noted in the ledger before it is sent, and never sent
    /// again (C2.5b).
    /// </summary>
    [Alias("tell")] Task<ChangeNoticeResult> Tell(ChangeNotice notice, CancellationToken cancellation = default);
}

/// <summary>Everything a new account is made of.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.open-account")]
public sealed record OpenAccount
{
    /// <summary>The registration: also the operation of the hold on the identifier.</summary>
    [Id(0)] public required string Registration { get; init; }
    /// <summary>The completion request whose content this is.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>Deadline of the hold; afterwards a prepared account settles itself.</summary>
    [Id(2)] public required DateTimeOffset HoldUntil { get; init; }
    /// <summary>The proven contact.</summary>
    [Id(3)] public required Identifier Contact { get; init; }
    /// <summary>Key of the contact's identifier actor.</summary>
    [Id(4)] public required string IdentifierKey { get; init; }
    /// <summary>PHC string of the password.</summary>
    [Id(5)] public required string PasswordHash { get; init; }
    /// <summary>Stated birth date (C2.1a).</summary>
    [Id(6)] public required DateOnly BirthDate { get; init; }
    /// <summary>Name to show; optional.</summary>
    [Id(7)] public string? DisplayName { get; init; }
    /// <summary>What was accepted, in full.</summary>
    [Id(8)] public required Acceptance[] Acceptances { get; init; }
    /// <summary>The first session.</summary>
    [Id(9)] public required NewSession Session { get; init; }
    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    [Id(10)] public required string Locale { get; init; }
    /// <summary>Declarations made: information, eligibility, capacity (C2.1c-e).</summary>
    [Id(11)] public required string[] Declarations { get; init; }
    /// <summary>Keyed digest of the completion request's body, without the password.</summary>
    [Id(12)] public required string Fingerprint { get; init; }
    /// <summary>For 16 and 17: what binds the guardian (C2.1b).</summary>
    [Id(13)] public Guardians.GuardianBinding? Guardian { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(OpenAccount);
}

/// <summary>How an acceptance came about (C0.1, C2.5c).</summary>
public enum AcceptanceManner
{
    /// <summary>By an act meant to accept.</summary>
    Explicit = 1,
    /// <summary>By continued use after the effective instant.</summary>
    Deemed = 2,
}

/// <summary>One acceptance with its evidence. Members from <see cref="Language"/> on are kept under the evidence key.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.acceptance")]
public sealed record Acceptance
{
    /// <summary>The text.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>Versions and digests of the rules and policies accepted along with it.</summary>
    [Id(1)] public required DocumentReference[] Incorporated { get; init; }
    /// <summary>The instant.</summary>
    [Id(2)] public required DateTimeOffset AcceptedAt { get; init; }
    /// <summary>Explicit or deemed.</summary>
    [Id(3)] public required AcceptanceManner Manner { get; init; }
    /// <summary>The act: <c>registration_start</c>, <c>registration_completion</c>, <c>consent</c>, or one of <see cref="ActsOfUse"/>.</summary>
    [Id(4)] public required string Act { get; init; }
    /// <summary>Language in which the text was shown.</summary>
    [Id(5)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(6)] public required string Channel { get; init; }
    /// <summary>Registration or session in which it happened, or the service that reported it.</summary>
    [Id(7)] public required string Session { get; init; }
    /// <summary>Keyed digest of the network prefix.</summary>
    [Id(8)] public required long Network { get; init; }
    /// <summary>How far the version's announcement had reached; null for what was accepted by an act meant to.</summary>
    [Id(9)] public AcceptanceNotice? Notice { get; init; }
    /// <summary>When the change was first shown to this person; null when it never was.</summary>
    [Id(10)] public DateTimeOffset? NoticeShownAt { get; init; }
}

/// <summary>The account opened, by which request's content.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.account-confirmed")]
public sealed record AccountConfirmed
{
    /// <summary>The completion request whose content was committed.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The account.</summary>
    [Id(1)] public required AccountView Account { get; init; }
    /// <summary>The session that the committed request opened; null once it ended.</summary>
    [Id(2)] public SessionView? Session { get; init; }
    /// <summary>Keyed digest of the committed request's body.</summary>
    [Id(3)] public required string Fingerprint { get; init; }
}

/// <summary>A session to open. The token itself never leaves the gateway; the account keeps the secret's digest.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.new-session")]
public sealed record NewSession
{
    /// <summary>Id of the session within the account.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    [Id(1)] public required byte[] SecretDigest { get; init; }
    /// <summary>What the person sees in the session list, such as a browser's name; at most 120 characters.</summary>
    [Id(2)] public required string Client { get; init; }
    /// <summary>How the person authenticated: <c>pwd</c>, <c>otp</c> (RFC 8176).</summary>
    [Id(3)] public required string[] Methods { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NewSession);
}

/// <summary>Proof of a session: its id and the digest of the token's secret.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-proof")]
public sealed record SessionProof
{
    /// <summary>Id of the session.</summary>
    [Id(0)] public required string Session { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    [Id(1)] public required byte[] SecretDigest { get; init; }
    /// <summary>The act of use that the call is; null when it is none.</summary>
    [Id(2)] public ActOfUse? Act { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SessionProof);
}

/// <summary>What a session may do.</summary>
public enum SessionScope
{
    /// <summary>Everything the account may.</summary>
    Full = 1,
    /// <summary>Only what <see cref="SessionView.Allowed"/> names, and always notice, appeal, export, documents and cancellation.</summary>
    Limited = 2,
}

/// <summary>How an account stands (C2.3c, C2.5d).</summary>
public enum AccountStanding
{
    /// <summary>In good standing.</summary>
    Good = 1,
    /// <summary>Some functions are taken away until something is mended; <see cref="SessionView.Allowed"/> names the others.</summary>
    Limited = 2,
}

/// <summary>A session as its owner may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-view")]
public sealed record SessionView
{
    /// <summary>Its id.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>When the person last authenticated in it.</summary>
    [Id(1)] public required DateTimeOffset AuthenticatedAt { get; init; }
    /// <summary>When it ends at the latest.</summary>
    [Id(2)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>The day (UTC) of its last use.</summary>
    [Id(3)] public required DateOnly LastSeen { get; init; }
    /// <summary>What opened it, such as a browser's name.</summary>
    [Id(4)] public required string Client { get; init; }
    /// <summary>How the person authenticated.</summary>
    [Id(5)] public required string[] Methods { get; init; }
    /// <summary>What it may do.</summary>
    [Id(6)] public required SessionScope Scope { get; init; }
    /// <summary>For a limited session: the functions it may use.</summary>
    [Id(7)] public string[] Allowed { get; init; } = [];
    /// <summary>True for the session that asks.</summary>
    [Id(8)] public bool Current { get; init; }
    /// <summary>When it was opened.</summary>
    [Id(9)] public DateTimeOffset OpenedAt { get; init; }
}

/// <summary>A session was opened.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-opened")]
public sealed record SessionOpened
{
    /// <summary>The session.</summary>
    [Id(0)] public required SessionView Session { get; init; }
    /// <summary>The account.</summary>
    [Id(1)] public required AccountView Account { get; init; }
}

/// <summary>What a password is checked against.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.stored-credential")]
public sealed record StoredCredential
{
    /// <summary>PHC string; null when there is no open account or no password.</summary>
    [Id(0)] public string? PasswordHash { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(StoredCredential);
}

/// <summary>Opens a session.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.sign-in")]
public sealed record SignIn
{
    /// <summary>Operation id: a repeat opens no second session but gives the first a new secret.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The session to open.</summary>
    [Id(1)] public required NewSession Session { get; init; }
    /// <summary>The PHC string that the password matched: refused when the credential changed meanwhile.</summary>
    [Id(2)] public required string MatchedHash { get; init; }
    /// <summary>A hash of the same password by today's parameters; null when the stored one is up to date.</summary>
    [Id(3)] public string? Rehash { get; init; }
    /// <summary>Keyed digest of the network prefix; 0 when unknown.</summary>
    [Id(4)] public long Network { get; init; }
    /// <summary>Public address of the site, for the link in a notice; null when none is certain.</summary>
    [Id(5)] public string? Site { get; init; }
    /// <summary>Key of the contact that the person signed in with.</summary>
    [Id(6)] public string? IdentifierKey { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SignIn);
}

/// <summary>Changes facts of an account.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.change-account")]
public sealed record ChangeAccount
{
    /// <summary>New display name; null leaves it, an empty one removes it.</summary>
    [Id(0)] public string? DisplayName { get; init; }
    /// <summary>New language; null leaves it.</summary>
    [Id(1)] public string? Locale { get; init; }
    /// <summary>Corrected birth date; null leaves it. Refused <see cref="RefusalCode.BirthDateNeedsProof"/> across 16 or 18 and after an ID proof.</summary>
    [Id(2)] public DateOnly? BirthDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChangeAccount);
}

/// <summary>Which sessions to end.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-selection")]
public sealed record SessionSelection
{
    /// <summary>This one; null for every other than the one that asks.</summary>
    [Id(0)] public string? Id { get; init; }
    /// <summary>With a null <see cref="Id"/>: the one that asks too.</summary>
    [Id(1)] public bool CurrentToo { get; init; }
}

/// <summary>One request to change the password.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.password-change-call")]
public sealed record PasswordChangeCall
{
    /// <summary>Operation id, derived from the Idempotency-Key: the account keeps the newest one that changed the password.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>One HTTP request: tells a repeat inside the gateway from a second request with the same key.</summary>
    [Id(1)] public required string Attempt { get; init; }
    /// <summary>Also ends every other session: with the passwords, what makes the request's body.</summary>
    [Id(2)] public required bool EndOtherSessions { get; init; }
}

/// <summary>A password change under way.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.password-change-begun")]
public sealed record PasswordChangeBegun
{
    /// <summary>PHC string of the current password; null when the account has none.</summary>
    [Id(0)] public string? CurrentHash { get; init; }
    /// <summary>Contacts: the new password must not contain them (C2.2c).</summary>
    [Id(1)] public required Identifier[] Contacts { get; init; }
    /// <summary>Name to show: the new password must not contain it either.</summary>
    [Id(2)] public string? DisplayName { get; init; }
    /// <summary>
    /// True when this operation already changed the password: <see cref="CurrentHash"/> is then what the <em>new</em> one is checked against,
    /// since no trace of either password is kept but this hash.
    /// </summary>
    [Id(3)] public bool AlreadyDone { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(PasswordChangeBegun);
}

/// <summary>Keeps a new password.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.change-password")]
public sealed record ChangePassword
{
    /// <summary>The PHC string that the current password matched.</summary>
    [Id(0)] public required string? MatchedHash { get; init; }
    /// <summary>PHC string of the new password.</summary>
    [Id(1)] public required string NewHash { get; init; }
    /// <summary>End every other session (P-05).</summary>
    [Id(2)] public required bool EndOtherSessions { get; init; }
    /// <summary>The operation that was prepared: kept with the change, so that a repeat finds it done.</summary>
    [Id(3)] public required string Operation { get; init; }
    /// <summary>The request that prepared it.</summary>
    [Id(4)] public required string Attempt { get; init; }
    /// <summary>Public address of the site, for the link in the notice; null when none is certain.</summary>
    [Id(5)] public string? Site { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChangePassword);
}

/// <summary>A contact of an account, masked.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.contact-view")]
public sealed record ContactView
{
    /// <summary>Phone or e-mail.</summary>
    [Id(0)] public required IdentifierKind Kind { get; init; }
    /// <summary>Masked form.</summary>
    [Id(1)] public required string Masked { get; init; }
    /// <summary>When it was proven.</summary>
    [Id(2)] public required DateTimeOffset ProvenAt { get; init; }
    /// <summary>Its name within the account.</summary>
    [Id(3)] public string Id { get; init; } = "";
}

/// <summary>An account as its user of record may see it: facts masked.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.account-view")]
public sealed record AccountView
{
    /// <summary>The account's id.</summary>
    [Id(0)] public required Guid Id { get; init; }
    /// <summary>When it was opened.</summary>
    [Id(1)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Proven contacts.</summary>
    [Id(2)] public required ContactView[] Contacts { get; init; }
    /// <summary>Name to show; null when none was given.</summary>
    [Id(3)] public string? DisplayName { get; init; }
    /// <summary>Year of birth with month and day masked, such as <c>1990-**-**</c>.</summary>
    [Id(4)] public required string BirthDate { get; init; }
    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    [Id(5)] public required string Locale { get; init; }
    /// <summary>How the account stands.</summary>
    [Id(6)] public required AccountStanding Standing { get; init; }
    /// <summary>Changes that the person should be shown (C2.5c).</summary>
    [Id(7)] public DueNotice[] NoticeDue { get; init; } = [];
    /// <summary>Consents to ask for (C2.5c).</summary>
    [Id(8)] public DueConsent[] ConsentDue { get; init; } = [];
    /// <summary>Whether the person is asked if all is still right (C2.1f). Nothing depends on the answer.</summary>
    [Id(40)] public bool FactsAsked { get; init; }
    /// <summary>Facts that are marked false or outdated (C2.1g).</summary>
    [Id(41)] public Facts.AccountFact[] FactsMarked { get; init; } = [];
    /// <summary>The rules refuse the name to show, which they allowed when it was chosen (L-12).</summary>
    [Id(42)] public Names.NameFault? NameFault { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AccountView);
}

/// <summary>An acceptance as the person who made it may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.acceptance-view")]
public sealed record AcceptanceView
{
    /// <summary>Its id within the account.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>The acceptance.</summary>
    [Id(1)] public required Acceptance Acceptance { get; init; }
}
