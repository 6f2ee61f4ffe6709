using AiCloud.Accounts;
using AiCloud.Shredding;

namespace AiCloud.Endings;

public sealed class AccountEndingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_ending_that_the_law_wants_sooner_takes_the_place_of_a_later_one_and_never_the_other_way_round__L_15()
    {
        var cancelled = Plan(new AccountState { Phase = AccountPhase.Open }, EndingGrounds.Guardian, TimeSpan.FromDays(15), Now);
        var sooner = Plan(cancelled, EndingGrounds.UnderAge, TimeSpan.FromHours(24), Now);
        Assert.Equal((EndingGrounds.UnderAge, Now + TimeSpan.FromHours(24)), (sooner.Planned!.Ground, sooner.Planned.At));
        Assert.Same(sooner, Plan(sooner, EndingGrounds.Guardian, TimeSpan.FromDays(15), Now));
    }

    // Else a guardian's cancellation that ends sooner would hide it, and go with the guardian's word.
    [Theory, InlineData(14.5, 15), InlineData(14, 15), InlineData(13, 14)]
    public void That_somebody_is_below_14_stands_whatever_else_was_decided_at_the_earlier_instant_and_outlives_it__L_15(double days, double ends)
    {
        var cancelled = Plan(new AccountState { Phase = AccountPhase.Open }, EndingGrounds.Guardian, TimeSpan.FromDays(15), Now);
        var young = Plan(cancelled, EndingGrounds.UnderAge, TimeSpan.FromHours(24), Now + TimeSpan.FromDays(days));
        Assert.Equal((EndingGrounds.UnderAge, Now + TimeSpan.FromDays(ends)), (young.Planned!.Ground, young.Planned.At));
        Assert.Same(young, AccountEndings.TakenBack(young, EndingGrounds.Guardian));
        Assert.Same(young, Plan(young, EndingGrounds.UnderAge, TimeSpan.FromHours(24), Now + TimeSpan.FromDays(days))); // proven twice, it ends no later
    }

    [Theory, InlineData(-1, false), InlineData(0, true)]
    public void It_is_due_to_the_tick_and_only_in_an_open_account(int ticks, bool due)
    {
        var planned = Plan(new AccountState { Phase = AccountPhase.Open }, EndingGrounds.Guardian, TimeSpan.FromDays(15), Now);
        var at = Now + TimeSpan.FromDays(15) + TimeSpan.FromTicks(ticks);
        Assert.Equal(due, AccountEndings.IsDue(planned, at));
        Assert.False(AccountEndings.IsDue(planned with { Phase = AccountPhase.Ending }, at));
        Assert.Null(AccountEndings.TakenBack(planned, EndingGrounds.Guardian).Planned);
        Assert.Same(planned, AccountEndings.TakenBack(planned, EndingGrounds.UnderAge)); // decided by somebody else
    }

    private static AccountState Plan(AccountState state, string ground, TimeSpan wait, DateTimeOffset now) => AccountEndings.Plan(state, ground, "", wait, allowedFrom: null, now).Next;
}
