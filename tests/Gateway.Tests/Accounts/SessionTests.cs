using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Accounts;

/// <summary>Signing in and what a session may do (API.md, Sessions and account).</summary>
public sealed class SessionTests(SharedGateways gateways)
{
    [Theory]
    [InlineData("phone")]
    [InlineData("email")]
    public async Task A_person_signs_in_and_out__C2_4(string method)
    {
        var gateway = await gateways.Steady;
        var person = Visitor.By(gateway, method);
        await person.Registered();
        var signedIn = (await person.SignIn()).Is(201);
        Assert.Equal(("full", "good", "[]", "[]"), (signedIn["scope"], signedIn["standing"], signedIn["noticeDue"], signedIn["consentDue"]));
        Assert.EndsWith("Z", signedIn["expiresAt"], StringComparison.Ordinal);
        Assert.Equal(method, signedIn.Json.GetProperty("account").GetProperty("contacts")[0].GetProperty("kind").GetString());
        (await gateway.Delete("/v1/sessions/current", signedIn["token"])).Is(204);
        await (await gateway.Get("/v1/account", signedIn["token"])).Problem(404, "not_found");
        await (await gateway.Delete("/v1/sessions/current", signedIn["token"])).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_person_are_answered_alike__P_04()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        await person.Registered();
        var wrong = await person.SignIn("not the password");
        await wrong.Problem(401, "credentials_wrong");
        foreach (var unknown in new[] { Visitor.ByPhone(gateway).Contact, "nobody@example.com", "nobody", "@", "+", "' OR 1=1 --", "🙂", "\u202D+86" })
        {
            var refused = await person.SignIn(identifier: unknown);
            await refused.Problem(401, "credentials_wrong");
            Assert.Equal(Trace(wrong.Text), Trace(refused.Text));
            Assert.Equal(wrong.Message.Headers.Select(header => header.Key).Order(), refused.Message.Headers.Select(header => header.Key).Order());
        }
    }

    [Fact]
    public async Task Guessing_at_a_contact_ends_whether_or_not_there_is_an_account__P_04()
    {
        var gateway = await gateways.Steady;
        var known = Visitor.ByEmail(gateway);
        await known.Registered();
        foreach (var contact in new[] { known, Visitor.ByEmail(gateway) })
        {
            for (var guess = 0; guess < 10; guess++) await (await contact.SignIn("guess number one")).Problem(401, "credentials_wrong");
            var stopped = await contact.SignIn();
            await stopped.Problem(429, "too_many_attempts");
            Assert.NotNull(stopped.Header("Retry-After"));
        }
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one_or_all_others__C2_4c()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var first = await person.Registered();
        var second = (await person.SignIn(headers: ("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) MicroMessenger/8.0"))).Is(201)["token"];
        var third = (await person.SignIn()).Is(201)["token"];
        var listed = (await gateway.Get("/v1/account/sessions", first)).Is(200).Json.EnumerateArray().ToArray();
        Assert.Equal(3, listed.Length);
        Assert.Single(listed, session => session.GetProperty("current").GetBoolean());
        var phone = listed.Single(session => session.GetProperty("client").GetString() == "WeChat, iPhone").GetProperty("id").GetString();
        Assert.Equal(phone, (await gateway.Get($"/v1/account/sessions/{phone}", first)).Is(200)["id"]);
        (await gateway.Delete($"/v1/account/sessions/{phone}", first)).Is(204);
        await (await gateway.Get($"/v1/account/sessions/{phone}", first)).Problem(404, "not_found");
        await (await gateway.Get("/v1/account", second)).Problem(404, "not_found");
        (await gateway.Delete($"/v1/account/sessions/{phone}", first)).Is(204); // again, since the answer may have been lost
        (await gateway.Delete("/v1/account/sessions", first)).Is(204);
        await (await gateway.Get("/v1/account", third)).Problem(404, "not_found");
        Assert.Equal(1, (await gateway.Get("/v1/account/sessions", first)).Is(200).Json.GetArrayLength());
    }

    [Fact]
    public async Task Nobody_ends_another_persons_session()
    {
        var gateway = await gateways.Steady;
        var (victim, attacker) = (Visitor.ByPhone(gateway), Visitor.ByPhone(gateway));
        var (mine, theirs) = (await victim.Registered(), await attacker.Registered());
        var id = (await gateway.Get("/v1/account/sessions", mine)).Is(200).Json[0].GetProperty("id").GetString();
        await (await gateway.Get($"/v1/account/sessions/{id}", theirs)).Problem(404, "not_found");
        (await gateway.Delete($"/v1/account/sessions/{id}", theirs)).Is(204); // nothing of theirs has this id: already as asked
        (await gateway.Get("/v1/account", mine)).Is(200);
    }

    [Theory]
    [InlineData("GET", "/v1/account")]
    [InlineData("PATCH", "/v1/account")]
    [InlineData("GET", "/v1/account/acceptances")]
    [InlineData("GET", "/v1/account/sessions")]
    [InlineData("DELETE", "/v1/account/sessions")]
    [InlineData("GET", "/v1/account/sessions/AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("DELETE", "/v1/account/sessions/AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("POST", "/v1/account/password")]
    [InlineData("DELETE", "/v1/sessions/current")]
    public async Task Every_call_asks_for_a_session_and_takes_no_other_token(string method, string path)
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        await person.Start();
        object? body = method switch { "PATCH" => new { locale = "en" }, "POST" => new { currentPassword = "correct horse", newPassword = "battery staple" }, _ => null };
        async Task<Reply> Call(string? token) => await gateway.Send(new HttpMethod(method), path, body, token);

        await (await Call(null)).Problem(401, "unauthorized");
        foreach (var wrong in new[] { person.Token, "ses.a.b.c.d", "token", person.Token.Replace("reg.", "ses.", StringComparison.Ordinal) })
            await (await Call(wrong)).Problem(404, "not_found");
    }

    private static string Trace(string problem) => System.Text.RegularExpressions.Regex.Replace(problem, "\"traceId\":\"[^\"]*\"", "");
}
