using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Services;

namespace AiCloud.Guardians;

/// <summary>How a minor's account stands to its guardian.</summary>
public sealed record Ward
{
    /// <summary>The 18th birthday in Shanghai: everything here ends then, by clock on every use and durably by the row's due instant.</summary>
    public required DateTimeOffset AdultAt { get; init; }

    /// <summary>
    /// The 16th birthday in Shanghai, where a proof found an age below that of registering (C2.1a): nothing can be used before it. Null when nobody is below,
    /// and once the birthday was noted.
    /// </summary>
    public DateTimeOffset? OldEnoughAt { get; init; }

    /// <summary>The guardian; null when none stands.</summary>
    public StoredGuardian? Guardian { get; init; }

    /// <summary>Why none stands, or why the one named here does not.</summary>
    public GuardianLoss? Loss { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>When the guardian was told that the minor cannot reach them; null before, and in rows of earlier releases.</summary>
    public DateTimeOffset? LossToldAt { get; init; }

    /// <summary>By when another should be named; null once that has passed and was said.</summary>
    public DateTimeOffset? NameBy { get; init; }

    /// <summary>Frozen by the guardian, since when.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>
    /// When the guardian's contact is asked next for the place that it keeps until the 18th birthday: soon after the guardian came, and then every day, since a contact that
    /// went to somebody else tells no account. Null without a guardian, and in rows of earlier releases once the place was kept.
    /// </summary>
    public DateTimeOffset? PlaceDue { get; init; }

    /// <summary>The newest invitation that this account sent.</summary>
    public WardInvitation? Invitation { get; init; }

    /// <summary>When the clock changes something.</summary>
    public DateTimeOffset? DueAt => new[] { AdultAt, OldEnoughAt, PlaceDue, Loss is null ? null : NameBy, Invitation is { Answer: InvitationState.Open } open ? open.ExpiresAt : null }.Min();

    /// <summary>Whether a guardian stands.</summary>
    public bool Stands => Guardian is not null && Loss is null;
}

/// <summary>A guardian. What identifies them is sealed under the account key, and goes with the guardianship.</summary>
public sealed record StoredGuardian
{
    /// <summary>Key of the contact's identifier actor.</summary>
    public required string IdentifierKey { get; init; }
    /// <summary>Phone or e-mail.</summary>
    public required IdentifierKind Kind { get; init; }
    /// <summary>The contact, sealed.</summary>
    public required byte[] Address { get; init; }
    /// <summary>Name, sealed.</summary>
    public required byte[] Name { get; init; }
    /// <summary>Relationship.</summary>
    public required GuardianRelationship Relationship { get; init; }
    /// <summary>What the identity rests on; a service may ask for more than a proven contact.</summary>
    public required GuardianAssurance Assurance { get; init; }
    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }
    /// <summary>When the guardian last proved the contact by signing in; null since they accepted, and in rows of earlier releases.</summary>
    public DateTimeOffset? SeenAt { get; init; }
    /// <summary>What an identity check proved; null without one.</summary>
    public StoredGuardianIdentity? Identity { get; init; }
    /// <summary>What the authority on numbers said of the contact (C2.1g); null while it was never asked.</summary>
    public NumberAsked? Asked { get; init; }
}

/// <summary>What is kept of a guardian's identity check as long as they stand (L-11).</summary>
public sealed record StoredGuardianIdentity
{
    /// <summary>The way.</summary>
    public required IdentityMethod Method { get; init; }
    /// <summary>The kind of certificate; null by network ID.</summary>
    public CertificateKind? Kind { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Keyed digest of the certificate or subject.</summary>
    public required string DocumentKey { get; init; }
    /// <summary>The end of the number, sealed; null by network ID.</summary>
    public byte[]? Last { get; init; }
    /// <summary>The checker's reference.</summary>
    public string? Reference { get; init; }
}

/// <summary>An invitation that an open account sent.</summary>
public sealed record WardInvitation
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>Invitations so far: names the next one.</summary>
    public required int Number { get; init; }
    /// <summary>Instants of the invitations of the last 30 days.</summary>
    public required DateTimeOffset[] Sent { get; init; }
    /// <summary>The request that sent it.</summary>
    public required AnsweredBy SentBy { get; init; }
    /// <summary>Where it went, masked and sealed under the account key.</summary>
    public required byte[] Invited { get; init; }
    /// <summary>When it lapses.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>How it stands as far as the account knows.</summary>
    public InvitationState Answer { get; init; } = InvitationState.Open;
}

/// <summary>
/// A place at a former guardian's contact, kept in the write that ended the guardianship until the contact gave it up: forgotten, it would cost them one for
/// another child; given up before that write, nobody could act as guardian and the account would not know.
/// </summary>
public sealed record LeavingPlace(string IdentifierKey, DateTimeOffset At)
{
    // The turn that keeps it gives it up at once; by then it has, or it did not live to.
    internal DateTimeOffset DueAt => At + TimeSpan.FromSeconds(10);
}

/// <summary>The record of one guardian's responsibility.</summary>
/// <param name="Invitation">The invitation that was accepted: adopting one twice adds nothing.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when; null while it lasts.</param>
/// <param name="Documents">What was accepted.</param>
/// <param name="Evidence">Sealed <see cref="ResponsibilityEvidence"/>.</param>
public sealed record StoredResponsibility(string Invitation, DateTimeOffset From, DateTimeOffset? Until, AcceptedText[] Documents, byte[] Evidence)
{
    /// <summary>The text whose purpose of an identity check the guardian consented to (L-09); null without a check.</summary>
    public DocumentReference? ConsentedTo { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ConsentedAt { get; init; }
}

/// <summary>The sealed part of a responsibility: who, by which contact, and how they were spoken to.</summary>
public sealed record ResponsibilityEvidence(
    string Name, GuardianRelationship Relationship, IdentifierKind Kind, string Contact, GuardianAssurance Assurance, string Language, string Channel, long Network)
{
    /// <summary>How the identity was proven, when, and the checker's reference; null without a check. Nothing of the document.</summary>
    public ProvenGuardian? Identity { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResponsibilityEvidence);
}

/// <summary>That a guardian was proven to be who they say, and of age.</summary>
public sealed record ProvenGuardian(IdentityMethod Method, DateTimeOffset At, string? Reference);

/// <summary>The sealed part of a ledger entry about a guardianship: who acted.</summary>
public sealed record GuardianActEvidence(string By);
