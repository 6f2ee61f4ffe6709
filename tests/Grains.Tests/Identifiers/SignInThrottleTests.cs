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
        _throttle = _throttle.Succeeded(From(1), owners: false);
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
            _throttle = _throttle.Undecided(From(1), owners: false);
        }
        Assert.Equal(0, _throttle.Shared);
        for (var i = 0; i < 10; i++) Assert.Null(Try(1, Noon));
        Assert.NotNull(Try(1, Noon));
    }

    [Fact]
    public void Once_a_hundred_tries_failed_a_new_network_has_three_and_the_owners_own_keeps_ten()
    {
        _throttle = _throttle.Succeeded(From(500), owners: false);
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
        _throttle = _throttle.Succeeded(From(9_999), owners: false);
        var allowed = 0;
        for (var second = 0; second < 30 * 60; second++)
        {
            for (var network = 1; network <= 50; network++) if (Try(1_000_000 + (second * 50 + network) % 5_000, Noon + second * Second) is null) allowed++;
        }
        // Until the hundredth each may try as often as it likes; then three each, for as many as are remembered, and one of one more every 15 seconds.
        Assert.InRange(allowed, SignInThrottle.NetworksMax, Limits.SignInFailuresShared + 3 * SignInThrottle.NetworksMax + 120);
        Assert.Null(Try(9_999, Noon + 30 * Second)); // the owner's own network is not shut out
        Assert.InRange(_throttle.Networks.Length, 1, SignInThrottle.NetworksMax + 120 + 8);
    }

    [Fact]
    public void One_failure_from_each_of_very_many_networks_shuts_a_new_one_out_for_seconds_only()
    {
        for (var network = 1; network <= 2 * SignInThrottle.NetworksMax; network++) Try(network, Noon);
        var refusal = Try(9_999, Noon + Second);
        Assert.Equal((RefusalCode.TooManyAttempts, SignInThrottle.SpareEvery - Second), (refusal!.Code, refusal.RetryAfter!.Value));
        Assert.Null(Try(9_999, Noon + SignInThrottle.SpareEvery)); // done as told
        Assert.NotNull(Try(9_999, Noon + SignInThrottle.SpareEvery)); // it has this one only
        Assert.NotNull(Try(9_998, Noon + SignInThrottle.SpareEvery)); // and the next one waits
        Assert.Null(Try(9_998, Noon + 2 * SignInThrottle.SpareEvery));
    }

    [Fact]
    public void All_networks_of_one_customers_prefix_are_one_stranger()
    {
        var allowed = 0;
        for (var network = 1; network <= 1_000; network++) if (Try(new SignInFrom { Network = network, Site = -1 }, Noon) is null) allowed++;
        Assert.Equal(Limits.SignInFailuresPerNetwork, allowed);
        Assert.Null(Try(9_999, Noon));
    }

    [Fact]
    public void A_household_where_the_owner_is_known_is_not_counted_with_the_rest_of_its_providers_prefix()
    {
        var home = new SignInFrom { Network = 7, Site = -1 };
        _throttle = _throttle.Succeeded(home, owners: false);
        for (var network = 100; network <= 200; network++) Try(new SignInFrom { Network = network, Site = -1 }, Noon);
        for (var i = 0; i < 10; i++) Assert.Null(Try(home, Noon));
        Assert.NotNull(Try(home, Noon));
    }

    [Fact]
    public void Who_carries_a_mark_is_counted_by_themselves_and_their_success_is_their_own()
    {
        var marked = new SignInFrom { Network = 1, Site = 1, Client = 77 };
        for (var i = 0; i < 10; i++) Assert.Null(Try(1, Noon));
        for (var i = 0; i < 10; i++) Assert.Null(Try(marked, Noon));
        Assert.NotNull(Try(marked, Noon));
        _throttle = _throttle.Succeeded(marked, owners: true);
        Assert.Equal(10, _throttle.Shared);
        Assert.NotNull(Try(1, Noon));
        Assert.Null(Try(marked, Noon));
    }

    [Fact]
    public void Nothing_counts_any_more_when_the_last_window_has_ended()
    {
        Assert.Null(_throttle.EndsAt(Limits));
        Try(1, Noon);
        Try(2, Noon + Second);
        Assert.Equal(Noon + Second + TimeSpan.FromMinutes(30), _throttle.EndsAt(Limits));
    }

    private static SignInFrom From(long network) => new() { Network = network, Site = network };

    private Refusal? Try(long network, DateTimeOffset at) => Try(From(network), at);

    private Refusal? Try(SignInFrom from, DateTimeOffset at)
    {
        var (next, refusal) = _throttle.Take(from, from.Client != 0 || _throttle.Trusted.Contains(from.Network), Limits, at);
        _throttle = next;
        return refusal;
    }
}
