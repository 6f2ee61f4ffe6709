using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Endings;
using AiCloud.PersonalData;
using AiCloud.Services;

namespace AiCloud.Guardians;

/// <summary>
/// An account under guardianship (C2.1b): what the minor does about their guardian with the account's own session, and what the guardian does with theirs.
/// The same actor as <see cref="IAccountGrain"/>. Nothing that a guardian does is an act of use (C2.5c).
/// </summary>
[Alias("aicloud.grain.guarded-account")]
public interface IGuardedAccountGrain : IGrainWithStringKey
{
    /// <summary>How the guardianship stands, for the user of record.</summary>
    [Alias("guardianship")] Task<Outcome<GuardianshipView>> Guardianship(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>
    /// Invites a guardian where none stands. Repeated with its operation it sends nothing again. Needs a recent authentication
    /// (<see cref="RefusalCode.ReauthenticationRequired"/>). After <see cref="ReportLoss"/> the guardian has their time to object first
    /// (<see cref="RefusalCode.GuardianWait"/>). Refuses further as that of an attempt.
    /// </summary>
    [Alias("invite")] Task<Outcome<GuardianshipView>> Invite(SessionProof proof, InviteByWard request, CancellationToken cancellation = default);

    /// <summary>
    /// The guardian cannot be reached at their contact any more: the account is limited until another stands. The contact is told; whoever still reads it
    /// undoes this by signing in as guardian, and nobody else can be invited before they had time to. A freeze stays. Needs a recent authentication.
    /// </summary>
    [Alias("report-loss")] Task<Outcome<GuardianshipView>> ReportLoss(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>Of age since: accepts everything required in their own name.</summary>
    [Alias("accept-of-age")] Task<Outcome<AccountView>> AcceptOfAge(SessionProof proof, AcceptOfAge request, CancellationToken cancellation = default);

    /// <summary>An invitation of this account was answered: asks it. Harmless at any time.</summary>
    [Alias("answered")] Task<Done> GuardianAnswered(CancellationToken cancellation = default);

    /// <summary>
    /// The guardian's contact is somebody else's by now: they are the guardian no longer, by that contact or by any session. Harmless when it never was, or is said again.
    /// </summary>
    [Alias("guardian-contact-gone")] Task<Done> GuardianContactGone(string identifierKey, CancellationToken cancellation = default);

    /// <summary>The account as its guardian may see it.</summary>
    [Alias("guardian-view")] Task<Outcome<GuardedAccountView>> GuardianView(GuardianProof proof, CancellationToken cancellation = default);

    /// <summary>Corrects facts.</summary>
    [Alias("guardian-correct")] Task<Outcome<GuardedAccountView>> GuardianCorrect(GuardianProof proof, ChangeAccount change, CancellationToken cancellation = default);

    /// <summary>Freezes the account, or ends that. Saying what stands already changes nothing.</summary>
    [Alias("guardian-freeze")] Task<Outcome<GuardedAccountView>> GuardianFreeze(GuardianProof proof, bool frozen, CancellationToken cancellation = default);

    /// <summary>Withdraws consent and responsibility: the account is limited until another guardian stands. The session sees nothing of the account afterwards.</summary>
    [Alias("guardian-withdraw")] Task<Outcome<Done>> GuardianWithdraw(GuardianProof proof, CancellationToken cancellation = default);

    /// <summary>
    /// Has a copy of everything held about the minor made, as the minor can: one at a time, so many a day, the same one for both. Needs a session that was opened a
    /// short while ago (<see cref="RefusalCode.ReauthenticationRequired"/>); waits after changes (<see cref="RefusalCode.ExportTooSoon"/>), of the guardian too.
    /// </summary>
    [Alias("guardian-request-export")] Task<Outcome<ExportView>> GuardianRequestExport(GuardianProof proof, string operation, CancellationToken cancellation = default);

    /// <summary>The newest copy and how far it is; <see cref="RefusalCode.NotFound"/> when none was asked for, or for another id than its own.</summary>
    [Alias("guardian-export")] Task<Outcome<ExportView>> GuardianExport(GuardianProof proof, string? id, CancellationToken cancellation = default);

    /// <summary>What was collected, opened. Refuses as <see cref="IAccountData.DownloadExport"/>.</summary>
    [Alias("guardian-download-export"), ResponseTimeout("00:00:10")]
    Task<Outcome<ExportedData>> GuardianDownloadExport(GuardianProof proof, string id, CancellationToken cancellation = default);

    /// <summary>
    /// Cancels the account (C2.5d): it ends for good after the cooling-off period, in which the guardian can take it back and the minor keeps limited sessions. Said
    /// again it changes nothing. Needs a session that was opened a short while ago; <see cref="RefusalCode.EndingTooSoon"/> after changes.
    /// </summary>
    [Alias("guardian-cancel")] Task<Outcome<GuardedAccountView>> GuardianCancel(GuardianProof proof, string operation, CancellationToken cancellation = default);

    /// <summary>Takes the guardian's cancellation back. Where there is none it changes nothing.</summary>
    [Alias("guardian-take-back")] Task<Outcome<GuardedAccountView>> GuardianTakeBack(GuardianProof proof, CancellationToken cancellation = default);
}

/// <summary>Why no guardian stands.</summary>
public enum GuardianLoss
{
    /// <summary>The guardian withdrew.</summary>
    Withdrawn = 1,
    /// <summary>The guardian's contact does not reach them any more.</summary>
    ContactLost = 2,
    /// <summary>There never was one: the age was found by a proof after the account had opened.</summary>
    NeverNamed = 3,
}

/// <summary>How an account stands to guardianship.</summary>
public enum GuardianshipState
{
    /// <summary>Of age: no guardian is needed.</summary>
    NotNeeded = 1,
    /// <summary>A guardian stands.</summary>
    Standing = 2,
    /// <summary>One is needed and none stands.</summary>
    Missing = 3,
    /// <summary>Came of age and has to accept in their own name.</summary>
    OfAge = 4,
    /// <summary>Below the age of registering, as a proof found: nothing can be used before the 16th birthday.</summary>
    UnderAge = 5,
}

/// <summary>The guardianship as the user of record sees it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardianship-view")]
public sealed record GuardianshipView
{
    /// <summary>How it stands.</summary>
    [Id(0)] public required GuardianshipState State { get; init; }
    /// <summary>The guardian's contact, masked.</summary>
    [Id(1)] public string? GuardianMasked { get; init; }
    /// <summary>Relationship as the guardian stated it.</summary>
    [Id(2)] public GuardianRelationship? Relationship { get; init; }
    /// <summary>What the guardian's identity rests on.</summary>
    [Id(3)] public GuardianAssurance? Assurance { get; init; }
    /// <summary>Since when the guardian stands.</summary>
    [Id(4)] public DateTimeOffset? Since { get; init; }
    /// <summary>Until when the guardianship lasts: the 18th birthday.</summary>
    [Id(5)] public DateTimeOffset? Until { get; init; }
    /// <summary>Why none stands.</summary>
    [Id(6)] public GuardianLoss? Loss { get; init; }
    /// <summary>By when another should be named.</summary>
    [Id(7)] public DateTimeOffset? NameBy { get; init; }
    /// <summary>How the newest invitation stands; null without one.</summary>
    [Id(8)] public InvitationState? Invitation { get; init; }
    /// <summary>Where the newest invitation went, masked.</summary>
    [Id(9)] public string? InvitedMasked { get; init; }
    /// <summary>Frozen by the guardian.</summary>
    [Id(10)] public bool Frozen { get; init; }
    /// <summary>An ending that waits for its instant.</summary>
    [Id(11)] public EndingView? Ending { get; init; }
    /// <summary>The 16th birthday, when the account can be used: known only while a proof says that it has not come (C2.1a).</summary>
    [Id(12)] public DateTimeOffset? OldEnoughAt { get; init; }
    /// <summary>Until when the guardian who was called lost can object, and nobody else be invited; null when nobody is waited for.</summary>
    [Id(13)] public DateTimeOffset? ReplacedFrom { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(GuardianshipView)}({State})";
}

/// <summary>An open account invites a guardian.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.invite-by-ward")]
public sealed record InviteByWard
{
    /// <summary>Operation id.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>Keyed digest of the body.</summary>
    [Id(1)] public required string Fingerprint { get; init; }
    /// <summary>Who is invited.</summary>
    [Id(2)] public required GuardianContact To { get; init; }
    /// <summary>Keyed digest of the caller's network prefix.</summary>
    [Id(3)] public required long Network { get; init; }
    /// <summary>Scheme and host of the guardian's page.</summary>
    [Id(4)] public required string PageAddress { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(InviteByWard);
}

/// <summary>Accepts in one's own name after coming of age.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.accept-of-age")]
public sealed record AcceptOfAge
{
    /// <summary>Exact versions and digests accepted.</summary>
    [Id(0)] public required DocumentReference[] Acceptances { get; init; }
    /// <summary>"I have full capacity for civil conduct" (C2.1c).</summary>
    [Id(1)] public required bool DeclaresCapacity { get; init; }
    /// <summary>Language in which the texts were shown.</summary>
    [Id(2)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(3)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the network prefix.</summary>
    [Id(4)] public required long Network { get; init; }
}

/// <summary>An account as its guardian may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guarded-account-view")]
public sealed record GuardedAccountView
{
    /// <summary>The account, its facts masked as for its user.</summary>
    [Id(0)] public required AccountView Account { get; init; }
    /// <summary>The whole birth date: the guardian checks it (minors' regulation, art. 31).</summary>
    [Id(1)] public required DateOnly BirthDate { get; init; }
    /// <summary>The guardianship.</summary>
    [Id(2)] public required GuardianshipView Guardianship { get; init; }
    /// <summary>What was accepted for this account and by whom.</summary>
    [Id(3)] public required AcceptanceView[] Acceptances { get; init; }
    /// <summary>How many sessions the minor has open.</summary>
    [Id(4)] public required int Sessions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardedAccountView);
}
