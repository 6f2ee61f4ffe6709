using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Staff;

namespace AiCloud.Services;

/// <summary>Another service asks whether an account may be used with it (C2.1e, C2.4b, C2.5c, L-10).</summary>
public sealed class EntitlementTests(ServiceGateway services) : IClassFixture<ServiceGateway>
{
    private static readonly string[] Types = ["open", "by-phone", "by-email", "by-contact", "identified", "named", "adults", "families", "unrestricted", "storage"];
    private static Task<string>? _token;

    private LiveGateway Gateway => services.Gateway;

    [Theory]
    [InlineData("open", true, true), InlineData("by-contact", true, true), InlineData("adults", true, true), InlineData("families", true, true), InlineData("unrestricted", true, true)]
    [InlineData("by-phone", true, false), InlineData("identified", true, false), InlineData("by-email", false, true), InlineData("named", false, false)]
    public async Task C2_1e_an_account_without_phone_or_ID_proof_is_allowed_only_where_none_is_needed(string type, bool byPhone, bool byEmail)
    {
        foreach (var (person, allowed) in new[] { (Visitor.ByPhone(Gateway), byPhone), (Visitor.ByEmail(Gateway), byEmail) })
        {
            var answer = (await Ask(type, await Account(person))).Is(200);
            Assert.Equal(allowed, answer.Json.GetProperty("allowed").GetBoolean());
            Assert.Equal(allowed ? 0 : 1, answer.Json.GetProperty("missing").GetArrayLength());
            Assert.Equal("good", answer["standing"]);
        }
    }

    [Fact]
    public async Task C2_1e_a_function_needs_what_its_service_needs_and_what_it_needs_itself()
    {
        var account = await Account(Visitor.ByEmail(Gateway));
        Assert.True((await Ask("storage", account, operation: "upload")).Is(200).Json.GetProperty("allowed").GetBoolean());
        var refused = (await Ask("storage", account, operation: "publish")).Is(200);
        Assert.False(refused.Json.GetProperty("allowed").GetBoolean());
        Assert.Equal("phone", Assert.Single(refused.Json.GetProperty("missing").EnumerateArray()).GetString());
        var unknown = await (await Ask("storage", account, operation: "format-disk")).Problem(422, "invalid");
        Assert.Contains("/operation unknown_value", unknown.Errors());
    }

    [Fact]
    public async Task C2_1b_adulthood_begins_with_the_day_in_Shanghai()
    {
        // Of age today, to the day, beside somebody who is so tomorrow and has a guardian: midnight passes between the two (AccountFactsTests has it to the tick).
        var day = AiCloud.Registration.Age.ShanghaiDay(Gateway.Clock.GetUtcNow());
        var person = await Visitor.ByPhone(Gateway).Verified();
        var completed = (await person.Complete(person.CompletionBody(day.AddYears(-18).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))).Is(201);
        var account = completed.Json.GetProperty("account").GetProperty("id").GetString()!;
        foreach (var type in new[] { "adults", "families" }) Assert.True((await Ask(type, account)).Is(200).Json.GetProperty("allowed").GetBoolean());

        var family = new AiCloud.Guardians.Family(Gateway);
        var session = await family.Registered();
        var minor = (await Gateway.Get("/v1/account", session)).Is(200)["id"];
        Assert.Equal((false, true), ((await Ask("adults", minor)).Is(200).Json.GetProperty("allowed").GetBoolean(), (await Ask("families", minor)).Is(200).Json.GetProperty("allowed").GetBoolean()));
        // The attack: "18 today", typed.
        await (await Gateway.Send(HttpMethod.Patch, "/v1/account", new { birthDate = day.AddYears(-18).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }, session)).Problem(403, "birth_date_needs_proof");
        Assert.False((await Ask("adults", minor)).Is(200).Json.GetProperty("allowed").GetBoolean());
    }

    [Fact]
    public async Task C2_4b_the_answer_holds_yes_and_no_and_nothing_of_the_person()
    {
        var person = Visitor.ByPhone(Gateway);
        var account = await Account(person);
        var answer = (await Ask("storage", account, use: true)).Is(200);
        Assert.Equal(["allowed", "missing", "standing", "noticeDue", "consentDue"], answer.Json.EnumerateObject().Select(member => member.Name));
        foreach (var fact in new[] { person.Contact[^4..], "1990", "Wang" }) Assert.DoesNotContain(fact, answer.Text.Replace(account, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_no_token_for_the_type_learns_nothing_of_any_account()
    {
        var account = await Account(Visitor.ByEmail(Gateway));
        var mine = await ServiceCaller.TokenFor(Gateway, "storage");
        var session = await Visitor.ByEmail(Gateway).Registered();
        var forged = mine[..^1] + (mine[^1] == 'A' ? 'B' : 'A');
        await (await Gateway.Post("/v1/services/storage/entitlements", new { account, use = false })).Problem(401, "unauthorized");
        foreach (var id in new[] { account, Guid.CreateVersion7().ToString() })
        {
            foreach (var wrong in new[] { forged, session, StaffGateway.Alpha, "svc.s1.a~b.c.d" }) await (await ServiceCaller.Ask(Gateway, wrong, "storage", id)).Problem(404, "not_found");
            await (await ServiceCaller.Ask(Gateway, mine, "open", id)).Problem(404, "not_found");       // another type
            await (await ServiceCaller.Ask(Gateway, mine, "no-such-type", id)).Problem(404, "not_found");
        }
        (await ServiceCaller.Ask(Gateway, mine, "storage", account)).Is(200);
    }

    [Fact]
    public async Task An_id_that_is_no_open_account_is_unknown_whatever_it_is()
    {
        await (await Ask("storage", Guid.CreateVersion7().ToString())).Problem(404, "account_unknown");
        await (await Ask("storage", Guid.Empty.ToString(), use: true)).Problem(404, "account_unknown");
        var pending = await Visitor.ByEmail(Gateway).Verified();
        await (await pending.Complete(pending.CompletionBody("2020-01-01"))).Problem(403, "under_age");
        await (await Gateway.Post("/v1/services/storage/entitlements", new { account = "me@example.com", use = false }, await Token())).Problem(422, "invalid");
    }

    [Fact]
    public async Task Fifty_at_once_are_answered_alike()
    {
        var account = await Account(Visitor.ByPhone(Gateway));
        await Token();
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Ask("storage", account, use: i % 2 == 0)));
        Assert.All(replies, reply => Assert.True(reply.Is(200).Json.GetProperty("allowed").GetBoolean()));
    }

    [Fact]
    public async Task While_nothing_may_be_changed_a_question_is_answered_and_a_use_waits()
    {
        await using var gateway = await LiveGateway.Start(StaffGateway.Settings);
        var account = await Account(Visitor.ByPhone(gateway), gateway);
        var token = await ServiceCaller.TokenFor(gateway, "object-storage");
        (await gateway.Send(HttpMethod.Put, "/v1/staff/switches/read-only", new { reason = "a test", seconds = 600 }, StaffGateway.Alpha)).Is(200);
        for (var tries = 0; (await ServiceCaller.Ask(gateway, token, "object-storage", account, use: true)).Status != 503; tries++) await Task.Delay(50 + 0 * tries);
        await (await ServiceCaller.Ask(gateway, token, "object-storage", account, use: true)).Problem(503, "read_only");
        (await ServiceCaller.Ask(gateway, token, "object-storage", account)).Is(200);
    }

    [Fact]
    public async Task L_01_a_person_sees_what_each_service_lacks_with_purpose_and_ground()
    {
        var session = await Visitor.ByEmail(Gateway).Registered();
        var mine = (await Gateway.Get("/v1/account/services", session, ("Accept-Language", "en"))).Is(200).Json.EnumerateArray().ToDictionary(type => type.GetProperty("id").GetString()!);
        Assert.Equal(Types, mine.Keys);
        Assert.True(mine["open"].GetProperty("allowed").GetBoolean());
        Assert.Equal("phone", mine["by-phone"].GetProperty("missing")[0].GetString());
        Assert.Equal(("phone", "Why", "Ground"), Need(mine["by-phone"]));
        Assert.Equal("By law", mine["named"].GetProperty("needs")[0].GetProperty("fullNumberGround").GetString());
        Assert.True(mine["storage"].GetProperty("allowed").GetBoolean()); // only its function lacks something
        Assert.Equal("phone", mine["storage"].GetProperty("missing")[0].GetString());
        Assert.Equal("用途", (await Gateway.Get("/v1/services/by-phone")).Is(200).Json.GetProperty("needs")[0].GetProperty("purpose").GetString());
        await (await Gateway.Get("/v1/services/no-such-type")).Problem(404, "not_found");
        await (await Gateway.Get("/v1/account/services", await Token())).Problem(404, "not_found");

        static (string?, string?, string?) Need(JsonElement type) =>
            (type.GetProperty("needs")[0].GetProperty("need").GetString(), type.GetProperty("needs")[0].GetProperty("purpose").GetString(), type.GetProperty("needs")[0].GetProperty("ground").GetString());
    }

    private Task<string> Token() => _token ??= ServiceCaller.TokenFor(Gateway, Types);

    private async Task<Reply> Ask(string type, string account, bool use = false, string? operation = null) =>
        await ServiceCaller.Ask(Gateway, await Token(), type, account, use, operation);

    private Task<string> Account(Visitor person) => Account(person, Gateway);

    private static async Task<string> Account(Visitor person, LiveGateway gateway) => (await gateway.Get("/v1/account", await person.Registered())).Is(200)["id"];
}
