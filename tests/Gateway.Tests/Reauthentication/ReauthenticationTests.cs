using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Reauthentication;

/// <summary>Confirming that it is you, over HTTP (S-06).</summary>
[Collection(MovingClock.Name)]
public sealed class ReauthenticationTests(SharedGateways gateways)
{
    private const string Path = "/v1/account/reauthentication";

    [Fact]
    public async Task The_password_renews_it_for_ten_minutes_more()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        var session = await person.Registered();
        var first = (await gateway.Get(Path, session)).Is(200);
        Assert.Equal(TimeSpan.FromMinutes(10), At(first, "validUntil") - At(first, "authenticatedAt"));
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.True(At((await gateway.Get(Path, session)).Is(200), "validUntil") < gateway.Clock.GetUtcNow());
        Assert.Equal(["/password credentials_wrong"], (await (await gateway.Post(Path, new { password = "a wrong guess" }, session)).Problem(401, "credentials_wrong")).Errors());
        var renewed = (await gateway.Post(Path, new { password = person.Password }, session)).Is(200);
        Assert.True(At(renewed, "validUntil") > gateway.Clock.GetUtcNow() + TimeSpan.FromMinutes(9));
        var listed = (await gateway.Get("/v1/account/sessions", session)).Is(200).Json[0];
        Assert.True(listed.GetProperty("openedAt").GetDateTimeOffset() < listed.GetProperty("authenticatedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_code_to_the_phone_renews_it_once()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        var session = await person.Registered();
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        var contact = (await gateway.Get(Path, session)).Is(200).Json.GetProperty("contacts")[0].GetProperty("id").GetString();
        var challenge = (await gateway.Post($"{Path}/challenges", new { contact }, session)).Is(201);
        Assert.Equal(("reauthentication", false), (challenge["purpose"], challenge.Json.GetProperty("proven").GetBoolean()));
        Assert.Equal(challenge.Header("Location"), $"/v1/account/challenges/{challenge["id"]}");
        var code = await gateway.Code(person.Contact, 2);
        Assert.Equal(4, (await (await gateway.Post(Path, new { challenge = challenge["id"], code = Visitor.Not(code) }, session)).Problem(422, "code_wrong")).GetProperty("attemptsLeft").GetInt32());
        var renewed = (await gateway.Post(Path, new { challenge = challenge["id"], code }, session)).Is(200);
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        var repeated = (await gateway.Post(Path, new { challenge = challenge["id"], code }, session)).Is(200);
        Assert.Equal(renewed["authenticatedAt"], repeated["authenticatedAt"]); // the code renews no second time
        Assert.True((await gateway.Get($"/v1/account/challenges/{challenge["id"]}", session)).Is(200).Json.GetProperty("proven").GetBoolean());
    }

    [Fact]
    public async Task A_code_of_one_session_is_none_of_another()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        var (mine, other) = (await person.Registered(), (await person.SignIn()).Is(201)["token"]);
        var contact = (await gateway.Get(Path, mine)).Is(200).Json.GetProperty("contacts")[0].GetProperty("id").GetString();
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var challenge = (await gateway.Post($"{Path}/challenges", new { contact }, mine)).Is(201)["id"];
        var code = await gateway.Code(person.Contact, 2);
        await (await gateway.Get($"/v1/account/challenges/{challenge}", other)).Problem(404, "not_found");
        await (await gateway.Post($"/v1/account/challenges/{challenge}/code", null, other)).Problem(404, "not_found");
        await (await gateway.Post(Path, new { challenge, code }, other)).Problem(404, "not_found");
        await (await gateway.Post(Path, new { challenge = "no id at all", code }, mine)).Problem(404, "not_found");
        (await gateway.Post(Path, new { challenge, code }, mine)).Is(200);
    }

    [Fact]
    public async Task A_code_by_e_mail_confirms_an_address_and_is_no_factor_beside_a_password__O05()
    {
        var gateway = await gateways.Moving;
        var session = await Visitor.ByEmail(gateway).Registered();
        var ways = (await gateway.Get(Path, session)).Is(200);
        Assert.True(ways.Json.GetProperty("password").GetBoolean());
        Assert.Empty(ways.Json.GetProperty("contacts").EnumerateArray());
        var contact = (await gateway.Get("/v1/account", session)).Is(200).Json.GetProperty("contacts")[0].GetProperty("id").GetString();
        await (await gateway.Post($"{Path}/challenges", new { contact }, session)).Problem(404, "not_found");
    }

    [Fact]
    public async Task Guessing_at_the_password_with_a_stolen_session_shares_the_ten_tries_of_changing_it()
    {
        var gateway = await gateways.Moving;
        var session = await Visitor.ByEmail(gateway).Registered();
        for (var tries = 0; tries < 5; tries++)
        {
            await (await gateway.Post(Path, new { password = "guess number one" }, session)).Problem(401, "credentials_wrong");
            await (await gateway.Post("/v1/account/password", new { currentPassword = "guess number two", newPassword = "another horse battery" }, session)).Problem(401, "credentials_wrong");
        }
        await (await gateway.Post(Path, new { password = "guess number three" }, session)).Problem(429, "too_many_attempts");
    }

    [Theory]
    [InlineData("{}", "/password required")]
    [InlineData("""{"challenge":"x"}""", "/code required")]
    [InlineData("""{"code":"1"}""", "/challenge required")]
    [InlineData("""{"password":"x","code":"1"}""", "/code refused")]
    public async Task It_takes_the_password_or_a_code(string body, string error)
    {
        var gateway = await gateways.Moving;
        var session = await Visitor.ByPhone(gateway).Registered();
        Assert.Equal([error], (await (await gateway.Post(Path, body, session)).Problem(422, "invalid")).Errors());
    }

    private static DateTimeOffset At(Reply reply, string member) => reply.Json.GetProperty(member).GetDateTimeOffset();
}
