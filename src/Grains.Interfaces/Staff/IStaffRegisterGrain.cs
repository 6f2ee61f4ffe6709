namespace AiCloud.Staff;

/// <summary>
/// What concerns all members at once: who they are, proposals that wait for a second person, bootstrap, and that two can always manage.
/// Key: <see cref="Key"/>. Never on the path of a sign-up, nor of a member's ordinary request.
/// </summary>
[Alias("aicloud.grain.staff-register")]
public interface IStaffRegisterGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "staff";

    /// <summary>Makes members with every role until two exist; after that it makes nobody, whoever asks.</summary>
    [Alias("bootstrap")] Task<StaffBootstrapped> Bootstrap(StaffBootstrapMember[] members, CancellationToken cancellation = default);

    /// <summary>The digests of tokens that settings gave, with their members: whoever reads tokens looks there for one that names no member.</summary>
    [Alias("bootstrap-tokens")] Task<StaffBootstrapped> BootstrapTokens(CancellationToken cancellation = default);

    /// <summary>Every member, oldest first.</summary>
    [Alias("members")] Task<StaffStanding[]> Members(CancellationToken cancellation = default);

    /// <summary>Proposals, newest first: the open ones and the last that were closed.</summary>
    [Alias("proposals")] Task<StaffProposal[]> Proposals(CancellationToken cancellation = default);

    /// <summary>Proposes a member, more roles, or a new activation. Refuses Forbidden, NotFound, MemberDisabled, TooManyProposals, IdempotencyKeyReused.</summary>
    [Alias("propose")] Task<Outcome<StaffProposal>> Propose(StaffProposing proposing, CancellationToken cancellation = default);

    /// <summary>Carries a proposal out. Refuses Forbidden, NotFound, ProposalClosed, SecondPersonNeeded, MemberDisabled.</summary>
    [Alias("approve")] Task<Outcome<StaffProposal>> Approve(StaffDeciding deciding, CancellationToken cancellation = default);

    /// <summary>Closes a proposal; its proposer may take it back this way.</summary>
    [Alias("reject")] Task<Outcome<StaffProposal>> Reject(StaffDeciding deciding, CancellationToken cancellation = default);

    /// <summary>Takes roles away, or with none left and <see cref="StaffLowering.Disable"/> the member. Refuses Forbidden, NotFound, RolesNotLower, TwoManagersNeeded.</summary>
    [Alias("lower")] Task<Outcome<StaffStanding>> Lower(StaffLowering lowering, CancellationToken cancellation = default);
}

/// <summary>A member to make by bootstrap.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-bootstrap-member")]
public sealed record StaffBootstrapMember
{
    /// <summary>Name shown to other staff.</summary>
    [Id(0)] public required string Name { get; init; }
    /// <summary>Id that the member gets.</summary>
    [Id(1)] public required string Id { get; init; }
    /// <summary>Keyed digest of the token, with the key's id ("s1.…").</summary>
    [Id(2)] public required string Digest { get; init; }
    /// <summary>Keyed digests of the same token under every key of the ring: a token known from an earlier start is recognised after a rotation.</summary>
    [Id(3)] public required string[] Digests { get; init; }

    /// <summary>Nothing of the name.</summary>
    public override string ToString() => nameof(StaffBootstrapMember);
}

/// <summary>How far bootstrap has come.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-bootstrapped")]
public sealed record StaffBootstrapped
{
    /// <summary>Two members exist, and settings make nobody any more.</summary>
    [Id(0)] public required bool Ended { get; init; }
    /// <summary>How many members this call made.</summary>
    [Id(1)] public int Made { get; init; }
    /// <summary>How many members were asked for and not made because bootstrap has ended.</summary>
    [Id(2)] public int Ignored { get; init; }
    /// <summary>Staff id by keyed digest of the token.</summary>
    [Id(3)] public required Dictionary<string, string> Tokens { get; init; }
}

/// <summary>What a proposal would do.</summary>
public enum StaffProposalKind
{
    /// <summary>Make a member.</summary>
    Member = 1,
    /// <summary>Give a member more roles.</summary>
    Roles = 2,
    /// <summary>Give a member a new way to a token, in the place of all they have.</summary>
    Activation = 3,
}

/// <summary>How a proposal stands.</summary>
public enum StaffProposalState
{
    /// <summary>Waits for a second person.</summary>
    Open = 1,
    /// <summary>Carried out.</summary>
    Approved = 2,
    /// <summary>Closed without effect.</summary>
    Rejected = 3,
    /// <summary>Nobody decided in time.</summary>
    Lapsed = 4,
}

/// <summary>One proposal.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-proposal")]
public sealed record StaffProposal
{
    /// <summary>Opaque id.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>What it would do.</summary>
    [Id(1)] public required StaffProposalKind Kind { get; init; }
    /// <summary>How it stands.</summary>
    [Id(2)] public StaffProposalState State { get; init; } = StaffProposalState.Open;
    /// <summary>The member that it is about, or would make.</summary>
    [Id(3)] public required string Member { get; init; }
    /// <summary>Name of the member.</summary>
    [Id(4)] public required string Name { get; init; }
    /// <summary>Roles that the member would have; those of now for a new activation.</summary>
    [Id(5)] public required string[] Roles { get; init; }
    /// <summary>Who proposed.</summary>
    [Id(6)] public required string ProposedBy { get; init; }
    /// <summary>When.</summary>
    [Id(7)] public required DateTimeOffset ProposedAt { get; init; }
    /// <summary>Until when it can be approved.</summary>
    [Id(8)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Operation of the proposing.</summary>
    [Id(9)] public required string Operation { get; init; }
    /// <summary>Digest of the proposer's half of the activation; null when none follows.</summary>
    [Id(10)] public byte[]? ProposerHalf { get; init; }
    /// <summary>Who decided.</summary>
    [Id(11)] public string? DecidedBy { get; init; }
    /// <summary>When.</summary>
    [Id(12)] public DateTimeOffset? DecidedAt { get; init; }
    /// <summary>Operation of the deciding.</summary>
    [Id(13)] public string? DecisionOperation { get; init; }
    /// <summary>Digest of the approver's half.</summary>
    [Id(14)] public byte[]? ApproverHalf { get; init; }
    /// <summary>Until when both halves work.</summary>
    [Id(15)] public DateTimeOffset? ActivationUntil { get; init; }

    /// <summary>Nothing of the name.</summary>
    public override string ToString() => $"StaffProposal({Id})";
}

/// <summary>Proposes.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-proposing")]
public sealed record StaffProposing
{
    /// <summary>Names the act.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>Who proposes.</summary>
    [Id(1)] public required string By { get; init; }
    /// <summary>Id that the proposal gets.</summary>
    [Id(2)] public required string Id { get; init; }
    /// <summary>What.</summary>
    [Id(3)] public required StaffProposalKind Kind { get; init; }
    /// <summary>The member it is about, or the id that a new one gets.</summary>
    [Id(4)] public required string Member { get; init; }
    /// <summary>Name of a new member.</summary>
    [Id(5)] public string Name { get; init; } = "";
    /// <summary>Roles wanted, those of now included.</summary>
    [Id(6)] public string[] Roles { get; init; } = [];
    /// <summary>Digest of the proposer's half of the activation.</summary>
    [Id(7)] public byte[]? Half { get; init; }

    /// <summary>Nothing of the name.</summary>
    public override string ToString() => nameof(StaffProposing);
}

/// <summary>Decides on a proposal.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-deciding")]
public sealed record StaffDeciding
{
    /// <summary>Names the act.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>Who decides.</summary>
    [Id(1)] public required string By { get; init; }
    /// <summary>Which proposal.</summary>
    [Id(2)] public required string Proposal { get; init; }
    /// <summary>Digest of the approver's half of the activation.</summary>
    [Id(3)] public byte[]? Half { get; init; }
}

/// <summary>Takes roles away.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-lowering")]
public sealed record StaffLowering
{
    /// <summary>Who decides.</summary>
    [Id(0)] public required string By { get; init; }
    /// <summary>Whose roles.</summary>
    [Id(1)] public required string Member { get; init; }
    /// <summary>What is left of them.</summary>
    [Id(2)] public string[] Roles { get; init; } = [];
    /// <summary>End the member altogether.</summary>
    [Id(3)] public bool Disable { get; init; }
    /// <summary>Names the act.</summary>
    [Id(4)] public required string Operation { get; init; }
}
