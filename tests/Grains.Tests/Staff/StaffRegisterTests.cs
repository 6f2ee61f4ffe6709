namespace AiCloud.Staff;

/// <summary>What needs two members of staff, and how the first two come in (C2.5a).</summary>
public sealed class StaffRegisterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly StaffOptions Limits = new();

    [Fact]
    public void Bootstrap_makes_two_members_with_every_role_and_then_nobody_whoever_sets_the_settings()
    {
        var (one, first) = new StaffRegister().Bootstrap([Seed("alpha")], Now);
        Assert.Equal((1, 0, false), (first.Made, first.Ignored, first.Ended));
        var (two, second) = one.Bootstrap([Seed("alpha"), Seed("beta")], Now);
        Assert.Equal((1, 0, true), (second.Made, second.Ignored, second.Ended));
        Assert.All(two.Members, member => Assert.Equal(StaffRoles.All.Order(StringComparer.Ordinal), member.Roles));

        var (after, attack) = two.Bootstrap([Seed("attacker"), Seed("accomplice")], Now.AddYears(1));
        Assert.Equal((0, 2, true), (attack.Made, attack.Ignored, attack.Ended));
        Assert.Same(two, after);
    }

    [Fact]
    public void Bootstrap_does_not_begin_again_when_a_member_was_ended_or_the_key_ring_got_a_new_root()
    {
        var staff = Founded();
        staff = Approved(staff, "m", ["staff.manage"]).Next;
        var (ended, outcome) = staff.Lower(new StaffLowering { Operation = "lower", By = "alpha", Member = "beta", Disable = true });
        Assert.True(outcome.Value!.Disabled);
        Assert.Same(ended, ended.Bootstrap([Seed("attacker")], Now).Next);
        var rotated = Seed("alpha") with { Digest = "s2.alpha", Digests = ["s1.alpha", "s2.alpha"] };
        Assert.Equal(0, ended.Bootstrap([rotated], Now).Result.Ignored);
    }

    [Fact]
    public void Nobody_approves_their_own_proposal_and_another_member_does()
    {
        var staff = Proposed(Founded(), "alpha", "p", ["documents.write"]);
        Refused(RefusalCode.SecondPersonNeeded, staff.Approve(By("alpha", "p"), Limits, Now));
        var (next, approved) = staff.Approve(By("beta", "p"), Limits, Now);
        Assert.Equal(StaffProposalState.Approved, approved.Value!.State);
        var made = next.Find("member-p")!;
        Assert.Equal(["alpha", "beta"], made.CreatedBy);
        Assert.Equal(["documents.write"], made.Roles);
        Assert.Equal(new[] { "member-p" }, next.Untold.Select(untold => untold.Id).Except(["alpha", "beta"]));
    }

    [Theory, InlineData(-1, false), InlineData(0, true), InlineData(1, true)]
    public void Who_created_a_member_approves_nothing_of_theirs_within_24_hours_and_the_other_way_round(int ticks, bool allowed)
    {
        var (staff, _) = Approved(Founded(), "child", ["staff.manage"]);
        var then = Now + Day + TimeSpan.FromTicks(ticks);
        staff = Proposed(staff, "child", "by-child", ["x"], then);
        staff = Proposed(staff, "alpha", "by-parent", ["x"], then);
        foreach (var (approver, proposal) in new[] { ("alpha", "by-child"), ("beta", "by-child"), ("child", "by-parent") })
            Assert.Equal(allowed ? null : RefusalCode.SecondPersonNeeded, staff.Approve(By(approver, proposal), Limits, then).Result.Refusal?.Code);
    }

    [Fact]
    public void Nobody_approves_a_raise_of_their_own_even_if_another_proposed_it()
    {
        var (staff, _) = Approved(Founded(), "third", ["staff.manage"]);
        staff = staff.Propose(Raise("alpha", "raise", "third", "ledger.read"), Limits, Now + Day).Next;
        Refused(RefusalCode.SecondPersonNeeded, staff.Approve(By("third", "raise"), Limits, Now + Day));
        var raised = staff.Approve(By("beta", "raise"), Limits, Now + Day).Next.Find("third")!;
        Assert.Equal(["ledger.read", "staff.manage"], raised.Roles);
        Assert.Equal(2, raised.Revision);
    }

    [Fact]
    public void Only_managers_propose_approve_reject_or_lower()
    {
        var (staff, _) = Approved(Founded(), "writer", ["documents.write"]);
        staff = Proposed(staff, "alpha", "p", ["x"]);
        foreach (var stranger in new[] { "writer", "nobody" })
        {
            Refused(RefusalCode.Forbidden, staff.Propose(New(stranger, "q", ["x"]), Limits, Now));
            Refused(RefusalCode.Forbidden, staff.Approve(By(stranger, "p"), Limits, Now + Day));
            Refused(RefusalCode.Forbidden, staff.Reject(By(stranger, "p"), Now));
            Assert.Equal(RefusalCode.Forbidden, staff.Lower(new StaffLowering { Operation = "lower", By = stranger, Member = "alpha", Disable = true }).Result.Refusal!.Code);
        }
    }

    [Fact]
    public void What_a_member_proposed_dies_with_their_role()
    {
        var (staff, _) = Approved(Founded(), "third", ["staff.manage"]);
        staff = Proposed(staff, "alpha", "p", ["staff.manage"]);
        staff = staff.Lower(new StaffLowering { Operation = "lower", By = "beta", Member = "alpha", Roles = ["documents.write"] }).Next;
        Refused(RefusalCode.ProposalClosed, staff.Approve(By("third", "p"), Limits, Now + Day));
    }

    [Fact]
    public void Two_who_can_manage_always_stay()
    {
        var staff = Founded();
        foreach (var lowering in new[] { new StaffLowering { Operation = "lower", By = "alpha", Member = "beta", Disable = true }, new() { Operation = "lower", By = "alpha", Member = "alpha", Roles = ["documents.write"] } })
            Assert.Equal(RefusalCode.TwoManagersNeeded, staff.Lower(lowering).Result.Refusal!.Code);
        (staff, _) = Approved(staff, "third", ["staff.manage"]);
        var (lowered, outcome) = staff.Lower(new StaffLowering { Operation = "lower", By = "alpha", Member = "beta", Disable = true });
        Assert.True(outcome.Value!.Disabled);
        Assert.Empty(outcome.Value.Roles);
        Assert.Same(lowered, lowered.Lower(new StaffLowering { Operation = "again", By = "alpha", Member = "beta", Disable = true }).Next); // once more changes nothing
        Assert.Equal(RefusalCode.TwoManagersNeeded, lowered.Lower(new StaffLowering { Operation = "lower", By = "third", Member = "alpha", Disable = true }).Result.Refusal!.Code);
    }

    [Fact]
    public void Lowering_never_raises()
    {
        var (staff, _) = Approved(Founded(), "writer", ["documents.write"]);
        Assert.Equal(RefusalCode.RolesNotLower, staff.Lower(new StaffLowering { Operation = "lower", By = "alpha", Member = "writer", Roles = ["staff.manage"] }).Result.Refusal!.Code);
    }

    [Fact]
    public void A_late_repeat_of_a_lowering_takes_nothing_that_was_given_since()
    {
        var (staff, _) = Approved(Founded(), "writer", ["documents.write", "ledger.read"]);
        var lowering = new StaffLowering { Operation = "lower", By = "alpha", Member = "writer", Roles = ["documents.write"] };
        staff = staff.Lower(lowering).Next;
        staff = staff.Propose(Raise("alpha", "raise", "writer", "ledger.read"), Limits, Now).Next.Approve(By("beta", "raise"), Limits, Now).Next;
        var (after, repeated) = staff.Lower(lowering);
        Assert.Same(staff, after);
        Assert.Equal(["documents.write", "ledger.read"], repeated.Value!.Roles);
        Assert.Equal(RefusalCode.IdempotencyKeyReused, staff.Lower(lowering with { Roles = [] }).Result.Refusal!.Code);
    }

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public void A_proposal_lapses_after_seven_days(int ticks, bool open)
    {
        var staff = Proposed(Founded(), "alpha", "p", ["x"]);
        var outcome = staff.Approve(By("beta", "p"), Limits, Now + Limits.ProposalLifetime + TimeSpan.FromTicks(ticks)).Result;
        Assert.Equal(open ? null : RefusalCode.ProposalClosed, outcome.Refusal?.Code);
    }

    [Fact]
    public void A_repeat_answers_the_same_and_the_same_key_for_something_else_is_refused()
    {
        var staff = Proposed(Founded(), "alpha", "p", ["x"]);
        var (same, repeated) = staff.Propose(New("alpha", "p", ["x"]), Limits, Now);
        Assert.Same(staff, same);
        Assert.Equal("p", repeated.Value!.Id);
        Refused(RefusalCode.IdempotencyKeyReused, staff.Propose(New("alpha", "p", ["x", "y"]), Limits, Now));
        Refused(RefusalCode.IdempotencyKeyReused, staff.Propose(New("alpha", "p", ["x"]) with { Name = "Other" }, Limits, Now));
        var (approved, first) = staff.Approve(By("beta", "p"), Limits, Now);
        var (again, second) = approved.Approve(By("beta", "p"), Limits, Now + Day);
        Assert.Same(approved, again);
        Assert.Equal(first.Value, second.Value);
        Refused(RefusalCode.IdempotencyKeyReused, approved.Reject(By("beta", "p"), Now));
        Refused(RefusalCode.ProposalClosed, approved.Reject(By("alpha", "p"), Now));
        Refused(RefusalCode.ProposalClosed, approved.Approve(By("beta", "p") with { Operation = "another" }, Limits, Now));
    }

    [Fact]
    public void A_new_activation_is_proposed_for_others_only_and_for_nobody_who_was_ended()
    {
        var (staff, _) = Approved(Founded(), "third", ["staff.manage"]);
        Refused(RefusalCode.SecondPersonNeeded, staff.Propose(Renewal("third", "a", "third"), Limits, Now));
        staff = staff.Propose(Renewal("alpha", "a", "third"), Limits, Now).Next;
        var activation = staff.Approve(By("beta", "a"), Limits, Now).Next.Untold.Single(untold => untold.Activation?.Proposal == "a").Activation!;
        Assert.Equal(Now + Limits.ActivationWindow, activation.Until);
        staff = staff.Lower(new StaffLowering { Operation = "lower", By = "alpha", Member = "third", Disable = true }).Next;
        Refused(RefusalCode.MemberDisabled, staff.Propose(Renewal("alpha", "b", "third"), Limits, Now));
        Refused(RefusalCode.MemberDisabled, staff.Approve(By("beta", "a"), Limits, Now));
    }

    [Theory, InlineData(20, true), InlineData(21, false)]
    public void A_member_has_twenty_open_proposals_at_most(int count, bool allowed)
    {
        var staff = Founded();
        Outcome<StaffProposal>? last = null;
        for (var i = 0; i < count; i++) (staff, last) = staff.Propose(New("alpha", $"p{i}", ["x"]), Limits, Now);
        Assert.Equal(allowed ? null : RefusalCode.TooManyProposals, last!.Refusal?.Code);
    }

    internal static StaffRegister Founded() => new StaffRegister().Bootstrap([Seed("alpha"), Seed("beta")], Now - TimeSpan.FromDays(9)).Next;

    private static (StaffRegister Next, StaffProposal Proposal) Approved(StaffRegister staff, string member, string[] roles)
    {
        var proposed = staff.Propose(New("alpha", "make-" + member, roles) with { Member = member }, Limits, Now).Next;
        var (next, outcome) = proposed.Approve(By("beta", "make-" + member), Limits, Now);
        return (next, outcome.Value!);
    }

    private static StaffRegister Proposed(StaffRegister staff, string by, string id, string[] roles, DateTimeOffset? at = null)
    {
        var (next, outcome) = staff.Propose(New(by, id, roles), Limits, at ?? Now);
        Assert.Null(outcome.Refusal);
        return next;
    }

    private static StaffBootstrapMember Seed(string id) => new() { Id = id, Name = "Name " + id, Digest = "s1." + id, Digests = ["s1." + id] };

    private static StaffProposing New(string by, string id, string[] roles) =>
        new() { Operation = id, By = by, Id = id, Kind = StaffProposalKind.Member, Member = "member-" + id, Name = "New", Roles = roles, Half = [1] };

    private static StaffProposing Raise(string by, string id, string member, params string[] roles) =>
        new() { Operation = id, By = by, Id = id, Kind = StaffProposalKind.Roles, Member = member, Roles = roles };

    private static StaffProposing Renewal(string by, string id, string member) =>
        new() { Operation = id, By = by, Id = id, Kind = StaffProposalKind.Activation, Member = member, Half = [1] };

    private static StaffDeciding By(string by, string proposal) => new() { Operation = $"{by}-{proposal}", By = by, Proposal = proposal, Half = [2] };

    private static void Refused(RefusalCode code, (StaffRegister Next, Outcome<StaffProposal> Result) decided) => Assert.Equal(code, decided.Result.Refusal?.Code);
}
