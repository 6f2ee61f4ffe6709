using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiCloud.PersonalData;

/// <summary>
/// Everything that is held about a person, as it is handed to them (L-17). Its JSON schema is made from these types and published; members are only ever
/// added. What of a stored field stands where is in docs/personal-data.md, and a test holds the three together.
/// </summary>
public sealed record PersonalDataDocument
{
    /// <summary>Names the shape.</summary>
    public const string Current = "aicloud.personal-data/1";

    /// <summary>How it is written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Text for people, which no browser ever runs as it stands.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        NumberHandling = JsonNumberHandling.Strict,
    };

    public required string Format { get; init; }
    public required DateTimeOffset CollectedAt { get; init; }
    public required HeldAccount Account { get; init; }
    public required HeldContact[] Contacts { get; init; }
    /// <summary>Contacts that left and are kept for the account a while.</summary>
    public required HeldFormerContact[] FormerContacts { get; init; }
    public required HeldCredential Credential { get; init; }
    public required HeldSecurity Security { get; init; }
    /// <summary>Absent in accounts that never asked for a proof.</summary>
    public HeldIdentity? Identity { get; init; }
    /// <summary>Absent where there is no guardian to have.</summary>
    public HeldGuardianship? Guardianship { get; init; }
    public required HeldFactMark[] FactMarks { get; init; }
    public required HeldNumberClaim[] NumberClaims { get; init; }
    public required HeldNumberCheck[] NumberChecks { get; init; }
    public required HeldSession[] Sessions { get; init; }
    public required HeldAcceptance[] Acceptances { get; init; }
    public required HeldConsent[] Consents { get; init; }
    public required HeldNotice[] Notices { get; init; }
    public required HeldLedgerEntry[] Ledger { get; init; }
    public required HeldBudget[] Budgets { get; init; }
    /// <summary>Hand-overs of data to others (C2.4b).</summary>
    public required HeldDisclosure[] Disclosures { get; init; }
    public required HeldExport[] Exports { get; init; }
}

public sealed record HeldAccount
{
    public required string Id { get; init; }
    public required string Phase { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Registration { get; init; }
    public string? DisplayName { get; init; }
    public string? BirthDate { get; init; }
    public required string Locale { get; init; }
    public required string[] Declarations { get; init; }
    public DateTimeOffset? FactsConfirmedAt { get; init; }
    public DateTimeOffset? OfAgeSince { get; init; }
    public DateTimeOffset? ContactlessSince { get; init; }
    /// <summary>When the account ends, and why; absent unless that was decided.</summary>
    public DateTimeOffset? EndingAt { get; init; }
    public string? EndingGround { get; init; }
    public DateTimeOffset? EndingDecidedAt { get; init; }
}

public sealed record HeldContact
{
    public required string Kind { get; init; }
    public required string Address { get; init; }
    public required DateTimeOffset ProvenAt { get; init; }
    /// <summary>When it became the account's.</summary>
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
    /// <summary>The keyed digest by which the contact is found.</summary>
    public required string Digest { get; init; }
}

public sealed record HeldFormerContact
{
    public required string Kind { get; init; }
    public required string Address { get; init; }
    public required DateTimeOffset ProvenAt { get; init; }
    /// <summary>When it became the account's.</summary>
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
    public required DateTimeOffset LeftAt { get; init; }
    public required DateTimeOffset ReservedUntil { get; init; }
    public required string Digest { get; init; }
}

/// <summary>What guards the account: changes, notices, where the person signed in from.</summary>
public sealed record HeldSecurity
{
    public DateTimeOffset? ChangedAt { get; init; }
    public DateTimeOffset? ProtectedSince { get; init; }
    public DateTimeOffset? ProtectedUntil { get; init; }
    public DateTimeOffset? ResetAnnouncedAt { get; init; }
    public DateTimeOffset? ResetReadyAt { get; init; }
    public DateTimeOffset? ResetUntil { get; init; }
    public required HeldSecurityNotice[] Notices { get; init; }
    public required HeldPlace[] Places { get; init; }
}

public sealed record HeldSecurityNotice
{
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ObjectedAt { get; init; }
}

public sealed record HeldPlace
{
    public required string Network { get; init; }
    public required string Client { get; init; }
}

/// <summary>Real-name proof: the one that stands, the one under way, why the last one proved nothing.</summary>
public sealed record HeldIdentity
{
    public string? Method { get; init; }
    public string? Kind { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Name { get; init; }
    /// <summary>The last four of the number.</summary>
    public string? Last { get; init; }
    /// <summary>The whole number, where a legal ground asks for it.</summary>
    public string? Number { get; init; }
    public string? NumberKeptFor { get; init; }
    public bool? BirthDateProven { get; init; }
    public string? Reference { get; init; }
    public string? Digest { get; init; }
    public HeldIdentityRequest? Request { get; init; }
    public DateTimeOffset? RefusedAt { get; init; }
    public string? RefusedFor { get; init; }
    public required DateTimeOffset[] Tries { get; init; }
}

public sealed record HeldIdentityRequest
{
    public required string Method { get; init; }
    public string? Kind { get; init; }
    public string? Name { get; init; }
    public string? Number { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? Service { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required bool CorrectsBirthDate { get; init; }
    public string? Digest { get; init; }
}

/// <summary>How a minor's account stands to a guardian. Name and contact of the guardian are the guardian's own: masked while they stand, and gone afterwards.</summary>
public sealed record HeldGuardianship
{
    public DateTimeOffset? Until { get; init; }
    public string? GuardianMasked { get; init; }
    public string? Relationship { get; init; }
    public string? Assurance { get; init; }
    public DateTimeOffset? Since { get; init; }
    public string? Loss { get; init; }
    public DateTimeOffset? LostAt { get; init; }
    /// <summary>When the guardian was told that the minor cannot reach them.</summary>
    public DateTimeOffset? LossToldAt { get; init; }
    public DateTimeOffset? NameBy { get; init; }
    public DateTimeOffset? FrozenAt { get; init; }
    public DateTimeOffset? OldEnoughAt { get; init; }
    public string? InvitedMasked { get; init; }
    public DateTimeOffset? InvitationExpiresAt { get; init; }
    public string? InvitationAnswer { get; init; }
    public DateTimeOffset[] InvitationsSent { get; init; } = [];
    public required HeldResponsibility[] Responsibilities { get; init; }
}

public sealed record HeldResponsibility
{
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? Until { get; init; }
    public required HeldDocument[] Documents { get; init; }
}

/// <summary>What staff said against a fact, and what came of it (C2.1g).</summary>
public sealed record HeldFactMark
{
    public required string Id { get; init; }
    public required string Fact { get; init; }
    public required string Fault { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Deadline { get; init; }
    public DateTimeOffset? RestrictedAt { get; init; }
    public DateTimeOffset? ContestedAt { get; init; }
    public string? Words { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public bool? Accepted { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Ending { get; init; }
}

/// <summary>Somebody else proved one of the numbers.</summary>
public sealed record HeldNumberClaim
{
    public required string Digest { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required string Standing { get; init; }
    public DateTimeOffset? WarnedAt { get; init; }
}

/// <summary>What an authority said of a number, when a password was to be reset with it.</summary>
public sealed record HeldNumberCheck
{
    public required string Digest { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required string Standing { get; init; }
}

/// <summary>Of the password nothing is handed out: its hash would let whoever gets hold of the copy guess at it.</summary>
public sealed record HeldCredential
{
    public required bool HasPassword { get; init; }
    public required int TriesThisHour { get; init; }
    public DateTimeOffset? TriesSince { get; init; }
}

public sealed record HeldSession
{
    public required string Id { get; init; }
    public required string Client { get; init; }
    /// <summary>Digest of the contact by which it was opened.</summary>
    public string? Through { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset AuthenticatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateOnly LastSeen { get; init; }
    public required string[] Methods { get; init; }
    public required string Scope { get; init; }
    public required string[] Allowed { get; init; }
}

public sealed record HeldDocument
{
    public required string Kind { get; init; }
    public required string Version { get; init; }
    public required string Sha256 { get; init; }
}

public sealed record HeldAcceptance
{
    public required string Id { get; init; }
    public required HeldDocument Document { get; init; }
    public required HeldDocument[] Incorporated { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required string Manner { get; init; }
    public required string Act { get; init; }
    public required string Language { get; init; }
    public required string Channel { get; init; }
    public required string Session { get; init; }
    /// <summary>Keyed digest of the network prefix it came from.</summary>
    public required string Network { get; init; }
    public DateTimeOffset? NoticeAnnouncedAt { get; init; }
    public DateTimeOffset? NoticeEffectiveAt { get; init; }
    public DateTimeOffset? NoticeShownAt { get; init; }
    public string[] NoticePages { get; init; } = [];
}

public sealed record HeldConsent
{
    public required string Purpose { get; init; }
    public required bool Given { get; init; }
    public required bool Withdrawn { get; init; }
    public required DateTimeOffset At { get; init; }
    public required HeldDocument Document { get; init; }
    public required string Language { get; init; }
    public required string Channel { get; init; }
    public required string Session { get; init; }
    public required string Network { get; init; }
}

/// <summary>A version that the person was shown, or told of by message.</summary>
public sealed record HeldNotice
{
    public required string Kind { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
}

/// <summary>One act with legal weight, in clear; its sealed evidence opened.</summary>
public sealed record HeldLedgerEntry
{
    public required int Number { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Manner { get; init; }
    public required string Act { get; init; }
    public HeldDocument? Document { get; init; }
    public HeldDocument[] Incorporated { get; init; } = [];
    public string? Purpose { get; init; }
    public bool? Given { get; init; }
    /// <summary>Opened, but for what in it is somebody else's: a guardian's name and contact, where staff keep their evidence.</summary>
    public JsonElement? Evidence { get; init; }
    public string? EvidenceSha256 { get; init; }
    public required string Previous { get; init; }
    public required string Hash { get; init; }
}

/// <summary>What is counted of a contact, under its digest, to limit abuse.</summary>
public sealed record HeldBudget
{
    public required string Digest { get; init; }
    public required HeldMessage[] Messages { get; init; }
    public required HeldAsker[] Askers { get; init; }
    public required string[] ProvenNetworks { get; init; }
    public required HeldFailures[] FailedSignIns { get; init; }
    public required int FailedSignInsOfNewNetworks { get; init; }
    public DateTimeOffset? FailedSignInsSince { get; init; }
    public required string[] TrustedNetworks { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
}

public sealed record HeldMessage
{
    public required DateTimeOffset LeavesAt { get; init; }
    public required int Guesses { get; init; }
    public required int CodeLength { get; init; }
}

public sealed record HeldAsker
{
    public required string Network { get; init; }
    public required DateTimeOffset At { get; init; }
}

public sealed record HeldFailures
{
    public required string Network { get; init; }
    public required int Count { get; init; }
    public required DateTimeOffset Since { get; init; }
}

/// <summary>One hand-over to somebody outside: when, to whom, on which ground, for which purpose of the privacy agreement's table, and which kinds of data.</summary>
public sealed record HeldDisclosure
{
    public required DateTimeOffset At { get; init; }
    public required string Recipient { get; init; }
    public required string Ground { get; init; }
    public required string Purpose { get; init; }
    public required string[] Fields { get; init; }
}

public sealed record HeldExport
{
    public required string Id { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? ReadyAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}
