namespace AiCloud.Identifiers;

public sealed class SignInThrottleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdentifierBudgetOptions Limits = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private SignInThrottle _throttle = new();

    [Fact]
    public void One_network_has_ten_tries_in_half_an_hour()
    {
        for (var i = 0; i < 10; i++) Assert.Null(Try(1, Noon + i * Second));
        var refusal = Try(1, Noon + 10 * Second);
        Assert.Equal((RefusalCode.TooManyAttempts, TimeSpan.FromMinutes(30) - 10 * Second), (refusal!.Code, refusal.RetryAfter!.Value));
        Assert.NotNull(Try(1, Noon + TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1)));
        Assert.Null(Try(1, Noon + TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void A_strangers_failures_do_not_lock_the_owner_out()
    {
        for (var i = 0; i < 50; i++) Try(1, Noon);
        Assert.Null(Try(2, Noon));
    }

    [Fact]
    public void A_success_gives_its_try_back_and_forgets_the_networks_failures()
    {
        for (var i = 0; i < 10; i++) Try(1, Noon);
        _throttle = _throttle.Succeeded(1);
        Assert.Equal(9, _throttle.Shared);
        for (var i = 0; i < 10; i++) Assert.Null(Try(1, Noon));
        Assert.NotNull(Try(1, Noon));
    }

    [Fact]
    public void A_try_whose_password_nobody_looked_at_does_not_count()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(Try(1, Noon)); // and the service was busy
            _throttle = _throttle.Undecided(1);
        }
        Assert.Equal(0, _throttle.Shared);
        for (var i = 0; i < 10; i++) Assert.Null(Try(1, Noon));
        Assert.NotNull(Try(1, Noon));
    }

    [Fact]
    public void Once_a_hundred_tries_failed_a_new_network_has_three_and_the_owners_own_keeps_ten()
    {
        _throttle = _throttle.Succeeded(500);
        for (var i = 0; i < 99; i++) Assert.Null(Try(1 + i / 5, Noon));
        for (var i = 0; i < 4; i++) Assert.Null(Try(100 + i, Noon)); // the hundredth opens the gate's other side
        for (var i = 0; i < 3; i++) Assert.Null(Try(200, Noon));
        Assert.NotNull(Try(200, Noon));
        for (var i = 0; i < 10; i++) Assert.Null(Try(500, Noon));
        Assert.NotNull(Try(500, Noon));
    }

    [Fact]
    public void More_networks_than_are_remembered_do_not_get_more_guesses_by_taking_turns()
    {
        _throttle = _throttle.Succeeded(9_999);
        var allowed = 0;
        for (var round = 0; round < 20; round++)
        {
            for (var network = 1; network <= 500; network++) if (Try(network, Noon + round * Second) is null) allowed++;
        }
        // Until the hundredth each may try its first; from then on three each, for as many as are remembered.
        Assert.InRange(allowed, SignInThrottle.NetworksMax, 3 * SignInThrottle.NetworksMax + Limits.SignInFailuresShared);
        Assert.Null(Try(9_999, Noon + 30 * Second)); // the owner's own network is not shut out
        Assert.InRange(_throttle.Networks.Length, 1, SignInThrottle.NetworksMax + 8);
        Assert.Null(Try(12_345, Noon + TimeSpan.FromMinutes(31)));
    }

    [Fact]
    public void Nothing_counts_any_more_when_the_last_window_has_ended()
    {
        Assert.Null(_throttle.EndsAt(Limits));
        Try(1, Noon);
        Try(2, Noon + Second);
        Assert.Equal(Noon + Second + TimeSpan.FromMinutes(30), _throttle.EndsAt(Limits));
    }

    private Refusal? Try(long network, DateTimeOffset at)
    {
        var (next, refusal) = _throttle.Take(network, Limits, at);
        _throttle = next;
        return refusal;
    }
}
