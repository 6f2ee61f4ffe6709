using System.Text.RegularExpressions;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Staff;

/// <summary>Members, their roles, and proposals.</summary>
internal sealed partial class StaffRegisterDesk(IGrainFactory grains, StaffDesk desk, Tokens tokens, DerivedIds ids, IRandomness randomness)
{
    private const char Join = '~';
    private const string ProposerHalf = "p", ApproverHalf = "a";

    private IStaffRegisterGrain Register => grains.GetGrain<IStaffRegisterGrain>(IStaffRegisterGrain.Key);

    public async Task<Answer<StaffStanding[]>> Members(BearerToken bearer, CancellationToken cancellation)
    {
        var member = await desk.Authorize(bearer, StaffRoles.Manage, "staff.list", "", cancellation);
        return member.Problem is { } problem ? problem : await Repeatable.Call(() => Register.Members(cancellation));
    }

    public async Task<Answer<StaffProposal[]>> Proposals(BearerToken bearer, CancellationToken cancellation)
    {
        var member = await desk.Authorize(bearer, StaffRoles.Manage, "proposal.list", "", cancellation);
        return member.Problem is { } problem ? problem : await Repeatable.Call(() => Register.Proposals(cancellation));
    }

    public Task<Answer<Proposed>> ProposeMember(BearerToken bearer, OperationId operation, NewMemberRequest request, CancellationToken cancellation) =>
        Propose(bearer, operation, "staff.propose", "", StaffProposalKind.Member, request.Name.Trim(), request.Roles, cancellation);

    public Task<Answer<Proposed>> ProposeActivation(BearerToken bearer, OperationId operation, string member, CancellationToken cancellation) =>
        Propose(bearer, operation, "activation.propose", member, StaffProposalKind.Activation, "", [], cancellation);

    /// <summary>Fewer roles are taken at once, more are proposed.</summary>
    public async Task<Answer<RolesChanged>> ChangeRoles(BearerToken bearer, OperationId operation, string member, string[] roles, CancellationToken cancellation)
    {
        var act = new StaffDeed(StaffRoles.Manage, "roles.change", member, operation);
        return await desk.Act<RolesChanged>(bearer, act, async (by, id) =>
        {
            var known = (await Repeatable.Call(() => Register.Members(cancellation))).FirstOrDefault(candidate => candidate.Id == member);
            if (known is null) return ProblemCode.NotFound;
            // A late repeat of a proposal must not turn into a lowering because more was given since.
            var isRepeated = (await Repeatable.Call(() => Register.Proposals(cancellation))).Any(proposal => proposal.Operation == id && proposal.ProposedBy == by.Id);
            if (!isRepeated && !roles.Except(known.Roles).Any())
            {
                var lowering = new StaffLowering { Operation = id, By = by.Id, Member = member, Roles = roles };
                var lowered = await Repeatable.Call(() => Register.Lower(lowering, cancellation));
                return lowered.Match<Answer<RolesChanged>>(now => new RolesChanged(now, null), refusal => refusal);
            }
            var proposing = new StaffProposing
            {
                Operation = id,
                By = by.Id,
                Id = NewId(operation, by, "staff-proposal"),
                Kind = StaffProposalKind.Roles,
                Member = member,
                Roles = roles,
            };
            var proposed = await Repeatable.Call(() => Register.Propose(proposing, cancellation));
            return proposed.Match<Answer<RolesChanged>>(proposal => new RolesChanged(null, proposal), refusal => refusal);
        }, changed => changed.Proposal is null ? IAuditLog.Done : "proposed", cancellation);
    }

    public Task<Answer<StaffStanding>> Disable(BearerToken bearer, OperationId operation, string member, CancellationToken cancellation) =>
        desk.Act(bearer, new StaffDeed(StaffRoles.Manage, "staff.disable", member, operation), async (by, id) =>
        {
            var lowering = new StaffLowering { Operation = id, By = by.Id, Member = member, Disable = true };
            return Answer<StaffStanding>.From(await Repeatable.Call(() => Register.Lower(lowering, cancellation)));
        }, null, cancellation);

    public Task<Answer<Proposed>> Approve(BearerToken bearer, OperationId operation, string proposal, CancellationToken cancellation) =>
        desk.Act<Proposed>(bearer, new StaffDeed(StaffRoles.Manage, "proposal.approve", proposal, operation), async (by, id) =>
        {
            var open = (await Repeatable.Call(() => Register.Proposals(cancellation))).FirstOrDefault(candidate => candidate.Id == proposal);
            if (open is null) return ProblemCode.NotFound;
            var half = tokens.IssueDerived(Tokens.StaffActivation, HalfId(open.Member, ApproverHalf, proposal));
            var deciding = new StaffDeciding { Operation = id, By = by.Id, Proposal = proposal, Half = half.SecretDigest };
            var approved = await Repeatable.Call(() => Register.Approve(deciding, cancellation));
            return approved.Match<Answer<Proposed>>(decided => new Proposed(decided, HalfOf(decided, ApproverHalf, decided.ApproverHalf)), refusal => refusal);
        }, null, cancellation);

    public Task<Answer<StaffProposal>> Reject(BearerToken bearer, OperationId operation, string proposal, CancellationToken cancellation) =>
        desk.Act(bearer, new StaffDeed(StaffRoles.Manage, "proposal.reject", proposal, operation), async (by, id) =>
        {
            var deciding = new StaffDeciding { Operation = id, By = by.Id, Proposal = proposal };
            return Answer<StaffProposal>.From(await Repeatable.Call(() => Register.Reject(deciding, cancellation)));
        }, null, cancellation);

    /// <summary>Turns both halves into the member's first token.</summary>
    public async Task<Answer<IssuedStaffToken>> Activate(ActivationRequest request, OperationId operation, CancellationToken cancellation)
    {
        if (Read(request.FromProposer, ProposerHalf) is not { } first || Read(request.FromApprover, ApproverHalf) is not { } second
            || first.Member != second.Member || first.Proposal != second.Proposal) return ProblemCode.NotFound;
        var (token, id) = desk.NewToken(first.Member, NewId(operation, first.Member, "staff-activation"));
        var proof = new StaffActivationProof
        {
            Proposal = first.Proposal,
            ProposerHalf = first.Digest,
            ApproverHalf = second.Digest,
            Operation = desk.OperationOf(operation, first.Member),
            Trace = StaffDesk.Trace(),
        };
        var activated = await Repeatable.Call(() => grains.GetGrain<IStaffGrain>(first.Member).Activate(proof, token, cancellation));
        return activated.Match<Answer<IssuedStaffToken>>(view => new IssuedStaffToken(view, desk.Text(id, view)), refusal => refusal);
    }

    /// <summary>Exchanges the token that asks for a fresh one.</summary>
    public async Task<Answer<IssuedStaffToken>> Rotate(BearerToken bearer, OperationId operation, CancellationToken cancellation)
    {
        var id = "";
        var rotated = await desk.Ask(bearer, new StaffDeed(null, "token.rotate", "", operation), (grain, call) =>
        {
            var member = grain.GetPrimaryKeyString();
            (var token, id) = desk.NewToken(member, NewId(operation, member, "staff-token"));
            return grain.Rotate(call, token, cancellation);
        }, cancellation);
        return rotated.Problem is { } problem ? problem : new IssuedStaffToken(rotated.Value!, desk.Text(id, rotated.Value!));
    }

    /// <summary>What is wrong with the roles asked for; null when nothing.</summary>
    public static Problem? Check(string[] roles)
    {
        FieldError[] errors = [.. roles.Index().Where(role => !RoleName().IsMatch(role.Item)).Select(role => new FieldError($"/roles/{role.Index}", FieldFault.WrongFormat))];
        return errors.Length > 0 ? Problem.Of(ProblemCode.Invalid, errors) : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,31}(\\.[a-z][a-z0-9]{0,31})?\\z")]
    private static partial Regex RoleName();

    private Task<Answer<Proposed>> Propose(
        BearerToken bearer, OperationId operation, string action, string member, StaffProposalKind kind, string name, string[] roles, CancellationToken cancellation) =>
        desk.Act<Proposed>(bearer, new StaffDeed(StaffRoles.Manage, action, member, operation), async (by, id) =>
        {
            var (proposal, about) = (NewId(operation, by, "staff-proposal"), member.Length > 0 ? member : NewId(operation, by, "staff-member"));
            var half = tokens.IssueDerived(Tokens.StaffActivation, HalfId(about, ProposerHalf, proposal));
            var proposing = new StaffProposing { Operation = id, By = by.Id, Id = proposal, Kind = kind, Member = about, Name = name, Roles = roles, Half = half.SecretDigest };
            var proposed = await Repeatable.Call(() => Register.Propose(proposing, cancellation));
            return proposed.Match<Answer<Proposed>>(
                noted => new Proposed(noted, noted.State == StaffProposalState.Open ? HalfOf(noted, ProposerHalf, noted.ProposerHalf) : null), refusal => refusal);
        }, _ => "proposed", cancellation);

    // Like a registration's: what the client named is found again, what nobody named is new.
    private string NewId(OperationId operation, StaffMember by, string purpose) => NewId(operation, by.Id, purpose);

    private string NewId(OperationId operation, string member, string purpose) =>
        operation.FromClient ? ids.FromIdempotencyKey(operation.Value, $"{purpose}/{member}") : DerivedIds.New(randomness);

    private static string HalfId(string member, string which, string proposal) => $"{member}{Join}{which}{Join}{proposal}";

    private string? HalfOf(StaffProposal proposal, string which, byte[]? digest) =>
        digest is null ? null : tokens.RepeatDerived(Tokens.StaffActivation, HalfId(proposal.Member, which, proposal.Id), digest)?.Text;

    private (string Member, string Proposal, byte[] Digest)? Read(string text, string which) =>
        tokens.TryRead(text, Tokens.StaffActivation, out var half) && half.Id.Split(Join) is [var member, var side, var proposal] && side == which
            ? (member, proposal, half.SecretDigest) : null;
}

/// <summary>A proposal and, for who may see it, their half of the activation.</summary>
internal sealed record Proposed(StaffProposal Proposal, string? Half)
{
    public override string ToString() => nameof(Proposed);
}

/// <summary>Roles that were lowered, or a proposal for more.</summary>
internal sealed record RolesChanged(StaffStanding? Member, StaffProposal? Proposal);

/// <summary>A token just issued.</summary>
internal sealed record IssuedStaffToken(StaffTokenView View, string Text)
{
    public override string ToString() => nameof(IssuedStaffToken);
}
