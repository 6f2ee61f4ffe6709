using System.Text.RegularExpressions;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Registration;

/// <summary>The way from a contact to an account, as API.md has it.</summary>
public sealed class FlowTests(SharedGateways gateways)
{
    private static readonly Regex Instant = new("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", RegexOptions.CultureInvariant);

    [Theory]
    [InlineData("phone", @"^\+86 13\d\*{4}\d{4}$")]
    [InlineData("email", @"^w\*{3}@example\.com$")]
    public async Task A_person_registers_with_a_code_a_password_and_both_agreements__C2_2a_C2_2b_C2_2c_C2_2d(string method, string destination)
    {
        var gateway = await gateways.Steady;
        var person = Visitor.By(gateway, method);

        var started = (await person.Start()).Is(201);
        Assert.Equal($"/v1/registrations/{person.Id}", started.Header("Location"));
        Assert.Equal("no-store", started.Header("Cache-Control"));
        Assert.Equal(("code_sent", "6", "5"), (started["state"], started["codeLength"], started["attemptsLeft"]));
        Assert.Matches(destination, started["destination"]);
        Assert.Contains(started["delivery"], new[] { "queued", "handed_over" });
        Assert.All(new[] { "codeExpiresAt", "sendsAt", "resendAllowedAt", "expiresAt" }, member => Assert.Matches(Instant, started[member]));

        var code = await gateway.Code(person.Contact);
        Assert.Matches("^[0-9]{6}$", code);
        var read = (await gateway.Get(person.Path, person.Token)).Is(200);
        Assert.False(read.Json.TryGetProperty("token", out _));
        var wrong = (await person.Answer(Visitor.Not(code))).Is(422);
        Assert.Equal(4, (await wrong.Problem(422, "code_wrong")).GetProperty("attemptsLeft").GetInt32());
        var verified = (await person.Answer(code)).Is(200);
        Assert.Equal("verified", verified["state"]);
        Assert.True(Time(verified["expiresAt"]) > Time(started["expiresAt"])); // renewed

        var completed = (await person.Complete()).Is(201);
        var (account, session) = (completed.Json.GetProperty("account"), completed.Json.GetProperty("session"));
        Assert.Matches(Instant, account.GetProperty("createdAt").GetString()!);
        Assert.Equal("full", session.GetProperty("scope").GetString());
        Assert.Matches(Instant, session.GetProperty("expiresAt").GetString()!);
        Assert.Equal("/v1/account", completed.Header("Location"));
        var own = (await gateway.Get("/v1/account", session.GetProperty("token").GetString())).Is(200);
        Assert.Equal(account.GetProperty("id").GetString(), own["id"]);
        Assert.Equal("completed", (await gateway.Get(person.Path, person.Token)).Is(200)["state"]);
        Assert.DoesNotContain(person.Contact, completed.Text + own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documents_to_accept_come_with_what_they_incorporate_and_can_be_read__C0_1()
    {
        var gateway = await gateways.Steady;
        var documents = (await Visitor.ByEmail(gateway).Start()).Is(201).Json.GetProperty("documents").EnumerateArray().ToArray();
        Assert.Equal(["registration-agreement", "privacy-agreement"], documents.Select(document => document.GetProperty("kind").GetString()));
        Assert.All(documents, document => Assert.True(document.GetProperty("required").GetBoolean()));
        var incorporated = documents[0].GetProperty("incorporates").EnumerateArray().ToArray();
        Assert.Equal(["violation-rules", "cancellation-rules"], incorporated.Select(document => document.GetProperty("kind").GetString()));
        foreach (var document in documents.Concat(incorporated))
        {
            var text = (await gateway.Get(document.GetProperty("href").GetString()!)).Is(200);
            Assert.Equal((document.GetProperty("kind").GetString(), document.GetProperty("version").GetString(), document.GetProperty("sha256").GetString()), (text["kind"], text["version"], text["sha256"]));
        }
    }

    [Fact]
    public async Task I_do_not_agree_erases_the_attempt_at_once__C0_1()
    {
        var gateway = await gateways.Steady;
        var person = await Visitor.ByPhone(gateway).Verified();
        Assert.Equal("", (await gateway.Delete(person.Path, person.Token)).Is(204).Text);
        await (await gateway.Get(person.Path, person.Token)).Problem(410, "registration_expired");
        await (await person.Complete()).Problem(410, "registration_expired");
        (await gateway.Delete(person.Path, person.Token)).Is(204); // again, since the answer may have been lost
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("email")]
    public async Task Starting_for_a_contact_with_an_account_is_answered_as_for_one_without__C2_2b(string method)
    {
        var gateway = await gateways.Steady;
        var (known, unknown) = (Visitor.By(gateway, method), Visitor.By(gateway, method));
        await known.Registered();
        await Visitor.By(gateway, method).Start(); // leaves nothing to chance: both contacts below are asked for a second time
        await unknown.Start();
        var (first, second) = (await Visitor.By(gateway, method).Spelt(known.Contact).Start(), await Visitor.By(gateway, method).Spelt(unknown.Contact).Start());
        var digits = new Regex("\\d{4}\"");
        Assert.Equal(digits.Replace(Visitor.Masked(first.Is(201).Text), "\""), digits.Replace(Visitor.Masked(second.Is(201).Text), "\""));
        Assert.Equal(Names(first), Names(second));
    }

    [Fact]
    public async Task Both_languages_have_their_words_and_one_code()
    {
        var gateway = await gateways.Steady;
        object nobody = new { method = "phone", phone = "12", privacyConsent = gateway.PrivacyConsent };
        var (zh, en) = (await gateway.Post("/v1/registrations", nobody, null, ("Accept-Language", "zh-CN")), await gateway.Post("/v1/registrations", nobody, null, ("Accept-Language", "en")));
        var (chinese, english) = (await zh.Problem(422, "phone_invalid"), await en.Problem(422, "phone_invalid"));
        Assert.NotEqual(chinese.GetProperty("title").GetString(), english.GetProperty("title").GetString());
        Assert.NotEqual(chinese.GetProperty("errors")[0].GetProperty("message").GetString(), english.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal(chinese.Errors(), english.Errors());
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Names(Reply reply) =>
        [.. reply.Message.Headers.Concat(reply.Message.Content.Headers).Select(header => header.Key).Where(name => name is not "Date").Order(StringComparer.Ordinal)];
}
