using System.ComponentModel.DataAnnotations;

namespace AiCloud.Staff;

/// <summary>Proposes a member.</summary>
public sealed record NewMemberRequest
{
    /// <summary>Name shown to other staff.</summary>
    [MinLength(1), MaxLength(100)] public required string Name { get; init; }

    /// <summary>Roles: <c>documents.write</c>, <c>documents.announce</c>, <c>staff.manage</c>, <c>ledger.read</c>, <c>operations</c>, <c>services.manage</c>, <c>facts.mark</c>, or others that a later release gives a meaning.</summary>
    [MinLength(1), MaxLength(16)] public required string[] Roles { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NewMemberRequest);
}

/// <summary>Changes a member's roles.</summary>
public sealed record RolesRequest
{
    /// <summary>The roles that the member shall have.</summary>
    [MaxLength(16)] public required string[] Roles { get; init; }
}

/// <summary>Both halves of an activation.</summary>
public sealed record ActivationRequest
{
    /// <summary>The half that the proposer was shown.</summary>
    [MinLength(1), MaxLength(512)] public required string FromProposer { get; init; }

    /// <summary>The half that the approver was shown.</summary>
    [MinLength(1), MaxLength(512)] public required string FromApprover { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ActivationRequest);
}

/// <summary>A member of staff.</summary>
public record StaffMemberBody
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Roles.</summary>
    public required string[] Roles { get; init; }

    /// <summary>Ended for good.</summary>
    public required bool Disabled { get; init; }

    /// <summary>When the member was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Ids of who proposed and who approved; empty for the two of the bootstrap.</summary>
    public required string[] CreatedBy { get; init; }

    internal static StaffMemberBody Of(StaffStanding member) => new()
    {
        Id = member.Id,
        Name = member.Name,
        Roles = member.Roles,
        Disabled = member.Disabled,
        CreatedAt = member.CreatedAt,
        CreatedBy = member.CreatedBy,
    };

    /// <inheritdoc/>
    public override string ToString() => nameof(StaffMemberBody);
}

/// <summary>The member who asks.</summary>
public sealed record StaffSelfBody : StaffMemberBody
{
    /// <summary>When the token used ends; absent for one without an end.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>How the holder authenticated when the token was issued (RFC 8176); <c>mfa</c> among them once a second factor was proven.</summary>
    public required string[] Amr { get; init; }

    internal static StaffSelfBody Of(StaffMember member) => new()
    {
        Id = member.Id,
        Name = member.Standing.Name,
        Roles = member.Standing.Roles,
        Disabled = member.Standing.Disabled,
        CreatedAt = member.Standing.CreatedAt,
        CreatedBy = member.Standing.CreatedBy,
        TokenExpiresAt = member.TokenExpiresAt,
        Amr = member.Methods,
    };
}

/// <summary>A token, told only here.</summary>
public sealed record StaffTokenBody
{
    /// <summary>The token.</summary>
    [MaxLength(512)] public required string Token { get; init; }

    /// <summary>When it ends; absent for one without an end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whose it is.</summary>
    public required StaffMemberBody Member { get; init; }

    internal static StaffTokenBody Of(IssuedStaffToken issued) =>
        new() { Token = issued.Text, ExpiresAt = issued.View.ExpiresAt, Member = StaffMemberBody.Of(issued.View.Member) };

    /// <inheritdoc/>
    public override string ToString() => nameof(StaffTokenBody);
}

/// <summary>A proposal.</summary>
public sealed record StaffProposalBody
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>What it would do: make a member, give more roles, give a new activation.</summary>
    [AllowedValues("member", "roles", "activation")] public required string Kind { get; init; }

    /// <summary>How it stands.</summary>
    [AllowedValues("open", "approved", "rejected", "lapsed")] public required string State { get; init; }

    /// <summary>Id of the member it is about, or would make.</summary>
    public required string Member { get; init; }

    /// <summary>Name of the member.</summary>
    public required string Name { get; init; }

    /// <summary>Roles that the member would have.</summary>
    public required string[] Roles { get; init; }

    /// <summary>Id of the proposer.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Until when it can be approved.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Id of who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The caller's half of the activation, told only here: hand it to the new member, and to nobody else.</summary>
    [MaxLength(512)] public string? ActivationHalf { get; init; }

    /// <summary>Until when both halves work.</summary>
    public DateTimeOffset? ActivationUntil { get; init; }

    internal static StaffProposalBody Of(StaffProposal proposal) => Of(new Proposed(proposal, null));

    internal static StaffProposalBody Of(Proposed proposed) => new()
    {
        Id = proposed.Proposal.Id,
        Kind = proposed.Proposal.Kind switch
        {
            StaffProposalKind.Member => "member",
            StaffProposalKind.Roles => "roles",
            StaffProposalKind.Activation => "activation",
        },
        State = proposed.Proposal.State switch
        {
            StaffProposalState.Open => "open",
            StaffProposalState.Approved => "approved",
            StaffProposalState.Rejected => "rejected",
            StaffProposalState.Lapsed => "lapsed",
        },
        Member = proposed.Proposal.Member,
        Name = proposed.Proposal.Name,
        Roles = proposed.Proposal.Roles,
        ProposedBy = proposed.Proposal.ProposedBy,
        ProposedAt = proposed.Proposal.ProposedAt,
        ExpiresAt = proposed.Proposal.ExpiresAt,
        DecidedBy = proposed.Proposal.DecidedBy,
        DecidedAt = proposed.Proposal.DecidedAt,
        ActivationHalf = proposed.Half,
        ActivationUntil = proposed.Proposal.ActivationUntil,
    };

    /// <inheritdoc/>
    public override string ToString() => nameof(StaffProposalBody);
}

/// <summary>An entry of the audit.</summary>
public sealed record AuditEntryBody
{
    /// <summary>Give it as <c>after</c> to read on.</summary>
    public required long Number { get; init; }

    /// <summary>By the database's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Staff id, or <c>system</c>.</summary>
    public required string Staff { get; init; }

    /// <summary>What.</summary>
    public required string Action { get; init; }

    /// <summary>To what.</summary>
    public required string Target { get; init; }

    /// <summary><c>intended</c>, <c>done</c>, <c>proposed</c>, or the code of the problem that was answered.</summary>
    public required string Outcome { get; init; }

    /// <summary>Names the act; the same in both entries of one act and in the state that it changed.</summary>
    [MaxLength(512)] public required string Operation { get; init; }

    /// <summary>Trace of the request.</summary>
    public required string Trace { get; init; }

    internal static AuditEntryBody Of(AuditEntry entry) => new()
    {
        Number = entry.Number,
        At = entry.At,
        Staff = entry.Staff,
        Action = entry.Action,
        Target = entry.Target,
        Outcome = entry.Outcome,
        Operation = entry.Operation,
        Trace = entry.Trace,
    };
}
