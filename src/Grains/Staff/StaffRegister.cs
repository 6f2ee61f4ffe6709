using AiCloud.Storage;

namespace AiCloud.Staff;

/// <summary>What is kept of all members together, with the decisions that need to see more than one of them.</summary>
public sealed partial record StaffRegister : IStoredState
{
    /// <summary>Members who can manage that there must always be left, and that bootstrap makes.</summary>
    public const int ManagersAtLeast = 2;

    private const int ClosedKept = 200, MembersMax = 500, OpenPerMember = 20;

    /// <summary>Members, oldest first. Nobody is taken off: who ended stays disabled.</summary>
    public StaffStanding[] Members { get; init; } = [];

    /// <summary>Staff id by keyed digest of a token that settings gave.</summary>
    public Dictionary<string, string> BootstrapTokens { get; init; } = [];

    /// <summary>Proposals, oldest first.</summary>
    public StaffProposal[] Proposals { get; init; } = [];

    /// <summary>The last operation that took roles from a member, by member: a late repeat takes nothing that was given since.</summary>
    public Dictionary<string, StaffLowered> Lowerings { get; init; } = [];

    /// <summary>Members whose actor has not been told yet.</summary>
    public UntoldMember[] Untold { get; init; } = [];

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    /// <summary>A member; null when there is none.</summary>
    public StaffStanding? Find(string id) => Members.FirstOrDefault(member => member.Id == id);

    /// <summary>Makes members until two exist. Whoever sets the settings of a later start gains nothing.</summary>
    public (StaffRegister Next, StaffBootstrapped Result) Bootstrap(IReadOnlyList<StaffBootstrapMember> wanted, DateTimeOffset now)
    {
        var (next, made, ignored) = (this, 0, 0);
        foreach (var seed in wanted)
        {
            if (seed.Digests.Any(next.BootstrapTokens.ContainsKey)) continue;
            if (next.Members.Length >= ManagersAtLeast)
            {
                ignored++;
                continue;
            }
            made++;
            var member = new StaffStanding { Id = seed.Id, Name = seed.Name, Roles = Ordered(StaffRoles.All), CreatedAt = now };
            next = next with
            {
                Members = [.. next.Members, member],
                BootstrapTokens = new(next.BootstrapTokens) { [seed.Digest] = seed.Id },
                Untold = [.. next.Untold, new UntoldMember(seed.Id, null, seed.Digest)],
            };
        }
        return (next, new StaffBootstrapped { Ended = next.Members.Length >= ManagersAtLeast, Made = made, Ignored = ignored, Tokens = next.BootstrapTokens });
    }

    /// <summary>Takes roles away or ends a member, as long as two stay who can manage.</summary>
    public (StaffRegister Next, Outcome<StaffStanding> Result) Lower(StaffLowering lowering)
    {
        if (Find(lowering.By)?.Has(StaffRoles.Manage) != true) return (this, RefusalCode.Forbidden);
        if (Find(lowering.Member) is not { } member) return (this, RefusalCode.NotFound);
        var act = new StaffLowered(lowering.Operation, string.Join(' ', Ordered(lowering.Roles)), lowering.Disable);
        if (Lowerings.GetValueOrDefault(member.Id) is { } last && last.Operation == act.Operation) return (this, last == act ? member : RefusalCode.IdempotencyKeyReused);
        if (member.Disabled) return (this, lowering.Disable ? member : RefusalCode.MemberDisabled);
        var left = Ordered(lowering.Disable ? [] : lowering.Roles);
        if (left.Except(member.Roles).Any()) return (this, RefusalCode.RolesNotLower);
        if (!lowering.Disable && left.SequenceEqual(member.Roles)) return (this, member);
        var next = member with { Roles = left, Disabled = lowering.Disable, Revision = member.Revision + 1 };
        if (member.Has(StaffRoles.Manage) && !next.Has(StaffRoles.Manage)
            && Members.Count(other => other.Id != member.Id && other.Has(StaffRoles.Manage)) < ManagersAtLeast) return (this, RefusalCode.TwoManagersNeeded);
        return (With(next, null) with { Lowerings = new(Lowerings) { [member.Id] = act } }, next);
    }

    /// <summary>Nobody is left to be told.</summary>
    public StaffRegister Told(UntoldMember member) => this with { Untold = [.. Untold.Where(other => other != member)] };

    private StaffRegister With(StaffStanding member, StaffActivation? activation) => this with
    {
        Members = Find(member.Id) is null ? [.. Members, member] : [.. Members.Select(other => other.Id == member.Id ? member : other)],
        Untold = [.. Untold.Where(other => other.Id != member.Id || (other.Activation is not null && activation is null)), new UntoldMember(member.Id, activation, null)],
    };

    private static string[] Ordered(IEnumerable<string> roles) => [.. roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>What was asked when roles were taken last.</summary>
public sealed record StaffLowered(string Operation, string Left, bool Disable);

/// <summary>A member whose actor is to be told of a change.</summary>
public sealed record UntoldMember(string Id, StaffActivation? Activation, string? BootstrapDigest);
