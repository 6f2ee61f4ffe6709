using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Delivery;

/// <summary>Messages leave on time, at most once, whatever becomes of actor and channel.</summary>
public sealed class DeliveryTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_second_start_within_the_cool_down_is_answered_at_once_and_its_message_leaves_when_it_ends()
    {
        var (first, second) = await TwoStarts();
        var view = Granted(await second.View());
        Assert.Equal((cluster.Now + Minute, DeliveryState.Queued, RegistrationState.CodeSent), (view.SendsAt, view.Delivery, view.State));
        Assert.Equal(view.SendsAt + 5 * Minute, view.CodeExpiresAt);
        Assert.Equal(5, Refused(RefusalCode.CodeWrong, await second.Verify("000000")).AttemptsLeft);
        Refused(RefusalCode.ResendTooSoon, await second.Resend());

        cluster.Clock.Advance(Minute - Millisecond);
        Assert.Equal(DeliveryState.Queued, Granted(await second.View()).Delivery);
        Assert.Single(cluster.Delivery.To(first.IdentifierKey));
        cluster.Clock.Advance(Millisecond);
        Granted(await second.Verify(await first.Code()));
        Assert.Equal(2, cluster.Delivery.To(first.IdentifierKey).Count);
    }

    [Fact]
    public async Task A_waiting_message_leaves_once_also_when_the_actor_was_forgotten_meanwhile()
    {
        var (_, second) = await TwoStarts();
        for (var i = 0; i < 3; i++)
        {
            await cluster.Forget(second.Registration);
            Granted(await second.View());
        }
        cluster.Clock.Advance(Minute);
        Granted(await second.Verify(await second.Code()));
        await cluster.Forget(second.Registration);
        cluster.Clock.Advance(5 * Minute);
        Granted(await second.View());
        Assert.Equal(2, cluster.Delivery.To(second.IdentifierKey).Count);
    }

    [Fact]
    public async Task A_message_whose_instant_passed_with_nobody_there_stays_unsent_and_the_person_asks_again()
    {
        var (_, second) = await TwoStarts();
        await cluster.Forget(second.Registration);
        cluster.Clock.Advance(Minute);
        Assert.Equal(DeliveryState.Unknown, Granted(await second.View()).Delivery);
        Assert.Single(cluster.Delivery.To(second.IdentifierKey));
        cluster.Clock.Advance(Minute);
        Granted(await second.Resend());
        Granted(await second.Verify(await second.Code()));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_while_a_message_waits_delays_it_and_does_not_lose_it()
    {
        var (_, second) = await TwoStarts();
        cluster.Clock.AdjustTime(cluster.Now - TimeSpan.FromSeconds(10)); // the wait under way is not lengthened by that
        cluster.Clock.Advance(Minute);
        Assert.Equal(DeliveryState.Queued, Granted(await second.View()).Delivery);
        Assert.Single(cluster.Delivery.To(second.IdentifierKey));
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        Granted(await second.Verify(await second.Code()));
    }

    [Fact]
    public async Task A_message_that_waits_does_not_leave_when_the_person_did_not_agree_after_all()
    {
        var (_, second) = await TwoStarts();
        Granted(await second.Registration.Erase(second.Proof));
        cluster.Clock.Advance(2 * Minute);
        Assert.Single(cluster.Delivery.To(second.IdentifierKey));
    }

    [Fact]
    public async Task A_channel_that_fails_leaves_an_unknown_message_which_is_never_sent_again()
    {
        var person = cluster.NewPerson();
        cluster.Delivery.Behave(person.IdentifierKey, _ => throw new InvalidOperationException("the channel's own trouble"));
        Assert.Equal(DeliveryState.Unknown, Granted(await person.Start()).Delivery);
        Assert.Equal(DeliveryState.Unknown, Granted(await person.Start()).Delivery);
        Granted(await person.Verify(await person.Code())); // it may have arrived all the same
        Assert.Single(cluster.Delivery.To(person.IdentifierKey));
    }

    [Fact]
    public async Task A_slow_channel_does_not_keep_the_person_waiting_and_its_answer_is_shown_when_it_comes()
    {
        var person = cluster.NewPerson();
        var answer = new TaskCompletionSource<DeliveryState>();
        cluster.Delivery.Behave(person.IdentifierKey, _ => answer.Task);
        var starting = person.Start();
        await person.Code(); // handed over
        while (!starting.IsCompleted)
        {
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(starting, Task.Delay(10));
        }
        Assert.Equal(DeliveryState.Queued, Granted(await starting).Delivery);
        answer.SetResult(DeliveryState.NumberRefused);
        await Eventually(async () => Granted(await person.View()).Delivery == DeliveryState.NumberRefused);
    }

    [Fact]
    public async Task What_the_channel_said_is_kept_with_the_next_write()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(await person.Code())));
        await cluster.Forget(person.Registration);
        Assert.Equal(DeliveryState.HandedOver, Granted(await person.View()).Delivery);
    }

    [Fact]
    public async Task Before_the_message_is_handed_over_it_is_kept_as_unknown_so_that_a_crash_sends_nothing_twice()
    {
        var person = cluster.NewPerson();
        var kept = new TaskCompletionSource<bool>();
        cluster.Delivery.Behave(person.IdentifierKey, async _ =>
        {
            kept.SetResult(await cluster.HasRow("registration", person.Id));
            return DeliveryState.HandedOver;
        });
        Granted(await person.Start());
        Assert.True(await kept.Task, "handed over before it was kept");
    }

    [Fact]
    public async Task When_the_attempt_cannot_be_kept_no_message_leaves_and_a_repeat_sends_one()
    {
        var person = cluster.NewPerson();
        cluster.Faults.FailNext("registration", person.Id, Storage.WriteFault.Before);
        await Assert.ThrowsAsync<Orleans.Runtime.OrleansException>(() => person.Start());
        Assert.Empty(cluster.Delivery.To(person.IdentifierKey));
        Granted(await person.Start());
        cluster.Clock.Advance(Minute); // the first grant is spent, so the message waits for its cool-down
        Granted(await person.Verify(await person.Code()));
        Assert.Single(cluster.Delivery.To(person.IdentifierKey));
    }

    private async Task<(Registrant First, Registrant Second)> TwoStarts()
    {
        var first = cluster.NewPerson();
        var second = cluster.NewPerson(first.Contact);
        Granted(await first.Start());
        await first.Code();
        Granted(await second.Start());
        return (first, second);
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 500 && !await condition(); i++) await Task.Delay(10);
        Assert.True(await condition());
    }
}
