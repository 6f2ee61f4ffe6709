using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Registration;

/// <summary>Every refusal of API.md "Registration" that needs no clock.</summary>
public sealed class RefusalTests(SharedGateways gateways)
{
    [Theory]
    [InlineData("phone", "12345", "phone_invalid")]
    [InlineData("phone", "+86 10 6554 1234", "phone_invalid")] // a landline gets no message
    [InlineData("phone", "1-800-FLOWERS", "phone_invalid")]
    [InlineData("email", "nobody", "email_invalid")]
    [InlineData("email", "a@b@example.com", "email_invalid")]
    public async Task A_contact_that_can_get_no_message_is_refused_by_name(string method, string contact, string code)
    {
        var gateway = await gateways.Steady;
        var refused = await (await gateway.Post("/v1/registrations", Start(gateway, method, contact))).Problem(422, code);
        Assert.Equal([$"/{method} {code}"], refused.Errors());
    }

    [Fact]
    public async Task Numbers_of_a_region_that_is_not_served_are_refused()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Regions:Served:0", "CN"));
        await (await gateway.Post("/v1/registrations", Start(gateway, "phone", "+1 650 253 0000"))).Problem(422, "country_not_served");
        (await gateway.Post("/v1/registrations", Start(gateway, "phone", "+86 138 0013 8000"))).Is(201);
    }

    [Fact]
    public async Task Nothing_is_collected_without_consent_to_the_privacy_agreement_in_force__C0_2()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        var missing = person.StartBody.ToJson();
        missing.Remove("privacyConsent");
        await (await gateway.Post("/v1/registrations", missing)).Problem(422, "privacy_consent_missing");
        foreach (var (member, value) in new[] { ("version", "0.9"), ("sha256", new string('0', 64)) })
        {
            var outdated = person.StartBody.ToJson();
            outdated["privacyConsent"]![member] = value;
            var refused = await (await gateway.Post("/v1/registrations", outdated)).Problem(409, "document_not_in_force");
            Assert.Equal("registration-agreement", refused.GetProperty("documents")[0].GetProperty("kind").GetString());
        }
        Assert.Empty(await gateway.Codes(person.Contact));
    }

    [Fact]
    public async Task Another_code_is_sent_only_after_a_minute__C2_2b()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        (await person.Start()).Is(201);
        var refused = await gateway.Post($"{person.Path}/code", null, person.Token);
        await refused.Problem(429, "resend_too_soon");
        Assert.InRange(refused.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task The_fifth_wrong_code_voids_it_and_the_right_one_no_longer_helps__C2_2b()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        await person.Start();
        var code = await gateway.Code(person.Contact);
        for (var left = 4; left >= 0; left--)
            Assert.Equal(left, (await (await person.Answer(Visitor.Not(code))).Problem(422, "code_wrong")).GetProperty("attemptsLeft").GetInt32());
        await (await person.Answer(code)).Problem(429, "code_attempts_exhausted");
    }

    [Fact]
    public async Task Nobody_completes_before_the_contact_is_proven__C2_2b()
    {
        var person = Visitor.ByPhone(await gateways.Steady);
        await person.Start();
        await (await person.Complete()).Problem(409, "not_verified");
    }

    [Theory]
    [InlineData("short", "password_too_short")]
    [InlineData("password123", "password_compromised")]
    [InlineData("my aicloud secret", "password_contains_identifier")]
    public async Task A_weak_password_is_refused_with_the_reason_and_another_is_then_taken__C2_2c(string password, string code)
    {
        var person = await Visitor.ByPhone(await gateways.Steady).Verified();
        var refused = await (await person.Complete(With(person, body => body["password"] = password))).Problem(422, code);
        Assert.Equal([$"/password {code}"], refused.Errors());
        (await person.Complete()).Is(201);
    }

    [Fact]
    public async Task A_password_is_never_cut_short__C2_2c()
    {
        var person = await Visitor.ByPhone(await gateways.Steady).Verified();
        await (await person.Complete(With(person, body => body["password"] = new string('密', 257)))).Problem(422, "password_too_long");
        (await person.Complete(With(person, body => body["password"] = string.Concat(Enumerable.Range(0, 256).Select(i => (char)('倀' + i)))))).Is(201);
    }

    [Fact]
    public async Task Completing_needs_both_agreements_in_the_version_in_force__C0_1_C2_2d()
    {
        var person = await Visitor.ByEmail(await gateways.Steady).Verified();
        await (await person.Complete(With(person, body => body["acceptances"]!.AsArray().RemoveAt(1)))).Problem(422, "acceptance_missing");
        var outdated = await (await person.Complete(With(person, body => body["acceptances"]![0]!["sha256"] = new string('0', 64)))).Problem(409, "document_not_in_force");
        Assert.Equal(2, outdated.GetProperty("documents").GetArrayLength());
        (await person.Complete()).Is(201);
    }

    [Theory]
    [InlineData("information")] // C2.1e
    [InlineData("eligibility")] // C2.1d
    [InlineData("capacity")] // C2.1c
    public async Task Completing_needs_every_declaration__C2_1(string declaration)
    {
        var person = await Visitor.ByEmail(await gateways.Steady).Verified();
        await (await person.Complete(With(person, body => body["declarations"]![declaration] = false))).Problem(422, "declaration_missing");
        (await person.Complete()).Is(201);
    }

    [Theory]
    [InlineData("1990-02-30")]
    [InlineData("2999-01-01")]
    [InlineData("1850-01-01")]
    [InlineData("１９９０-01-01")]
    [InlineData("01/02/1990")]
    public async Task A_date_nobody_can_be_born_on_is_refused_and_not_taken_for_the_one_statement__C2_1a(string date)
    {
        var person = await Visitor.ByPhone(await gateways.Steady).Verified();
        await (await person.Complete(person.CompletionBody(date))).Problem(422, "birth_date_invalid");
        (await person.Complete()).Is(201);
    }

    [Fact]
    public async Task A_birth_date_is_stated_once__C2_1a()
    {
        var person = await Visitor.ByPhone(await gateways.Steady).Verified();
        var body = person.CompletionBody(Minor((await gateways.Steady).Clock.GetUtcNow()));
        await (await person.Complete(body)).Problem(403, "guardian_required");
        await (await person.Complete(person.CompletionBody("1990-03-01"))).Problem(409, "birth_date_already_stated");
    }

    [Fact]
    public async Task A_mistyped_birth_date_is_put_right_along_with_whatever_else_was_refused()
    {
        var person = await Visitor.ByPhone(await gateways.Steady).Verified();
        await (await person.Complete(With(person, body => (body["acceptances"], body["birthDate"]) = (new System.Text.Json.Nodes.JsonArray(), "1991-02-28")))).Problem(422, "acceptance_missing");
        await (await person.Complete(With(person, body => (body["password"], body["birthDate"]) = ("password123", "1992-02-28")))).Problem(422, "password_compromised");
        await (await person.Complete(With(person, body => (body["password"], body["birthDate"]) = ($"x{person.Contact[3..]}x", "1993-02-28")))).Problem(422, "password_contains_identifier");
        Assert.Equal("1990-**-**", (await person.Complete()).Is(201).Json.GetProperty("account").GetProperty("birthDate").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_the_fields_is_told_at_once()
    {
        var person = await Visitor.ByPhone(await gateways.Steady).Verified();
        foreach (var (member, fault, status) in new[] { ("acceptances", "acceptance_missing", 422), ("declarations", "declaration_missing", 422), ("birthDate", "birth_date_invalid", 422) })
        {
            var refused = await person.Complete(With(person, body =>
            {
                (body["password"], body["displayName"]) = ("short", "admin");
                if (member == "acceptances") body[member] = new System.Text.Json.Nodes.JsonArray();
                else if (member == "declarations") body[member]!["capacity"] = false;
                else body[member] = "2999-01-01";
            }));
            Assert.Equal([$"/{member} {fault}", "/displayName display_name_refused", "/password password_too_short"], (await refused.Problem(status, fault)).Errors());
        }
        var both = await person.Complete(With(person, body => (body["password"], body["displayName"]) = ("short", "admin")));
        Assert.Equal(["/displayName display_name_refused", "/password password_too_short"], (await both.Problem(422, "display_name_refused")).Errors());
        (await person.Complete()).Is(201);
    }

    [Fact]
    public async Task An_age_below_sixteen_is_decisive_whatever_else_is_wrong__C2_1a()
    {
        var gateway = await gateways.Steady;
        var person = await Visitor.ByPhone(gateway).Verified();
        await (await person.Complete(With(person, body => (body["password"], body["birthDate"], body["acceptances"]) =
            ("short", $"{gateway.Clock.GetUtcNow().Year - 12}-01-01", new System.Text.Json.Nodes.JsonArray())))).Problem(403, "under_age");
        await (await gateway.Get(person.Path, person.Token)).Problem(410, "registration_expired");
    }

    [Fact]
    public async Task Who_is_too_young_is_refused_and_the_attempt_erased__C2_1a()
    {
        var gateway = await gateways.Steady;
        var person = await Visitor.ByPhone(gateway).Verified();
        await (await person.Complete(person.CompletionBody($"{gateway.Clock.GetUtcNow().Year - 12}-01-01"))).Problem(403, "under_age");
        await (await gateway.Get(person.Path, person.Token)).Problem(410, "registration_expired");
    }

    [Fact]
    public async Task At_sixteen_a_guardian_is_needed_and_capacity_is_not_declared__C2_1b()
    {
        var gateway = await gateways.Steady;
        var person = await Visitor.ByPhone(gateway).Verified();
        var body = person.CompletionBody(Minor(gateway.Clock.GetUtcNow())).ToJson();
        body["declarations"]!.AsObject().Remove("capacity");
        await (await person.Complete(body)).Problem(403, "guardian_required");
    }

    [Fact]
    public async Task A_completed_registration_takes_no_second_completion_and_no_password()
    {
        var person = Visitor.ByEmail(await gateways.Steady);
        await person.Registered();
        await (await person.Complete()).Problem(409, "already_completed");
    }

    private static object Start(LiveGateway gateway, string method, string contact) => method == "phone"
        ? new { method, phone = contact, privacyConsent = gateway.PrivacyConsent }
        : (object)new { method, email = contact, privacyConsent = gateway.PrivacyConsent };

    private static string Minor(DateTimeOffset now) => Age.ShanghaiDay(now).AddYears(-17).AddDays(-20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static System.Text.Json.Nodes.JsonObject With(Visitor person, Action<System.Text.Json.Nodes.JsonObject> change)
    {
        var body = person.CompletionBody().ToJson();
        change(body);
        return body;
    }
}
