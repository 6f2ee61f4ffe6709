using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Accounts;

/// <summary>A person's own account over HTTP.</summary>
public sealed class AccountTests(SharedGateways gateways)
{
    [Fact]
    public async Task The_account_shows_its_terms_and_masks_its_facts__C2_3a_C2_3b()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var account = (await gateway.Get("/v1/account", await person.Registered())).Is(200);
        Assert.Equal(("good", "1990-**-**", "en"), (account["standing"], account["birthDate"], account["locale"]));
        var terms = account.Json.GetProperty("terms");
        Assert.Equal(("platform", "exclusive_use", false), (terms.GetProperty("owner").GetString(), terms.GetProperty("right").GetString(), terms.GetProperty("transferable").GetBoolean()));
        Assert.DoesNotContain(person.Contact, account.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names_and_null_removes__RFC_7396()
    {
        var gateway = await gateways.Steady;
        var session = await Visitor.ByEmail(gateway).Registered();
        async Task<Reply> Patch(string json, string type = "application/merge-patch+json") =>
            (await gateway.Send(HttpMethod.Patch, "/v1/account", new StringContent(json, System.Text.Encoding.UTF8, type), session)).Is(200);

        var named = await Patch("""{"displayName":" 王小明 ","locale":"zh-CN"}""");
        Assert.Equal(("王小明", "zh-CN"), (named["displayName"], named["locale"]));
        Assert.Equal(("王小明", "en"), ((await Patch("""{"locale":"en"}""", "application/json"))["displayName"], (await Patch("{}"))["locale"]));
        Assert.False((await Patch("""{"displayName":null}""")).Json.TryGetProperty("displayName", out _));
        await Patch("""{"displayName":"again"}""");
        Assert.False((await Patch("""{"displayName":""}""")).Json.TryGetProperty("displayName", out _));
        // What an account cannot be without is not removed by being silent about it.
        foreach (var kept in new[] { "locale", "birthDate" })
        {
            var refused = await (await gateway.Send(HttpMethod.Patch, "/v1/account", $$"""{"displayName":"lost","{{kept}}":null}""", session)).Problem(422, "invalid");
            Assert.Contains($"/{kept} required", refused.Errors());
        }
        Assert.False((await Patch("{}")).Json.TryGetProperty("displayName", out _));
    }

    [Fact]
    public async Task Which_texts_were_accepted_when_and_how_can_be_read_back__C0_1_C0_2()
    {
        var gateway = await gateways.Steady;
        var acceptances = (await gateway.Get("/v1/account/acceptances", await Visitor.ByPhone(gateway).Registered())).Is(200).Json.EnumerateArray().ToArray();
        Assert.Equal(
            ["privacy-agreement registration_start explicit", "registration-agreement registration_completion explicit", "privacy-agreement registration_completion explicit"],
            acceptances.Select(accepted => $"{accepted.GetProperty("kind")} {accepted.GetProperty("act")} {accepted.GetProperty("manner")}"));
        Assert.True(acceptances[0].GetProperty("acceptedAt").GetDateTimeOffset() < acceptances[1].GetProperty("acceptedAt").GetDateTimeOffset());
        var agreement = acceptances[1];
        Assert.Equal(gateway.InForce("registration-agreement").Sha256, agreement.GetProperty("sha256").GetString());
        Assert.Equal(["violation-rules", "cancellation-rules"], agreement.GetProperty("incorporated").EnumerateArray().Select(rule => rule.GetProperty("kind").GetString()));
        foreach (var rule in agreement.GetProperty("incorporated").EnumerateArray()) (await gateway.Get(rule.GetProperty("href").GetString()!)).Is(200);
    }

    [Fact]
    public async Task A_password_changes_only_with_the_current_one_and_can_end_every_other_session__P_05()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var session = await person.Registered();
        var elsewhere = (await person.SignIn()).Is(201)["token"];
        async Task<Reply> Change(string current, string next) =>
            await gateway.Post("/v1/account/password", new { currentPassword = current, newPassword = next, endOtherSessions = true }, session);

        Assert.Equal(["/currentPassword credentials_wrong"], (await (await Change("a wrong guess", "another horse battery")).Problem(401, "credentials_wrong")).Errors());
        Assert.Equal(["/newPassword password_too_short"], (await (await Change(person.Password, "short")).Problem(422, "password_too_short")).Errors());
        await (await Change(person.Password, new string('长', 257))).Problem(422, "password_too_long");
        await (await Change(person.Password, "password123")).Problem(422, "password_compromised");
        await (await Change(person.Password, $"x{person.Contact[3..]}x")).Problem(422, "password_contains_identifier");
        (await gateway.Get("/v1/account", elsewhere)).Is(200);
        (await Change(person.Password, "another horse battery")).Is(204);
        await (await gateway.Get("/v1/account", elsewhere)).Problem(404, "not_found");
        await (await person.SignIn()).Problem(401, "credentials_wrong");
        (await person.SignIn("another horse battery")).Is(201);
    }

    [Fact]
    public async Task Guessing_at_the_current_password_with_a_stolen_session_ends()
    {
        var gateway = await gateways.Steady;
        var session = await Visitor.ByEmail(gateway).Registered();
        object guess = new { currentPassword = "guess number one", newPassword = "another horse battery" };
        for (var tries = 0; tries < 10; tries++) await (await gateway.Post("/v1/account/password", guess, session)).Problem(401, "credentials_wrong");
        var stopped = await gateway.Post("/v1/account/password", guess, session);
        await stopped.Problem(429, "too_many_attempts");
        Assert.NotNull(stopped.Header("Retry-After"));
    }

    [Fact]
    public async Task A_completion_repeated_after_the_password_changed_opens_no_session()
    {
        var gateway = await gateways.Steady;
        var person = await Visitor.ByPhone(gateway).Verified();
        var key = Visitor.Key();
        var session = (await person.Complete(null, key)).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
        (await gateway.Post("/v1/account/password", new { currentPassword = person.Password, newPassword = "another horse battery" }, session)).Is(204);
        await (await person.Complete(null, key)).Problem(422, "idempotency_key_reused");
        (await gateway.Get("/v1/account", session)).Is(200);
    }
}
