namespace AiCloud.Staff;

/// <summary>What proves a member, and for how long.</summary>
public sealed class StaffStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly StaffOptions Limits = new();

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public void A_token_ends_after_twelve_hours(int ticks, bool works)
    {
        var state = Activated(out var proof);
        Assert.Equal(works, state.Use(proof, Limits, Now + TimeSpan.FromHours(12) + TimeSpan.FromTicks(ticks)).Token is not null);
    }

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public void A_bootstrap_token_in_a_cluster_ends_24_hours_after_its_first_use(int ticks, bool works)
    {
        var limits = new StaffOptions { BootstrapTokenLifetime = TimeSpan.FromHours(24) };
        var state = Member().WithBootstrapToken([7], Now);
        var proof = new StaffProof { Token = StaffToken.Bootstrap, Digest = [7] };
        var used = state.Use(proof, limits, Now.AddDays(30)).Next; // lay in a drawer
        Assert.Equal(works, used.Use(proof, limits, Now.AddDays(31) + TimeSpan.FromTicks(ticks)).Token is not null);
    }

    [Fact]
    public void A_bootstrap_token_has_no_end_where_no_setting_says_one_and_is_given_once()
    {
        var state = Member().WithBootstrapToken([7], Now);
        var proof = new StaffProof { Token = StaffToken.Bootstrap, Digest = [7] };
        state = state.Use(proof, Limits, Now).Next;
        Assert.NotNull(state.Use(proof, Limits, Now.AddYears(9)).Token);
        var revoked = state with { Tokens = [] };
        Assert.Same(revoked, revoked.WithBootstrapToken([7], Now));
    }

    [Fact]
    public void A_wrong_secret_opens_nothing()
    {
        var state = Activated(out var proof);
        Assert.Null(state.Use(proof with { Digest = [9] }, Limits, Now).Token);
        Assert.Null(state.Use(proof with { Token = "other" }, Limits, Now).Token);
        Assert.Null(new StaffState().Use(proof, Limits, Now).Token);
    }

    [Fact]
    public void An_exchanged_token_works_until_its_successor_is_first_used_and_then_never_again()
    {
        var state = Activated(out var old);
        (state, var issued) = state.Rotate(old, new NewStaffToken { Id = "second", Digest = [2] }, Limits, Now);
        Assert.Equal(Now + TimeSpan.FromHours(12), issued.Value!.ExpiresAt);
        Assert.NotNull(state.Use(old, Limits, Now).Token); // the answer may have been lost
        Assert.Same(state, state.Rotate(old, new NewStaffToken { Id = "second", Digest = [2] }, Limits, Now).Next);
        (state, var used) = state.Use(new StaffProof { Token = "second", Digest = [2] }, Limits, Now);
        Assert.NotNull(used);
        Assert.Null(state.Use(old, Limits, Now).Token);
    }

    [Fact]
    public void Of_two_who_exchange_the_same_token_the_one_who_uses_theirs_first_shuts_the_other_out()
    {
        var state = Activated(out var old);
        state = state.Rotate(old, new NewStaffToken { Id = "owner", Digest = [2] }, Limits, Now).Next;
        state = state.Rotate(old, new NewStaffToken { Id = "thief", Digest = [3] }, Limits, Now).Next;
        state = state.Use(new StaffProof { Token = "owner", Digest = [2] }, Limits, Now).Next;
        Assert.Null(state.Use(new StaffProof { Token = "thief", Digest = [3] }, Limits, Now).Token);
    }

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public void A_lapsed_token_can_be_exchanged_for_a_week_and_do_nothing_else(int ticks, bool works)
    {
        var state = Activated(out var old);
        var late = Now + TimeSpan.FromHours(12) + TimeSpan.FromDays(7) + TimeSpan.FromTicks(ticks);
        Assert.Null(state.Use(old, Limits, late).Token);
        Assert.Equal(works, state.Rotate(old, new NewStaffToken { Id = "second", Digest = [2] }, Limits, late).Result.Value is not null);
    }

    [Fact]
    public void An_activation_needs_both_halves_and_works_once()
    {
        var state = Member().Told(Standing(), Activation());
        var token = new NewStaffToken { Id = "first", Digest = [5] };
        foreach (var wrong in new[] { Proof() with { ProposerHalf = [9] }, Proof() with { ApproverHalf = [9] }, Proof() with { ApproverHalf = [1] }, Proof() with { Proposal = "q" } })
            Assert.Equal(RefusalCode.NotFound, state.Activate(wrong, token, Limits, Now).Result.Refusal!.Code);
        (state, var activated) = state.Activate(Proof(), token, Limits, Now);
        Assert.NotNull(activated.Value);
        Assert.Same(state, state.Activate(Proof(), token, Limits, Now).Next);
        Assert.Equal(RefusalCode.NotFound, state.Activate(Proof(), token with { Id = "another" }, Limits, Now).Result.Refusal!.Code);
        Assert.Same(state, state.Told(Standing(), Activation())); // told again by a reminder: not a second time
    }

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public void An_activation_lapses_after_24_hours(int ticks, bool works)
    {
        var state = Member().Told(Standing(), Activation());
        var outcome = state.Activate(Proof(), new NewStaffToken { Id = "first", Digest = [5] }, Limits, Now + TimeSpan.FromHours(24) + TimeSpan.FromTicks(ticks)).Result;
        Assert.Equal(works ? null : RefusalCode.ActivationExpired, outcome.Refusal?.Code);
    }

    [Fact]
    public void A_new_activation_ends_every_older_token()
    {
        var state = Activated(out var lost);
        state = state.Told(Standing() with { Revision = 2 }, Activation() with { Proposal = "again" });
        state = state.Activate(Proof() with { Proposal = "again" }, new NewStaffToken { Id = "fresh", Digest = [6] }, Limits, Now).Next;
        Assert.Null(state.Use(lost, Limits, Now).Token);
    }

    [Fact]
    public void An_ended_member_has_nothing_left_and_an_older_word_of_the_register_changes_nothing()
    {
        var state = Activated(out var proof);
        var ended = state.Told(Standing() with { Disabled = true, Roles = [], Revision = 3 }, null);
        Assert.Null(ended.Use(proof, Limits, Now).Token);
        Assert.Empty(ended.Tokens);
        Assert.Same(ended, ended.Told(Standing() with { Revision = 2 }, null));
    }

    [Fact]
    public void A_second_factor_is_asked_for_where_the_setting_says_so()
    {
        var limits = new StaffOptions { RequireSecondFactor = true };
        var state = Activated(out var proof);
        var token = state.Use(proof, limits, Now).Token!;
        Assert.Equal(RefusalCode.SecondFactorRequired, state.Refuse(token, StaffRoles.Manage, limits)!.Code);
        Assert.Null(state.Refuse(token with { Methods = ["mfa"] }, StaffRoles.Manage, limits));
        Assert.Null(state.Refuse(token, StaffRoles.Manage, Limits));
        Assert.Equal(RefusalCode.Forbidden, state.Refuse(token, StaffRoles.ReadLedger, Limits)!.Code);
    }

    [Fact]
    public void Of_refused_calls_the_audit_lists_twenty_an_hour_and_then_says_once_that_there_are_more()
    {
        var state = Member();
        var listed = new List<int?>();
        for (var i = 0; i < 30; i++)
        {
            (state, var next) = state.NoteRefusal(Limits, Now.AddMinutes(i));
            listed.Add(next);
        }
        Assert.Equal([.. Enumerable.Repeat<int?>(1, 20), 0, .. Enumerable.Repeat<int?>(null, 9)], listed);
        Assert.Null(state.NoteRefusal(Limits, Now.AddHours(1) - TimeSpan.FromTicks(1)).Listed);
        Assert.Equal(1, state.NoteRefusal(Limits, Now.AddHours(1)).Listed);
    }

    private static StaffState Member() => new() { Standing = Standing() };

    private static StaffStanding Standing() => new() { Id = "m", Name = "M", Roles = ["staff.manage"], CreatedAt = Now };

    private static StaffActivation Activation() => new() { Proposal = "p", ProposerHalf = [1], ApproverHalf = [2], Until = Now + TimeSpan.FromHours(24) };

    private static StaffActivationProof Proof() => new() { Proposal = "p", ProposerHalf = [1], ApproverHalf = [2], Operation = "op" };

    private static StaffState Activated(out StaffProof proof)
    {
        proof = new StaffProof { Token = "first", Digest = [5] };
        return Member().Told(Standing(), Activation()).Activate(Proof(), new NewStaffToken { Id = "first", Digest = [5] }, Limits, Now).Next;
    }
}
