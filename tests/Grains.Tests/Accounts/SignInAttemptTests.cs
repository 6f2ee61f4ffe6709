using static AiCloud.Registration.Registrant;

namespace AiCloud.Accounts;

/// <summary>A sign-in under a client's key (API.md, General): whom it was for, what it came to, and one call at a time.</summary>
public sealed class SignInAttemptTests(TwoSilosFixture cluster) : IClassFixture<TwoSilosFixture>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15), Remembered = TimeSpan.FromHours(1), Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly string _key = NewId();

    private ISignInAttemptGrain Attempt => cluster.Grains.GetGrain<ISignInAttemptGrain>(_key);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_first_call_came_to_is_told_to_every_repeat_and_never_changes(bool right)
    {
        Assert.Null(Granted(await Attempt.Begin(Call("first"))).Right);
        await Attempt.End(Call("first"), right);
        Assert.Equal(right, Granted(await Attempt.Begin(Call("second"))).Right);
        await Attempt.End(Call("second"), !right);
        await cluster.Forget(Attempt);
        Assert.Equal(right, Granted(await Attempt.Begin(Call("third"))).Right);
    }

    [Fact]
    public async Task Another_identifier_is_refused_while_the_first_runs_and_when_it_has_ended()
    {
        Granted(await Attempt.Begin(Call("first")));
        Refused(RefusalCode.IdempotencyKeyReused, await Attempt.Begin(Call("other", "another person")));
        await Attempt.End(Call("first"), right: false);
        Refused(RefusalCode.IdempotencyKeyReused, await Attempt.Begin(Call("other", "another person")));
        Granted(await Attempt.Begin(Call("again")));
    }

    [Fact]
    public async Task A_call_that_decided_nothing_leaves_nothing_behind()
    {
        Granted(await Attempt.Begin(Call("first")));
        await Attempt.End(Call("first"), right: null);
        Assert.False(await cluster.HasRow("sign-in-attempt", _key));
        Assert.Null(Granted(await Attempt.Begin(Call("other", "another person"))).Right);
    }

    [Fact]
    public async Task One_call_at_a_time_and_the_next_may_try_when_the_first_did_not_come_back()
    {
        Granted(await Attempt.Begin(Call("first")));
        Granted(await Attempt.Begin(Call("first"))); // the gateway's own repeat
        Assert.Equal(TimeSpan.FromSeconds(1), Refused(RefusalCode.IdempotencyInProgress, await Attempt.Begin(Call("second"))).RetryAfter);
        cluster.Clock.Advance(Longest - Millisecond);
        Refused(RefusalCode.IdempotencyInProgress, await Attempt.Begin(Call("second")));
        cluster.Clock.Advance(Millisecond);
        Granted(await Attempt.Begin(Call("second")));
        await Attempt.End(Call("first"), right: true); // late: what it decided counts, and it frees nothing that is another's
        Refused(RefusalCode.IdempotencyInProgress, await Attempt.Begin(Call("third")));
        await Attempt.End(Call("second"), right: null);
        Assert.True(Granted(await Attempt.Begin(Call("third"))).Right);
    }

    [Fact]
    public async Task Of_two_hundred_calls_at_once_one_has_the_key()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Attempt.Begin(Call($"call-{i}"))));
        Assert.Single(outcomes, outcome => outcome.Value is not null);
        Assert.Equal(199, outcomes.Count(outcome => outcome.Refusal?.Code == RefusalCode.IdempotencyInProgress));
    }

    [Fact]
    public async Task A_key_is_remembered_for_an_hour_and_its_row_goes_by_the_sweeper()
    {
        Granted(await Attempt.Begin(Call("first")));
        await Attempt.End(Call("first"), right: true);
        cluster.Clock.Advance(Remembered - Millisecond);
        Refused(RefusalCode.IdempotencyKeyReused, await Attempt.Begin(Call("other", "another person")));
        await cluster.Sweep();
        Assert.True(await cluster.HasRow("sign-in-attempt", _key));
        cluster.Clock.Advance(Millisecond);
        Assert.Null(Granted(await Attempt.Begin(Call("other", "another person"))).Right);
        await Attempt.End(Call("other", "another person"), right: null);
        cluster.Clock.Advance(TimeSpan.FromMinutes(6));
        await cluster.Sweep();
        Assert.False(await cluster.HasRow("sign-in-attempt", _key));
    }

    [Fact]
    public async Task A_row_that_could_not_be_kept_is_decided_again()
    {
        Granted(await Attempt.Begin(Call("first")));
        cluster.Faults.FailNext("sign-in-attempt", _key, Storage.WriteFault.Before);
        await Assert.ThrowsAnyAsync<OrleansException>(() => Attempt.End(Call("first"), right: true));
        Assert.Null(Granted(await Attempt.Begin(Call("second"))).Right);
        cluster.Faults.FailNext("sign-in-attempt", _key, Storage.WriteFault.After);
        await Assert.ThrowsAnyAsync<OrleansException>(() => Attempt.End(Call("second"), right: false));
        Assert.False(Granted(await Attempt.Begin(Call("third"))).Right);
    }

    private static SignInCall Call(string attempt, string fingerprint = "a person") => new() { Attempt = attempt, Fingerprint = fingerprint };
}
