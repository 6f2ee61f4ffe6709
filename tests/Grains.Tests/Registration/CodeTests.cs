using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>Codes and the messages that bring them (C2.2b): both sides of each limit, and what repeats answer.</summary>
public sealed class CodeTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_code_works_until_its_lifetime_ends_and_the_attempt_until_its_own()
    {
        var person = cluster.NewPerson();
        var started = Granted(await person.Start());
        var code = await person.Code();
        cluster.Clock.Advance(5 * Minute - Millisecond);
        Assert.Equal(4, Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code))).AttemptsLeft);
        cluster.Clock.Advance(Millisecond);
        Refused(RefusalCode.CodeExpired, await person.Verify(code));
        cluster.Clock.Advance(started.ExpiresAt - cluster.Now - Millisecond);
        Granted(await person.View());
        cluster.Clock.Advance(Millisecond);
        Refused(RefusalCode.RegistrationExpired, await person.View());
        Refused(RefusalCode.RegistrationExpired, await person.Resend());
        Refused(RefusalCode.RegistrationExpired, await person.Verify(code));
        Refused(RefusalCode.RegistrationExpired, await person.Complete());
        Refused(RefusalCode.RegistrationExpired, await person.Start());
    }

    [Fact]
    public async Task A_try_is_kept_before_its_answer_so_that_forgetting_the_actor_gives_none_back()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var code = await person.Code();
        for (var left = 4; left >= 0; left--)
        {
            Assert.Equal(left, Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code))).AttemptsLeft);
            await cluster.Forget(person.Registration);
        }
        Refused(RefusalCode.CodeAttemptsExhausted, await person.Verify(code));
    }

    [Fact]
    public async Task A_repeated_answer_spends_no_second_try_also_from_a_fresh_activation()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var code = await person.Code();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(4, Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code), "wrong")).AttemptsLeft);
            await cluster.Forget(person.Registration);
        }
        Granted(await person.Verify(code, "right"));
        Assert.Equal(RegistrationState.Verified, Granted(await person.Verify(code, "right")).State);
        Assert.Equal(RegistrationState.Verified, Granted(await person.Verify(code, "another request")).State);
        Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code), "yet another"));
        Assert.Equal(RegistrationState.Verified, Granted(await person.View()).State);
    }

    [Fact]
    public async Task Another_code_may_be_asked_for_after_a_minute_and_voids_the_one_before()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var first = await person.Code();
        cluster.Clock.Advance(Minute - Millisecond);
        Refused(RefusalCode.ResendTooSoon, await person.Resend());
        cluster.Clock.Advance(Millisecond);
        Granted(await person.Resend("again"));
        Granted(await person.Resend("again")); // a repeat sends nothing
        var second = await person.Code();
        Assert.Equal(2, cluster.Delivery.To(person.IdentifierKey).Count);
        if (first != second) Refused(RefusalCode.CodeWrong, await person.Verify(first));
        Granted(await person.Verify(second));
    }

    [Fact]
    public async Task The_fifth_message_of_an_hour_from_one_place_is_refused_and_says_when_to_come_back()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        for (var i = 0; i < 3; i++)
        {
            cluster.Clock.Advance(Minute);
            Granted(await person.Resend());
        }
        cluster.Clock.Advance(Minute);
        Assert.Equal(56 * Minute, Refused(RefusalCode.SendLimit, await person.Resend()).RetryAfter);
        var stranger = cluster.NewPerson(person.Contact); // another network
        Granted(await stranger.Start());
    }

    [Fact]
    public async Task Erasing_an_attempt_and_starting_it_again_with_its_key_gives_no_message_for_free()
    {
        // The attack: the same Idempotency-Key names the same attempt, so start, erase, start … would bomb a phone if its grant were repeated.
        var person = cluster.NewPerson();
        var refused = 0;
        for (var i = 0; i < 12; i++)
        {
            if ((await person.Start()).Refusal is { Code: RefusalCode.SendLimit }) refused++;
            Granted(await person.Registration.Erase(person.Proof));
        }
        Assert.Equal(8, refused);
        cluster.Clock.Advance(10 * Minute);
        Assert.Single(cluster.Delivery.To(person.IdentifierKey)); // the others were erased before they left
    }
}
