namespace AiCloud.Staff;

/// <summary>
/// One member of staff: what proves them, and what they may do. Key: an opaque staff id. Who is a member and with which roles is decided by
/// <see cref="IStaffRegisterGrain"/>, which tells this actor; every request of a member is checked here, so that an end is immediate.
/// </summary>
[Alias("aicloud.grain.staff")]
public interface IStaffGrain : IGrainWithStringKey
{
    /// <summary>
    /// Checks token and role. A call that changes something is noted in the audit before it is allowed; one without the role is noted as refused.
    /// Refuses with NotFound (a token that is none, ended or of a disabled member), SecondFactorRequired, Forbidden.
    /// </summary>
    [Alias("authorize")] Task<Outcome<StaffMember>> Authorize(StaffCall call, CancellationToken cancellation = default);

    /// <summary>Notes in the audit what an allowed call came to. Repeats are one entry.</summary>
    [Alias("conclude")] Task Conclude(StaffConclusion conclusion, CancellationToken cancellation = default);

    /// <summary>
    /// Issues a token in the place of the one that proves the member; the former ends when the new one is first used, so that a lost answer locks
    /// nobody out. Also takes a token that lapsed a short while ago. A repeat with the same id answers the same.
    /// </summary>
    [Alias("rotate")] Task<Outcome<StaffTokenView>> Rotate(StaffCall call, NewStaffToken token, CancellationToken cancellation = default);

    /// <summary>Ends the token that proves the member.</summary>
    [Alias("revoke")] Task<Outcome<Done>> Revoke(StaffCall call, CancellationToken cancellation = default);

    /// <summary>
    /// Turns both halves of an activation into a first token and ends any older one. NotFound for a wrong or used half, ActivationExpired later
    /// than its window. A repeat with the same id answers the same.
    /// </summary>
    [Alias("activate")] Task<Outcome<StaffTokenView>> Activate(StaffActivationProof proof, NewStaffToken token, CancellationToken cancellation = default);

    /// <summary>Told by the register. An older revision than the one known changes nothing.</summary>
    [Alias("tell")] Task Tell(StaffStanding standing, StaffActivation? activation, CancellationToken cancellation = default);

    /// <summary>Gives a member made by bootstrap their one token, unless they ever had one.</summary>
    [Alias("equip")] Task Equip(byte[] bootstrapDigest, CancellationToken cancellation = default);

    /// <summary>Entries of the audit after a number, oldest first. Needs <see cref="StaffRoles.Manage"/>; refuses as <see cref="Authorize"/> does.</summary>
    [Alias("audit")] Task<Outcome<AuditEntry[]>> Audit(StaffCall call, long after, int limit, CancellationToken cancellation = default);
}

/// <summary>Roles of staff. An open set: a name of up to 64 characters; these are the ones with a meaning so far.</summary>
public static class StaffRoles
{
    /// <summary>Drafts documents; withdraws, with another.</summary>
    public const string WriteDocuments = "documents.write";
    /// <summary>Announces what another member drafted; withdraws, with another.</summary>
    public const string AnnounceDocuments = "documents.announce";
    /// <summary>Proposes and approves members and their roles; reads the audit.</summary>
    public const string Manage = "staff.manage";
    /// <summary>Reads the ledger.</summary>
    public const string ReadLedger = "ledger.read";
    /// <summary>Throws switches and takes them back (docs/runbooks/switches.md).</summary>
    public const string Operations = "operations";

    /// <summary>Proposes and approves services that may ask about accounts; issues and ends their tokens.</summary>
    public const string ManageServices = "services.manage";
    /// <summary>Marks facts of an account false or outdated; answers those who contest it.</summary>
    public const string MarkFacts = "facts.mark";

    /// <summary>All that have a meaning.</summary>
    public static IReadOnlyList<string> All { get; } = [WriteDocuments, AnnounceDocuments, Manage, ReadLedger, Operations, ManageServices, MarkFacts];
}

/// <summary>What the register knows of a member and has told their actor.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-standing")]
public sealed record StaffStanding
{
    /// <summary>Opaque id.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>Name shown to other staff.</summary>
    [Id(1)] public required string Name { get; init; }
    /// <summary>Roles, in ordinal order.</summary>
    [Id(2)] public required string[] Roles { get; init; }
    /// <summary>Ended for good: no token opens anything.</summary>
    [Id(3)] public bool Disabled { get; init; }
    /// <summary>When the member was created.</summary>
    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Ids of proposer and approver; empty for members made by bootstrap.</summary>
    [Id(5)] public string[] CreatedBy { get; init; } = [];
    /// <summary>Grows with every change.</summary>
    [Id(6)] public int Revision { get; init; } = 1;

    /// <summary>The member as the author of an act.</summary>
    public StaffActor Actor => new() { Staff = Id, Creators = CreatedBy, CreatedAt = CreatedAt };

    /// <summary>Whether the member may act in a role now.</summary>
    public bool Has(string role) => !Disabled && Roles.Contains(role);

    /// <summary>Nothing of the name.</summary>
    public override string ToString() => $"StaffStanding({Id})";
}

/// <summary>A member whose token was right.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-member")]
public sealed record StaffMember
{
    /// <summary>Who.</summary>
    [Id(0)] public required StaffStanding Standing { get; init; }
    /// <summary>When the token used ends; null for one without an end.</summary>
    [Id(1)] public DateTimeOffset? TokenExpiresAt { get; init; }
    /// <summary>How the holder authenticated when the token was issued (RFC 8176): <c>mfa</c> among them when a second factor was proven.</summary>
    [Id(2)] public string[] Methods { get; init; } = [];

    /// <summary>The member's id.</summary>
    public string Id => Standing.Id;

    /// <summary>Nothing of the name.</summary>
    public override string ToString() => $"StaffMember({Id})";
}

/// <summary>What a staff token proves.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-proof")]
public sealed record StaffProof
{
    /// <summary>The token's id within the member.</summary>
    [Id(0)] public required string Token { get; init; }
    /// <summary>Digest to compare with the one stored.</summary>
    [Id(1)] public required byte[] Digest { get; init; }

    /// <summary>Nothing of the proof.</summary>
    public override string ToString() => nameof(StaffProof);
}

/// <summary>One call of a member of staff.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-call")]
public sealed record StaffCall
{
    /// <summary>Token.</summary>
    [Id(0)] public required StaffProof Proof { get; init; }
    /// <summary>Role that the call needs; of several, separated by a space, any one; null when being a member is enough.</summary>
    [Id(1)] public string? Role { get; init; }
    /// <summary>What is done, such as <c>document.announce</c>: goes into the audit.</summary>
    [Id(2)] public required string Action { get; init; }
    /// <summary>To what: opaque ids, kinds and labels only, at most 200 characters.</summary>
    [Id(3)] public string Target { get; init; } = "";
    /// <summary>Names the act; null for a call that changes nothing.</summary>
    [Id(4)] public string? Operation { get; init; }
    /// <summary>Trace of the request, 32 hexadecimal digits.</summary>
    [Id(5)] public string Trace { get; init; } = "";
}

/// <summary>What an allowed call came to.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-conclusion")]
public sealed record StaffConclusion
{
    /// <summary>As in the call.</summary>
    [Id(0)] public required string Action { get; init; }
    /// <summary>As in the call.</summary>
    [Id(1)] public required string Target { get; init; }
    /// <summary>As in the call.</summary>
    [Id(2)] public required string Operation { get; init; }
    /// <summary>As in the call.</summary>
    [Id(3)] public required string Trace { get; init; }
    /// <summary><c>done</c>, <c>proposed</c>, or the code of the problem that was answered.</summary>
    [Id(4)] public required string Outcome { get; init; }
}

/// <summary>A token to be.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.new-staff-token")]
public sealed record NewStaffToken
{
    /// <summary>Its id within the member: follows from the caller's operation.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>SHA-256 of its secret.</summary>
    [Id(1)] public required byte[] Digest { get; init; }

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(NewStaffToken);
}

/// <summary>A token as it stands.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-token-view")]
public sealed record StaffTokenView
{
    /// <summary>Its member.</summary>
    [Id(0)] public required StaffStanding Member { get; init; }
    /// <summary>SHA-256 of its secret: tells under which key a repeat finds it.</summary>
    [Id(1)] public required byte[] Digest { get; init; }
    /// <summary>When it ends; null for one without an end.</summary>
    [Id(2)] public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>
/// How a member comes by a token: two secrets, one shown to the proposer and one to the approver, so that neither can act as the member.
/// </summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-activation")]
public sealed record StaffActivation
{
    /// <summary>The proposal that it follows from.</summary>
    [Id(0)] public required string Proposal { get; init; }
    /// <summary>Digest of the proposer's half.</summary>
    [Id(1)] public required byte[] ProposerHalf { get; init; }
    /// <summary>Digest of the approver's half.</summary>
    [Id(2)] public required byte[] ApproverHalf { get; init; }
    /// <summary>Until when both together work.</summary>
    [Id(3)] public required DateTimeOffset Until { get; init; }
}

/// <summary>Both halves as presented.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-activation-proof")]
public sealed record StaffActivationProof
{
    /// <summary>The proposal named in both.</summary>
    [Id(0)] public required string Proposal { get; init; }
    /// <summary>Digest of the proposer's half.</summary>
    [Id(1)] public required byte[] ProposerHalf { get; init; }
    /// <summary>Digest of the approver's half.</summary>
    [Id(2)] public required byte[] ApproverHalf { get; init; }
    /// <summary>Names the act.</summary>
    [Id(3)] public required string Operation { get; init; }
    /// <summary>Trace of the request.</summary>
    [Id(4)] public string Trace { get; init; } = "";
}

/// <summary>One entry of the audit.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.audit-entry")]
public sealed record AuditEntry
{
    /// <summary>Grows in the order in which entries can be read.</summary>
    [Id(0)] public required long Number { get; init; }
    /// <summary>By the database's clock.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }
    /// <summary>Staff id, or <c>system</c>.</summary>
    [Id(2)] public required string Staff { get; init; }
    /// <summary>What.</summary>
    [Id(3)] public required string Action { get; init; }
    /// <summary>To what.</summary>
    [Id(4)] public required string Target { get; init; }
    /// <summary><c>intended</c>, <c>done</c>, <c>proposed</c>, or the code of a problem.</summary>
    [Id(5)] public required string Outcome { get; init; }
    /// <summary>The act's operation id as the state it changed keeps it.</summary>
    [Id(6)] public required string Operation { get; init; }
    /// <summary>Trace of the request.</summary>
    [Id(7)] public required string Trace { get; init; }
}
