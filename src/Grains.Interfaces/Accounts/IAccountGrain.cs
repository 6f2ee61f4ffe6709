using AiCloud.Consent;
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

    /// <summary>
    /// Whether anything is stored under this key. What gateways ask of keys that nobody has, several times a second, to find out whether actors answer and
    /// read: one without a row leaves memory at once.
    /// </summary>
    [Alias("exists")] Task<bool> Exists(CancellationToken cancellation = default);

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
