using AiCloud.Contacts;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Accounts;

/// <summary>Setting a password for an account that has none, over HTTP (C2.2f, S-06).</summary>
[Collection(MovingClock.Name)]
public sealed class FirstPasswordTests(SharedGateways gateways)
{
    private const string Path = "/v1/account/password", Confirming = "/v1/account/reauthentication";
    private const string Dropped = "another horse battery", Next = "a third horse battery";

    [Theory, InlineData("phone"), InlineData("email")]
    public async Task An_account_without_a_password_gets_one_once_a_code_has_confirmed_the_person_and_its_contact_is_told(string method)
    {
        var gateway = await gateways.Moving;
        var person = Visitor.By(gateway, method);
        var session = await WithoutPassword(gateway, person);
        await (await gateway.Post(Path, new { newPassword = Next }, session)).Problem(403, "reauthentication_required");
        // The one that was dropped is worth nothing, here or there.
        await (await gateway.Post(Path, new { currentPassword = Dropped, newPassword = Next }, session)).Problem(403, "reauthentication_required");
        await (await gateway.Post(Confirming, new { password = Dropped }, session)).Problem(401, "credentials_wrong");
        await (await person.SignIn(Dropped)).Problem(401, "credentials_wrong");

        await ConfirmByCode(gateway, person, session);
        Assert.Equal(["/newPassword password_too_short"], (await (await gateway.Post(Path, new { newPassword = "short" }, session)).Problem(422, "password_too_short")).Errors());
        (await gateway.Post(Path, new { newPassword = Next }, session)).Is(204);
        Assert.Equal("password_changed", (await gateway.Get("/v1/objection", await ContactTests.Notice(gateway, person.Contact))).Is(200)["kind"]);
        (await person.SignIn(Next)).Is(201);

        // From now on the confirmation is not enough any more.
        Assert.Equal(["/currentPassword required"], (await (await gateway.Post(Path, new { newPassword = "a fourth horse battery" }, session)).Problem(422, "invalid")).Errors());
        Assert.True((await gateway.Get(Confirming, session)).Is(200).Json.GetProperty("password").GetBoolean());
    }

    [Fact]
    public async Task A_code_carries_it_for_ten_minutes_and_no_longer__S06()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        var session = await WithoutPassword(gateway, person);
        await ConfirmByCode(gateway, person, session);
        var until = (await gateway.Get(Confirming, session)).Is(200).Json.GetProperty("validUntil").GetDateTimeOffset();
        try
        {
            gateway.Clock.Hold(until);
            await (await gateway.Post(Path, new { newPassword = Next }, session)).Problem(403, "reauthentication_required");
            gateway.Clock.Hold(until.AddTicks(-TimeSpan.TicksPerMillisecond));
            (await gateway.Post(Path, new { newPassword = Next }, session)).Is(204);
        }
        finally { gateway.Clock.GoOn(); }
    }

    private static async Task ConfirmByCode(LiveGateway gateway, Visitor person, string session)
    {
        var ways = (await gateway.Get(Confirming, session)).Is(200).Json;
        Assert.False(ways.GetProperty("password").GetBoolean());
        var contact = Assert.Single(ways.GetProperty("contacts").EnumerateArray()).GetProperty("id").GetString();
        var challenge = (await gateway.Post($"{Confirming}/challenges", new { contact }, session)).Is(201)["id"];
        (await gateway.Post(Confirming, new { challenge, code = await gateway.NextCode(person.Contact) }, session)).Is(200);
    }

    /// <summary>Registered, the password changed by somebody else, and objected to: it is gone. Answers a session that is no longer recent.</summary>
    private static async Task<string> WithoutPassword(LiveGateway gateway, Visitor person)
    {
        var session = await person.Registered();
        (await gateway.Post(Path, new { currentPassword = person.Password, newPassword = Dropped }, session)).Is(204);
        await gateway.Services.KeepingSessions(session, async () =>
            (await gateway.Post("/v1/objection", null, await ContactTests.Notice(gateway, person.Contact))).Is(200));
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        return session;
    }
}
