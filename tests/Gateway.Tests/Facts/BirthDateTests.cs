using System.Globalization;
using AiCloud.Guardians;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Registration;

namespace AiCloud.Facts;

/// <summary>Correcting a stated birth date over HTTP (C2.1a, C2.1f).</summary>
[Collection(MovingClock.Name)]
public sealed class BirthDateTests(SharedGateways gateways)
{
    [Fact]
    public async Task An_adult_corrects_it_up_to_the_day_of_the_eighteenth_birthday_and_not_beyond()
    {
        var gateway = await gateways.Moving;
        var session = await Visitor.ByPhone(gateway).Registered();
        await OnOneDay(gateway, async today =>
        {
            await Refused(gateway, session, today.AddDays(1).AddYears(-18)); // 18 tomorrow
            await Refused(gateway, session, today.AddDays(1).AddYears(-16)); // 16 tomorrow
            await Kept(gateway, session, today.AddYears(-18)); // 18 today
            await Kept(gateway, session, new DateOnly(1990, 7, 15));
        });
    }

    [Fact]
    public async Task Somebody_of_seventeen_moves_the_eighteenth_birthday_neither_way_by_typing()
    {
        var gateway = await gateways.Moving;
        var family = new Family(gateway);
        var session = await family.Registered();
        var stands = DateOnly.ParseExact(family.BirthDate(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        await OnOneDay(gateway, async today =>
        {
            await Refused(gateway, session, today.AddYears(-18)); // 18 today
            await Refused(gateway, session, today.AddDays(1).AddYears(-18)); // 18 tomorrow
            await Refused(gateway, session, today.AddYears(-16)); // 16 today: two years more of somebody's responsibility
            await Refused(gateway, session, today.AddDays(1).AddYears(-16)); // 16 tomorrow
            await Refused(gateway, session, stands.AddDays(1));
            await Kept(gateway, session, stands);
        });
    }

    [Fact]
    public async Task A_day_that_is_nobodys_birthday_is_refused_whatever_else_the_patch_says()
    {
        var gateway = await gateways.Moving;
        var session = await Visitor.ByPhone(gateway).Registered();
        foreach (var day in new[] { "2999-01-01", "1700-01-01", "1990-02-30" })
            await (await Patch(gateway, session, new { birthDate = day, displayName = "Wang" })).Problem(422, "birth_date_invalid");
        await (await Patch(gateway, session, new { birthDate = "15.07.1990" })).Problem(422, "invalid");
        Assert.Equal(("1990-02-28", false), await Shown(gateway, session));
    }

    private static async Task Refused(LiveGateway gateway, string session, DateOnly day)
    {
        var before = await Shown(gateway, session);
        await (await Patch(gateway, session, new { birthDate = Text(day) })).Problem(403, "birth_date_needs_proof");
        Assert.Equal(before, await Shown(gateway, session));
    }

    private static async Task Kept(LiveGateway gateway, string session, DateOnly day)
    {
        (await Patch(gateway, session, new { birthDate = Text(day) })).Is(200);
        Assert.Equal(Text(day), (await Shown(gateway, session)).BirthDate);
    }

    private static Task<Reply> Patch(LiveGateway gateway, string session, object patch) => gateway.Send(HttpMethod.Patch, "/v1/account", patch, session);

    private static async Task<(string BirthDate, bool Named)> Shown(LiveGateway gateway, string session)
    {
        var facts = (await gateway.Get("/v1/account/facts", session)).Is(200);
        return (facts["birthDate"], facts.Json.TryGetProperty("displayName", out _));
    }

    // Midnight in Shanghai comes between no two calls.
    private static async Task OnOneDay(LiveGateway gateway, Func<DateOnly, Task> act)
    {
        var now = gateway.Clock.GetUtcNow();
        gateway.Clock.Hold(now);
        try { await act(Age.ShanghaiDay(now)); }
        finally { gateway.Clock.GoOn(); }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
