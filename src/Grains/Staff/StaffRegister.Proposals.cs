namespace AiCloud.Staff;

/// <summary>Proposals: what one member wants and another carries out.</summary>
public sealed partial record StaffRegister
{
    /// <summary>Notes a proposal. The same operation again finds it.</summary>
    public (StaffRegister Next, Outcome<StaffProposal> Result) Propose(StaffProposing wanted, StaffOptions limits, DateTimeOffset now)
    {
        if (Find(wanted.By)?.Has(StaffRoles.Manage) != true) return (this, RefusalCode.Forbidden);
        var member = Find(wanted.Member);
        if (Proposals.FirstOrDefault(known => known.Operation == wanted.Operation && known.ProposedBy == wanted.By) is { } repeated)
            return (this, IsSame(repeated, wanted) ? repeated.At(now) : RefusalCode.IdempotencyKeyReused);
        if (Refuse(wanted, member) is { } refusal) return (this, refusal);
        if (Proposals.Count(other => other.ProposedBy == wanted.By && other.At(now).State == StaffProposalState.Open) >= OpenPerMember)
            return (this, RefusalCode.TooManyProposals);
        var proposal = new StaffProposal
        {
            Id = wanted.Id,
            Kind = wanted.Kind,
            Member = wanted.Member,
            Name = member?.Name ?? wanted.Name,
            Roles = Ordered(wanted.Kind == StaffProposalKind.Activation ? member!.Roles : [.. wanted.Roles, .. member?.Roles ?? []]),
            ProposedBy = wanted.By,
            ProposedAt = now,
            ExpiresAt = now + limits.ProposalLifetime,
            Operation = wanted.Operation,
            ProposerHalf = wanted.Half,
        };
        var closed = Proposals.Where(other => other.At(now).State != StaffProposalState.Open).TakeLast(ClosedKept).ToHashSet();
        return (this with { Proposals = [.. Proposals.Where(other => other.At(now).State == StaffProposalState.Open || closed.Contains(other)), proposal] }, proposal);
    }

    /// <summary>Carries a proposal out, if a second person does.</summary>
    public (StaffRegister Next, Outcome<StaffProposal> Result) Approve(StaffDeciding deciding, StaffOptions limits, DateTimeOffset now)
    {
        if (Decide(deciding, StaffProposalState.Approved, now) is not (null, { } open)) return (this, Decide(deciding, StaffProposalState.Approved, now).Answer!);
        var approver = Find(deciding.By)!;
        // Whoever may no longer propose has nothing left to approve.
        if (Find(open.ProposedBy) is not { } proposer || !proposer.Has(StaffRoles.Manage)) return (this, RefusalCode.ProposalClosed);
        if (approver.Id == open.Member || !TwoPeople.MayApprove(proposer.Actor, approver.Actor, now)) return (this, RefusalCode.SecondPersonNeeded);
        var member = Find(open.Member);
        if (member is { Disabled: true }) return (this, RefusalCode.MemberDisabled);
        var decided = open with
        {
            State = StaffProposalState.Approved,
            DecidedBy = approver.Id,
            DecidedAt = now,
            DecisionOperation = deciding.Operation,
            ApproverHalf = open.ProposerHalf is null ? null : deciding.Half,
            ActivationUntil = open.ProposerHalf is null ? null : now + limits.ActivationWindow,
        };
        var activation = decided.ProposerHalf is null ? null : new StaffActivation
        {
            Proposal = decided.Id,
            ProposerHalf = decided.ProposerHalf,
            ApproverHalf = decided.ApproverHalf!,
            Until = decided.ActivationUntil!.Value,
        };
        var next = member is null
            ? new StaffStanding { Id = open.Member, Name = open.Name, Roles = open.Roles, CreatedAt = now, CreatedBy = [proposer.Id, approver.Id] }
            : member with { Roles = open.Roles, Revision = member.Revision + 1 };
        return (With(next, activation).Replace(decided), decided);
    }

    /// <summary>Closes a proposal without effect.</summary>
    public (StaffRegister Next, Outcome<StaffProposal> Result) Reject(StaffDeciding deciding, DateTimeOffset now)
    {
        if (Decide(deciding, StaffProposalState.Rejected, now) is not (null, { } open)) return (this, Decide(deciding, StaffProposalState.Rejected, now).Answer!);
        var decided = open with { State = StaffProposalState.Rejected, DecidedBy = deciding.By, DecidedAt = now, DecisionOperation = deciding.Operation };
        return (Replace(decided), decided);
    }

    // What is common to both decisions: the answer that is known already, or the open proposal.
    private (Outcome<StaffProposal>? Answer, StaffProposal? Open) Decide(StaffDeciding deciding, StaffProposalState wanted, DateTimeOffset now)
    {
        if (Find(deciding.By)?.Has(StaffRoles.Manage) != true) return (RefusalCode.Forbidden, null);
        if (Proposals.FirstOrDefault(candidate => candidate.Id == deciding.Proposal) is not { } proposal) return (RefusalCode.NotFound, null);
        if (proposal.DecidedBy == deciding.By && proposal.DecisionOperation == deciding.Operation)
            return (proposal.State == wanted ? proposal : RefusalCode.IdempotencyKeyReused, null);
        return proposal.At(now).State == StaffProposalState.Open ? (null, proposal) : (RefusalCode.ProposalClosed, null);
    }

    private Refusal? Refuse(StaffProposing wanted, StaffStanding? member)
    {
        if (wanted.Kind == StaffProposalKind.Member)
            return member is not null || Members.Length >= MembersMax ? new Refusal(RefusalCode.TooManyProposals) : null;
        if (member is null) return new Refusal(RefusalCode.NotFound);
        if (member.Disabled) return new Refusal(RefusalCode.MemberDisabled);
        // A new way in for oneself would be a way in for whoever found a token.
        return wanted.Kind == StaffProposalKind.Activation && wanted.By == member.Id ? new Refusal(RefusalCode.SecondPersonNeeded) : null;
    }

    private StaffRegister Replace(StaffProposal decided) => this with { Proposals = [.. Proposals.Select(other => other.Id == decided.Id ? decided : other)] };

    private static bool IsSame(StaffProposal known, StaffProposing wanted) =>
        known.Kind == wanted.Kind && known.Member == wanted.Member && (wanted.Kind != StaffProposalKind.Member || known.Name == wanted.Name)
        && (wanted.Kind == StaffProposalKind.Activation || !wanted.Roles.Except(known.Roles).Any())
        && (wanted.Kind != StaffProposalKind.Member || known.Roles.Length == wanted.Roles.Distinct().Count());
}

/// <summary>A proposal by clock.</summary>
internal static class StaffProposals
{
    /// <summary>An open proposal that nobody decided in time has lapsed.</summary>
    public static StaffProposal At(this StaffProposal proposal, DateTimeOffset now) =>
        proposal.State == StaffProposalState.Open && now >= proposal.ExpiresAt ? proposal with { State = StaffProposalState.Lapsed } : proposal;
}
