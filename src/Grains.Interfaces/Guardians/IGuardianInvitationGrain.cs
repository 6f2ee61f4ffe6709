using AiCloud.Challenges;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Services;

namespace AiCloud.Guardians;

/// <summary>
/// One invitation to be the guardian of somebody of 16 or 17 (C2.1b). Key: an opaque id of 128 bits. What the guardian says is said here, with a token that
/// only the invitation's message carries; the inviter's actor can ask how it stands and take it back, and has no word in it.
/// </summary>
[Alias("aicloud.grain.guardian-invitation")]
public interface IGuardianInvitationGrain : IGrainWithStringKey
{
    /// <summary>The inviter's actor keeps the invitation and has its message sent, once. A repeat changes nothing.</summary>
    [Alias("invite")] Task<Outcome<InvitationStanding>> Invite(InviteGuardian request, CancellationToken cancellation = default);

    /// <summary>How it stands, for the inviter's actor; once accepted with everything that binds the guardian.</summary>
    [Alias("standing")] Task<InvitationStanding> Standing(CancellationToken cancellation = default);

    /// <summary>
    /// The account takes the guardian's word up: from here on it cannot be withdrawn with the invitation's token, only by the guardian's own session. Answers how it
    /// stands, without a binding when there is none to take up (any more). Repeated it answers the same.
    /// </summary>
    [Alias("bind")] Task<InvitationStanding> Bind(CancellationToken cancellation = default);

    /// <summary>
    /// The completion that took the word up opened no account: the guardian can withdraw it again, and another completion can take it up. Repeated it changes nothing.
    /// </summary>
    [Alias("unbind")] Task<Done> Unbind(CancellationToken cancellation = default);

    /// <summary>The inviter gave it up or another one took its place: erased unless it was answered. Harmless at any time.</summary>
    [Alias("void")] Task<Done> Void(CancellationToken cancellation = default);

    /// <summary>The invitation as the guardian sees it. A wrong proof is answered <see cref="RefusalCode.NotFound"/>, one that lapsed <see cref="RefusalCode.InvitationExpired"/>.</summary>
    [Alias("view")] Task<Outcome<InvitationView>> View(byte[] proof, CancellationToken cancellation = default);

    /// <summary>
    /// Where a code for this guardian may go. An invitation by e-mail needs a phone named here where a phone is asked for; the inviter's own contact is
    /// refused (<see cref="RefusalCode.GuardianContactSame"/>).
    /// </summary>
    [Alias("contact")] Task<Outcome<GuardianContact>> Contact(byte[] proof, GuardianContact? named, CancellationToken cancellation = default);

    /// <summary>The guardian's contact was proven by a code that was asked for with this invitation (<see cref="GuardianSubjects.Invitation"/>).</summary>
    [Alias("proven")] Task<Outcome<InvitationView>> Proven(byte[] proof, ChallengeProven proven, CancellationToken cancellation = default);

    /// <summary>
    /// The guardian passes the identity check as an adult, where one is configured: after the code and before the acceptance. Needs consent of its own, named with it
    /// (L-09). A repeat of the same operation answers as it stands by then and asks nobody a second time.
    /// </summary>
    /// <returns>
    /// How it stands, in <see cref="InvitationView.Identity"/>. <see cref="RefusalCode.NotVerified"/> before the code, <see cref="RefusalCode.IdentityUnavailable"/>,
    /// <see cref="RefusalCode.DocumentNotInForce"/> for a consent to another text, <see cref="RefusalCode.IdentityPending"/>, <see cref="RefusalCode.BirthDateInvalid"/>
    /// where neither the number nor the request holds one, <see cref="RefusalCode.BirthDateMismatch"/>, <see cref="RefusalCode.GuardianNotAdult"/>,
    /// <see cref="RefusalCode.TooManyAttempts"/>.
    /// </returns>
    [Alias("submit-identity"), ResponseTimeout("00:00:08")] Task<Outcome<InvitationView>> SubmitIdentity(SubmitGuardianIdentity request, CancellationToken cancellation = default);

    /// <summary>An answer that came after the submission was answered. Harmless at any time: one that nobody waits for is dropped.</summary>
    [Alias("identity-answered")] Task<Done> IdentityAnswered(string request, IdentityAnswer answer, CancellationToken cancellation = default);

    /// <summary>The row fell due: a check is asked again, or what lapsed is erased. Harmless at any time.</summary>
    /// <returns>Whether it was erased.</returns>
    [Alias("settle")] Task<bool> Settle(CancellationToken cancellation = default);

    /// <summary>The guardian takes the responsibility and accepts both texts in their own name. Repeated with its operation it changes nothing.</summary>
    [Alias("accept")] Task<Outcome<InvitationView>> Accept(AcceptResponsibility request, CancellationToken cancellation = default);

    /// <summary>
    /// The guardian declines, or does not know the inviter: then repeats are blocked for a time. Whoever accepted can say so too, until the account takes it up
    /// (<see cref="InvitationView.MayWithdraw"/>).
    /// </summary>
    [Alias("decline")] Task<Outcome<InvitationView>> Decline(DeclineInvitation request, CancellationToken cancellation = default);
}

/// <summary>How an invitation stands.</summary>
public enum InvitationState
{
    /// <summary>There is none, it lapsed, or it was taken back.</summary>
    Lapsed = 1,
    /// <summary>Waits for its answer.</summary>
    Open = 2,
    /// <summary>The guardian took the responsibility.</summary>
    Accepted = 3,
    /// <summary>The guardian declined.</summary>
    Declined = 4,
    /// <summary>The guardian does not know who invited.</summary>
    Unknown = 5,
}

/// <summary>How a guardian is related to the minor; a closed list.</summary>
public enum GuardianRelationship
{
    /// <summary>Father.</summary>
    Father = 1,
    /// <summary>Mother.</summary>
    Mother = 2,
    /// <summary>Grandparent who has the guardianship.</summary>
    Grandparent = 3,
    /// <summary>Adult brother or sister who has the guardianship.</summary>
    Sibling = 4,
    /// <summary>Anybody else who has it by law, agreement or appointment.</summary>
    Other = 5,
}

/// <summary>A guardian's contact and the key of its identifier actor.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-contact")]
public sealed record GuardianContact
{
    /// <summary>The normalised contact.</summary>
    [Id(0)] public required Identifier Contact { get; init; }
    /// <summary>Key of its <see cref="IGuardianContactGrain"/>.</summary>
    [Id(1)] public required string IdentifierKey { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianContact);
}

/// <summary>Keeps and sends an invitation.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.invite-guardian")]
public sealed record InviteGuardian
{
    /// <summary>Key of the identifier actor of the inviter's contact, which must not be the guardian's.</summary>
    [Id(0)] public required string[] InviterKeys { get; init; }
    /// <summary>The account that the guardian will answer for, open or to be opened.</summary>
    [Id(1)] public required Guid Account { get; init; }
    /// <summary>The inviter's contact, masked: what the guardian sees.</summary>
    [Id(2)] public required string InviterMasked { get; init; }
    /// <summary>The inviter's name to show; null when there is none yet.</summary>
    [Id(3)] public string? InviterName { get; init; }
    /// <summary>Where the message goes.</summary>
    [Id(4)] public required GuardianContact To { get; init; }
    /// <summary>Language of the message.</summary>
    [Id(5)] public required string Locale { get; init; }
    /// <summary>When the message leaves.</summary>
    [Id(6)] public required DateTimeOffset SendsAt { get; init; }
    /// <summary>When the invitation lapses.</summary>
    [Id(7)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Scheme and host of the guardian's page.</summary>
    [Id(8)] public required string PageAddress { get; init; }
    /// <summary>The registration that invites; null when an open account does.</summary>
    [Id(9)] public string? Registration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(InviteGuardian);
}

/// <summary>How an invitation stands, as the inviter's actor learns it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.invitation-standing")]
public sealed record InvitationStanding
{
    /// <summary>Where it stands.</summary>
    [Id(0)] public required InvitationState State { get; init; }
    /// <summary>What binds the guardian, once accepted.</summary>
    [Id(1)] public GuardianBinding? Binding { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(InvitationStanding)}({State})";
}

/// <summary>An invitation as the guardian sees it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.invitation-view")]
public sealed record InvitationView
{
    /// <summary>Where it stands.</summary>
    [Id(0)] public required InvitationState State { get; init; }
    /// <summary>The inviter's contact, masked.</summary>
    [Id(1)] public required string InviterMasked { get; init; }
    /// <summary>The inviter's name to show.</summary>
    [Id(2)] public string? InviterName { get; init; }
    /// <summary>The contact that was invited, masked.</summary>
    [Id(3)] public required string InvitedMasked { get; init; }
    /// <summary>A phone number has to be named, since the invitation went to an e-mail address.</summary>
    [Id(4)] public required bool NeedsPhone { get; init; }
    /// <summary>The proven contact, masked; null before.</summary>
    [Id(5)] public string? ProvenMasked { get; init; }
    /// <summary>When it lapses.</summary>
    [Id(6)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>What the guardian's identity rests on.</summary>
    [Id(7)] public required GuardianAssurance Assurance { get; init; }
    /// <summary>Language of the message.</summary>
    [Id(8)] public required string Locale { get; init; }
    /// <summary>The registration that invites; null when an open account does.</summary>
    [Id(9)] public string? Registration { get; init; }
    /// <summary>The account that the guardian answers for.</summary>
    [Id(10)] public required Guid Account { get; init; }
    /// <summary>How the guardian stands to the identity check; null where none is asked for.</summary>
    [Id(11)] public IdentityView? Identity { get; init; }
    /// <summary>Accepted, and it can still be withdrawn with the invitation's token: the account has not taken it up.</summary>
    [Id(12)] public bool MayWithdraw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(InvitationView)}({State})";
}

/// <summary>The guardian asks for an identity check.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.submit-guardian-identity")]
public sealed record SubmitGuardianIdentity
{
    /// <summary>Digest of the guardian's token.</summary>
    [Id(0)] public required byte[] Proof { get; init; }
    /// <summary>What is to be checked. Its birth date is the guardian's, needed where the number holds none.</summary>
    [Id(1)] public required SubmitIdentity Submission { get; init; }
    /// <summary>The text in force whose purpose <see cref="IdentityView.Purpose"/> was consented to by its own box.</summary>
    [Id(2)] public required DocumentReference Consent { get; init; }
    /// <summary>Language in which it was shown.</summary>
    [Id(3)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(4)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the guardian's network prefix.</summary>
    [Id(5)] public required long Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SubmitGuardianIdentity);
}

/// <summary>The guardian takes the responsibility.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.accept-responsibility")]
public sealed record AcceptResponsibility
{
    /// <summary>Digest of the guardian's token.</summary>
    [Id(0)] public required byte[] Proof { get; init; }
    /// <summary>Operation id.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>Keyed digest of the body.</summary>
    [Id(2)] public required string Fingerprint { get; init; }
    /// <summary>Full name, 1 to 64 characters; null where a certificate proved it.</summary>
    [Id(3)] public required string? Name { get; init; }
    /// <summary>Relationship.</summary>
    [Id(4)] public required GuardianRelationship Relationship { get; init; }
    /// <summary>"I am 18 or more and have full capacity."</summary>
    [Id(5)] public required bool DeclaresAdult { get; init; }
    /// <summary>"I am the guardian and bear the responsibility."</summary>
    [Id(6)] public required bool DeclaresResponsibility { get; init; }
    /// <summary>Exact versions and digests accepted.</summary>
    [Id(7)] public required DocumentReference[] Acceptances { get; init; }
    /// <summary>Language in which the texts were shown.</summary>
    [Id(8)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(9)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the caller's network prefix.</summary>
    [Id(10)] public required long Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AcceptResponsibility);
}

/// <summary>The guardian says no.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.decline-invitation")]
public sealed record DeclineInvitation
{
    /// <summary>Digest of the guardian's token.</summary>
    [Id(0)] public required byte[] Proof { get; init; }
    /// <summary>"I don't know this person."</summary>
    [Id(1)] public required bool Unknown { get; init; }
    /// <summary>Operation id.</summary>
    [Id(2)] public required string Operation { get; init; }
    /// <summary>Keyed digest of the body.</summary>
    [Id(3)] public required string Fingerprint { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(DeclineInvitation);
}

/// <summary>Everything that binds a guardian to an account.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-binding")]
public sealed record GuardianBinding
{
    /// <summary>The invitation that was accepted.</summary>
    [Id(0)] public required string Invitation { get; init; }
    /// <summary>The proven contact.</summary>
    [Id(1)] public required GuardianContact Contact { get; init; }
    /// <summary>Name as stated.</summary>
    [Id(2)] public required string Name { get; init; }
    /// <summary>Relationship as stated.</summary>
    [Id(3)] public required GuardianRelationship Relationship { get; init; }
    /// <summary>What the identity rests on.</summary>
    [Id(4)] public required GuardianAssurance Assurance { get; init; }
    /// <summary>When.</summary>
    [Id(5)] public required DateTimeOffset AcceptedAt { get; init; }
    /// <summary>What was accepted, with the rules accepted along with it.</summary>
    [Id(6)] public required AcceptedText[] Documents { get; init; }
    /// <summary>Language in which the texts were shown.</summary>
    [Id(7)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(8)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the guardian's network prefix.</summary>
    [Id(9)] public required long Network { get; init; }
    /// <summary>What an identity check proved; null without one.</summary>
    [Id(10)] public GuardianIdentity? Identity { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianBinding);
}

/// <summary>What is kept of a guardian's identity check: the result, and nothing of the document but its end (L-11).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-identity")]
public sealed record GuardianIdentity
{
    /// <summary>The way.</summary>
    [Id(0)] public required IdentityMethod Method { get; init; }
    /// <summary>The kind of certificate; null by network ID.</summary>
    [Id(1)] public CertificateKind? Kind { get; init; }
    /// <summary>When.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }
    /// <summary>Keyed digest of the certificate or subject.</summary>
    [Id(3)] public required string DocumentKey { get; init; }
    /// <summary>The end of the number; null by network ID.</summary>
    [Id(4)] public string? Last { get; init; }
    /// <summary>The checker's reference.</summary>
    [Id(5)] public string? Reference { get; init; }
    /// <summary>The text whose purpose was consented to (L-09).</summary>
    [Id(6)] public required DocumentReference ConsentedTo { get; init; }
    /// <summary>When.</summary>
    [Id(7)] public required DateTimeOffset ConsentedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianIdentity);
}

/// <summary>A text accepted, and what it incorporates.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.accepted-text")]
public sealed record AcceptedText
{
    /// <summary>The text.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>Rules and policies accepted along with it.</summary>
    [Id(1)] public required DocumentReference[] Incorporated { get; init; }
}
