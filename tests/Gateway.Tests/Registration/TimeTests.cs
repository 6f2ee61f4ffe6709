using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Registration;

/// <summary>What time does to an attempt, on both sides of each limit.</summary>
[Collection(MovingClock.Name)]
public sealed class TimeTests(SharedGateways gateways)
{
    [Fact]
    public async Task A_code_works_for_five_minutes_and_not_longer__C2_2b()
    {
        var gateway = await gateways.Moving;
        var (early, late) = (Visitor.ByPhone(gateway), Visitor.ByPhone(gateway));
        await early.Start();
        await late.Start();
        var (first, second) = (await gateway.Code(early.Contact), await gateway.Code(late.Contact));
        gateway.Clock.Advance(TimeSpan.FromSeconds(270));
        (await early.Answer(first)).Is(200);
        gateway.Clock.Advance(TimeSpan.FromSeconds(31));
        await (await late.Answer(second)).Problem(410, "code_expired");
    }

    [Fact]
    public async Task After_a_minute_a_fresh_code_comes_and_voids_the_one_before__C2_2b()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByEmail(gateway);
        await person.Start();
        var first = await gateway.Code(person.Contact);
        gateway.Clock.Advance(TimeSpan.FromSeconds(61));
        var key = Visitor.Key();
        var sent = (await gateway.Post($"{person.Path}/code", null, person.Token, key)).Is(202);
        Assert.Equal(("code_sent", "5"), (sent["state"], sent["attemptsLeft"]));
        (await gateway.Post($"{person.Path}/code", null, person.Token, key)).Is(202); // the same act: nothing is sent again
        var second = await gateway.Code(person.Contact, messages: 2);
        Assert.Equal(2, (await gateway.Codes(person.Contact)).Length);
        await (await gateway.Post($"{person.Path}/code", null, person.Token)).Problem(429, "resend_too_soon");
        if (first != second) await (await person.Answer(first)).Problem(422, "code_wrong");
        (await person.Answer(second)).Is(200);
    }

    [Fact]
    public async Task A_contact_gets_so_many_messages_in_an_hour_and_then_none()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        await person.Start();
        Reply reply;
        var sent = 0;
        do
        {
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            reply = await gateway.Post($"{person.Path}/code", null, person.Token);
            sent++;
        }
        while (reply.Status == 202 && sent < 10);
        Assert.InRange(sent, 3, 5);
        await reply.Problem(429, "send_limit");
        Assert.InRange(reply.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60));
        await (await person.Start()).Problem(429, "send_limit"); // nor by starting over
    }

    [Fact]
    public async Task A_second_start_within_the_cool_down_is_answered_alike_and_says_when_its_message_leaves()
    {
        var gateway = await gateways.Moving;
        var (first, second) = (Visitor.ByEmail(gateway), default(Visitor));
        await first.Start();
        second = first.Spelt(first.Contact);
        var started = (await second.Start()).Is(201);
        Assert.Equal(("code_sent", "queued"), (started["state"], started["delivery"]));
        var leaves = DateTimeOffset.Parse(started["sendsAt"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(leaves - gateway.Clock.GetUtcNow(), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        await (await second.Answer("000000")).Problem(422, "code_wrong"); // there is nothing to guess at yet
        await gateway.Code(first.Contact);
        Assert.Single(await gateway.Codes(first.Contact));
    }

    [Fact]
    public async Task An_attempt_lapses_after_half_an_hour_and_its_verification_renews_it__C2_2b()
    {
        var gateway = await gateways.Moving;
        var (idle, verified) = (Visitor.ByPhone(gateway), Visitor.ByPhone(gateway));
        await idle.Start();
        await verified.Start();
        gateway.Clock.Advance(TimeSpan.FromMinutes(4));
        (await verified.Answer(await gateway.Code(verified.Contact))).Is(200);
        gateway.Clock.Advance(TimeSpan.FromMinutes(27));
        await (await gateway.Get(idle.Path, idle.Token)).Problem(410, "registration_expired");
        await (await gateway.Post($"{idle.Path}/code", null, idle.Token)).Problem(410, "registration_expired");
        (await verified.Complete()).Is(201);
    }
}
