namespace AiCloud.Networks;

public sealed class NetworkStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly NetworkOptions Limits = new() { PerNetwork = 50 };

    private NetworkState _state = new();

    [Fact]
    public void What_is_leased_in_a_window_never_exceeds_the_limit()
    {
        Assert.Equal([20, 20, 10, 0], Enumerable.Range(0, 4).Select(i => Lease($"{i}", 20, Noon + i * TimeSpan.FromMinutes(1)).Granted));
        Assert.Equal(Noon + TimeSpan.FromHours(1), Lease("late", 20, Noon + TimeSpan.FromMinutes(59)).Until);
    }

    [Fact]
    public void The_budget_is_whole_again_when_the_window_has_ended_and_not_before()
    {
        Lease("a", 50, Noon);
        Assert.Equal(0, Lease("b", 1, Noon + TimeSpan.FromHours(1) - TimeSpan.FromTicks(1)).Granted);
        Assert.Equal(50, Lease("c", 60, Noon + TimeSpan.FromHours(1)).Granted);
    }

    [Fact]
    public void A_repeat_gets_the_same_lease_and_spends_nothing()
    {
        var first = Lease("a", 20, Noon);
        var kept = _state;
        Assert.Equal(first, Lease("a", 20, Noon + TimeSpan.FromMinutes(1)));
        Assert.Same(kept, _state);
    }

    [Fact]
    public void A_refused_lease_is_not_written() 
    {
        Lease("a", 50, Noon);
        var kept = _state;
        Lease("b", 20, Noon);
        Assert.Same(kept, _state);
    }

    [Fact]
    public void The_row_goes_half_an_hour_after_its_window()
    {
        Assert.Null(_state.DueAt);
        Lease("a", 1, Noon);
        Assert.Equal(Noon + TimeSpan.FromHours(1.5), _state.DueAt);
    }

    private NetworkLease Lease(string operation, int wanted, DateTimeOffset at)
    {
        var (next, lease) = _state.Take(operation, wanted, Limits, at);
        _state = next;
        return lease;
    }
}
