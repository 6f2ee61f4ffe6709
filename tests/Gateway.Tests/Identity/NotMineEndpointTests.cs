using System.Globalization;
using AiCloud.Live;

namespace AiCloud.Identity;

/// <summary>A number with an account that is not the claimant's, over HTTP, with the development authority (C2.1g).</summary>
[Collection(MovingClock.Name)]
public sealed class NotMineEndpointTests(SharedGateways gateways)
{
    [Fact]
    public async Task A_number_that_changed_hands_is_registered_anew_and_the_old_account_is_not_opened__C2_1g()
    {
        var gateway = await gateways.Moving;
        var (old, session, claimant) = await Claim(gateway, '8');
        var free = (await gateway.Post($"{claimant.Path}/not-mine", null, claimant.Token)).Is(200);
        Assert.Equal("verified", free["state"]);
        Assert.False(free.Json.TryGetProperty("token", out _));
        var mine = (await claimant.Complete()).Is(201).Json.GetProperty("account").GetProperty("id").GetString();
        Assert.NotEqual(old, mine);
        await (await gateway.Get("/v1/account", session)).Problem(404, "not_found"); // its sessions ended
    }

    [Fact]
    public async Task Not_changed_refuses_and_unknown_says_until_when_to_wait()
    {
        var gateway = await gateways.Moving;
        var (_, _, unchanged) = await Claim(gateway, '4');
        await (await gateway.Post($"{unchanged.Path}/not-mine", null, unchanged.Token)).Problem(409, "number_not_changed");
        var (_, _, unknown) = await Claim(gateway, '1');
        var reply = await gateway.Post($"{unknown.Path}/not-mine", null, unknown.Token);
        var waits = await reply.Problem(409, "number_change_unknown");
        Assert.InRange(waits.GetProperty("until").GetDateTimeOffset() - gateway.Clock.GetUtcNow(), TimeSpan.FromDays(6.9), TimeSpan.FromDays(7) + TimeSpan.FromMilliseconds(1)); // told to the millisecond
        Assert.InRange(int.Parse(reply.Header("Retry-After")!, CultureInfo.InvariantCulture), 6 * 86_400, 7 * 86_400 + 2);
        await (await unknown.Complete()).Problem(409, "account_exists");
    }

    [Fact]
    public async Task It_is_said_in_state_account_exists_and_with_the_attempts_own_token_only()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        (await person.Start()).Is(201);
        await (await gateway.Post($"{person.Path}/not-mine", null, person.Token)).Problem(409, "not_verified");
        var stranger = Visitor.ByPhone(gateway);
        (await stranger.Start()).Is(201);
        await (await gateway.Post($"{person.Path}/not-mine", null, stranger.Token)).Problem(404, "not_found");
        await (await gateway.Post($"{person.Path}/not-mine", null)).Problem(401, "unauthorized");
    }

    /// <summary>Somebody who proved a number, ending in a digit, that an account has not used for ninety days.</summary>
    internal static async Task<(string Account, string Session, Visitor Claimant)> Claim(LiveGateway gateway, char last)
    {
        Visitor old;
        do old = Visitor.ByPhone(gateway);
        while (old.Contact[^1] != last);
        var session = await old.Registered();
        var account = (await gateway.Get("/v1/account", session)).Is(200)["id"];
        gateway.Clock.Advance(TimeSpan.FromDays(90));
        var claimant = old.Spelt(old.Contact);
        (await claimant.Start()).Is(201);
        Assert.Equal("account_exists", (await claimant.Answer(await gateway.Code(old.Contact, 2))).Is(200)["state"]);
        return (account, session, claimant);
    }
}
