namespace AiCloud.Identifiers;

public sealed class IdentifierStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Twenty = TimeSpan.FromSeconds(20), Tick = TimeSpan.FromTicks(1);
    private static readonly Guid Mine = Guid.Parse("00000000-0000-7000-8000-000000000001"), Theirs = Guid.Parse("00000000-0000-7000-8000-000000000002");

    private IdentifierState _state = new();

    [Fact]
    public void A_free_contact_can_be_held_and_then_owned()
    {
        Assert.Equal(HoldStatus.Held, Hold("me", Mine, Noon));
        Assert.Equal(Noon + Twenty, _state.Hold!.Until);
        Assert.Equal(HoldStatus.OwnedByYou, Own("me", Mine));
        Assert.Equal((Mine, null), (_state.Owner, _state.Hold));
    }

    [Fact]
    public void A_mark_that_the_former_owner_of_a_number_carries_is_worth_nothing_to_them_any_more()
    {
        var marked = new SignInFrom { Network = 7, Site = 7, Client = 77, ClientOf = Mine };
        Assert.True((_state with { Owner = Mine }).IsOwners(Honoured(_state with { Owner = Mine }, marked)));
        foreach (var other in new[] { _state with { Owner = Theirs }, _state }) Assert.Equal(marked with { Client = 0 }, Honoured(other, marked));
        Assert.Equal(0, Honoured(_state, marked with { ClientOf = Guid.Empty }).Client); // as a gateway sends it that knows no such bond

        static SignInFrom Honoured(IdentifierState state, SignInFrom tried) => state.Honoured(tried, new IdentifierBudgetOptions(), Noon);
    }

    [Fact]
    public void Whoever_gathered_marks_while_they_had_the_password_guesses_with_eight_of_them_and_no_more()
    {
        var (limits, guesses) = (new IdentifierBudgetOptions(), 0);
        _state = _state with { Owner = Mine };
        for (var mark = 1; mark <= 1000; mark++)
            for (var guess = 0; guess < 10; guess++)
                if (Try(new SignInFrom { Network = -7, Site = -7, Client = mark, ClientOf = Mine }, Noon)) guesses++;
        Assert.Equal(8 * 10 + 10, guesses); // and those of the network itself

        // The window over, a mark counts again.
        Assert.True(Try(new SignInFrom { Network = -7, Site = -7, Client = 999, ClientOf = Mine }, Noon + limits.SignInWindow));

        bool Try(SignInFrom tried, DateTimeOffset at)
        {
            tried = _state.Honoured(tried, limits, at);
            var (next, refusal) = _state.SignIns.Take(tried, _state.IsOwners(tried), limits, at);
            _state = _state with { SignIns = next };
            return refusal is null;
        }
    }

    [Fact]
    public void Without_a_hold_nothing_can_be_owned() => Assert.Equal(HoldStatus.Free, Own("me", Mine));

    [Fact]
    public void A_hold_keeps_others_out_until_its_deadline_and_not_beyond()
    {
        Hold("me", Mine, Noon);
        Assert.Equal(HoldStatus.HeldByOther, Hold("them", Theirs, Noon + Twenty - Tick));
        Assert.Equal(HoldStatus.Held, Hold("them", Theirs, Noon + Twenty));
        Assert.Equal(HoldStatus.HeldByOther, Own("me", Mine));
        Assert.Equal(HoldStatus.OwnedByYou, Own("them", Theirs));
        Assert.Equal(HoldStatus.OwnedByOther, Hold("me", Mine, Noon + Twenty));
    }

    [Fact]
    public void A_lapsed_hold_that_nobody_took_may_still_be_owned()
    {
        Hold("me", Mine, Noon);
        Assert.Equal(HoldStatus.OwnedByYou, Own("me", Mine)); // the deadline is not even asked for
    }

    [Fact]
    public void The_holder_may_hold_again_and_gets_a_later_deadline()
    {
        Hold("me", Mine, Noon);
        Hold("me", Mine, Noon + TimeSpan.FromMinutes(1));
        Assert.Equal(Noon + TimeSpan.FromMinutes(1) + Twenty, _state.Hold!.Until);
    }

    [Fact]
    public void After_a_release_the_operation_can_no_longer_own()
    {
        Hold("me", Mine, Noon);
        Assert.Equal(HoldStatus.Free, Release("me", Mine));
        Assert.Equal(HoldStatus.Free, Own("me", Mine));
    }

    [Fact]
    public void Nobody_releases_anothers_hold_nor_that_of_a_later_attempt_with_the_same_id()
    {
        Hold("me", Mine, Noon);
        Assert.Equal(HoldStatus.HeldByOther, Release("them", Theirs));
        Assert.Equal(HoldStatus.HeldByOther, Release("me", Theirs));
        Assert.Equal(HoldStatus.HeldByOther, Own("me", Theirs));
        Assert.Equal(Mine, _state.Hold!.Account);
    }

    [Fact]
    public void What_is_owned_is_never_released_and_repeats_answer_the_same()
    {
        Hold("me", Mine, Noon);
        Own("me", Mine);
        var owned = _state;
        Assert.Equal(HoldStatus.OwnedByYou, Own("me", Mine));
        Assert.Equal(HoldStatus.OwnedByYou, Release("me", Mine));
        Assert.Equal(HoldStatus.OwnedByYou, Hold("me", Mine, Noon));
        Assert.Equal(HoldStatus.OwnedByOther, Own("them", Theirs));
        Assert.Equal(HoldStatus.OwnedByOther, Release("them", Theirs));
        Assert.Same(owned, _state);
    }

    [Fact]
    public void Holding_returns_the_guesses_that_the_attempt_did_not_use()
    {
        var request = new SendRequest { Session = Mine.ToString("N"), Number = 1, Network = 7 };
        _state = _state with { Sends = _state.Sends.Grant(request, false, new IdentifierBudgetOptions(), Noon).Next };
        Hold("me", Mine, Noon, spent: 2);
        Assert.Equal(2, _state.Sends.Sends.Single().Leased);
        Assert.Equal([9L], _state.Sends.ProvenFrom);
    }

    [Fact]
    public void Where_the_contact_was_proven_its_owner_is_known_until_it_is_somebody_elses()
    {
        var from = new SignInFrom { Network = 9, Site = 90 };
        Assert.False(_state.IsOwners(from));
        Hold("me", Mine, Noon);
        Own("me", Mine);
        Assert.True(_state.IsOwners(from));
        Assert.False(_state.IsOwners(new SignInFrom { Network = 90, Site = 90 })); // only the household, not all that its provider gives out
        Assert.False(_state.GivenUp(Mine, Noon).IsOwners(from));
    }

    [Fact]
    public void A_row_goes_half_an_hour_after_its_last_budget_and_hold_ended_and_never_while_owned()
    {
        Assert.Null(_state.DueAt);
        Hold("me", Mine, Noon);
        Assert.Equal(Noon + Twenty + TimeSpan.FromMinutes(30), _state.DueAt);
        Assert.Equal(Noon + TimeSpan.FromHours(24.5), (_state with { BudgetsEndAt = Noon + TimeSpan.FromHours(24) }).DueAt);
        Own("me", Mine);
        Assert.Null((_state with { BudgetsEndAt = Noon }).DueAt);
    }

    [Theory, InlineData("relinquished"), InlineData("changed hands"), InlineData("account ended")]
    public void Networks_of_a_former_owner_are_neither_trusted_nor_kept_for_the_next_one(string how)
    {
        var owned = new IdentifierState { Owner = Mine, Sends = new SendBudget().Proven("s", 0, 7), SignIns = new SignInThrottle { Trusted = [8] } };
        var next = how switch
        {
            "relinquished" => owned.RelinquishFor(Mine, Noon).Next,
            "changed hands" => owned.ChangedHandsOf(Mine, Noon),
            _ => owned.GivenUp(Mine, Noon),
        };
        Assert.Equal((null, 0, 0), (next.Owner, next.Sends.ProvenFrom.Length, next.SignIns.Trusted.Length));
        Assert.Same(owned, owned.ChangedHandsOf(Theirs, Noon)); // another's by now stays theirs
        Assert.Equal([7], owned.RelinquishFor(Theirs, Noon).Next.Sends.ProvenFrom);
    }

    private HoldStatus Hold(string operation, Guid account, DateTimeOffset at, int spent = 0) =>
        Next(_state.HoldFor(new HoldRequest { Operation = operation, Account = account, GuessesSpent = spent, Network = 9 }, Twenty, at));

    private HoldStatus Own(string operation, Guid account) => Next(_state.OwnFor(operation, account));
    private HoldStatus Release(string operation, Guid account) => Next(_state.ReleaseFor(operation, account));

    private HoldStatus Next((IdentifierState Next, HoldResult Result) decided)
    {
        _state = decided.Next;
        return decided.Result.Status;
    }
}
