using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Services;
using AiCloud.Staff;

namespace AiCloud.Facts;

/// <summary>Marks on facts over HTTP: what staff do, what the person is told and can do, what services are answered (C2.1g, Z-01).</summary>
public sealed class FactMarkEndpointTests(StaffGateway staff) : IClassFixture<StaffGateway>
{
    private const string Alpha = StaffGateway.Alpha, Beta = StaffGateway.Beta;
    private LiveGateway Gateway => staff.Gateway;

    [Fact]
    public async Task C2_1g_the_person_is_told_and_a_code_to_the_contact_lifts_the_restriction_at_once()
    {
        var (person, session, account) = await Registered();
        var mark = (await Gateway.Post(Marks(account, "phone"), new { fault = "outdated", evidence = "case 4711", days = 1 }, Alpha)).Is(201);
        Assert.Equal(("phone", "outdated", "case 4711"), (mark["fact"], mark["fault"], mark["evidence"]));
        Assert.Contains("mobile number", (await Gateway.Get($"/dev/outbox?to={Uri.EscapeDataString(person.Contact)}")).Is(200).Json[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("[\"phone\"]", (await Gateway.Get("/v1/account", session)).Is(200)["factsMarked"]);
        var service = await ServiceCaller.TokenFor(Gateway, "object-storage");
        Assert.Equal("true", (await Ask(service, account)).Is(200)["allowed"]);
        Gateway.Clock.Advance(TimeSpan.FromDays(1));
        var refused = (await Ask(service, account)).Is(200);
        Assert.Equal(("false", "[\"contact\"]", "limited"), (refused["allowed"], refused["missing"], refused["standing"]));
        session = (await person.SignIn()).Is(201)["token"];
        Assert.Equal("restricted", Standing(await Gateway.Get("/v1/account/fact-marks", session), "phone"));

        var contact = (await Gateway.Get("/v1/account/fact-marks", session)).Is(200).Json.GetProperty("contacts")[0].GetProperty("id").GetString();
        await (await Gateway.Post("/v1/account/fact-marks/proofs", new { contact = "another" }, session)).Problem(404, "not_found");
        var sent = (await Gateway.Post("/v1/account/fact-marks/proofs", new { contact }, session)).Is(201);
        Assert.Equal("fact_proof", sent["purpose"]);
        var code = await Newest(person.Contact);
        await (await Gateway.Post($"/v1/account/fact-marks/proofs/{sent["id"]}", new { code = Visitor.Not(code) }, session)).Problem(422, "code_wrong");
        var proven = (await Gateway.Post($"/v1/account/fact-marks/proofs/{sent["id"]}", new { code }, session)).Is(200);
        Assert.Equal("stands", Standing(proven, "phone"));
        Assert.Equal("proven", proven.Json.GetProperty("marks")[0].GetProperty("ending").GetString());
        Assert.Equal("true", (await Ask(service, account)).Is(200)["allowed"]);
    }

    [Fact]
    public async Task C2_1g_typing_a_fact_in_again_lifts_nothing()
    {
        var (_, session, account) = await Registered();
        (await Gateway.Post(Marks(account, "birth_date"), new { fault = "false", evidence = "case 1" }, Alpha)).Is(201);
        (await Gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = "Wang" }, session)).Is(200);
        Assert.Equal("marked", Standing(await Gateway.Get("/v1/account/fact-marks", session), "birth_date"));
    }

    [Fact]
    public async Task C2_1g_an_objection_is_seen_by_staff_and_answered_by_another()
    {
        var (_, session, account) = await Registered();
        var mark = (await Gateway.Post(Marks(account, "phone"), new { fault = "false", evidence = "case 4712" }, Alpha)).Is(201)["id"];
        var contested = (await Gateway.Post($"/v1/account/fact-marks/{mark}/contest", new { words = "It is mine.\nSince 2019." }, session)).Is(200);
        Assert.Equal("It is mine.\nSince 2019.", contested.Json.GetProperty("marks")[0].GetProperty("words").GetString());
        Assert.DoesNotContain("case 4712", contested.Text, StringComparison.Ordinal); // where the evidence is concerns staff
        await (await Gateway.Post($"/v1/account/fact-marks/{mark}/contest", new { words = "Again." }, session)).Problem(409, "already_contested");
        await (await Gateway.Post($"/v1/account/fact-marks/nothing/contest", new { words = "x" }, session)).Problem(404, "not_found");

        var seen = (await Gateway.Get($"/v1/staff/accounts/{account}/facts", Beta)).Is(200);
        Assert.Equal("It is mine.\nSince 2019.", seen.Json.GetProperty("marks")[0].GetProperty("words").GetString());
        await (await Gateway.Post($"/v1/staff/accounts/{account}/facts/marks/{mark}/answer", new { accepted = true }, Alpha)).Problem(403, "second_person_needed");
        Assert.Equal("contest_accepted", (await Gateway.Post($"/v1/staff/accounts/{account}/facts/marks/{mark}/answer", new { accepted = true }, Beta)).Is(200)["ending"]);
        await (await Gateway.Post($"/v1/staff/accounts/{account}/facts/marks/{mark}/withdrawal", null, Alpha)).Problem(409, "fact_mark_closed");
    }

    [Fact]
    public async Task Z_01_staff_see_how_facts_stand_and_nothing_of_them_and_each_look_and_act_is_in_the_audit()
    {
        var (person, _, account) = await Registered();
        var seen = (await Gateway.Get($"/v1/staff/accounts/{account}/facts", Alpha)).Is(200);
        Assert.Equal("true", seen.Json.GetProperty("facts")[0].GetProperty("held").GetRawText());
        foreach (var fact in new[] { person.Contact[3..], $"*{person.Contact[^4..]}", "1990-", "contacts" }) Assert.DoesNotContain(fact, seen.Text, StringComparison.Ordinal);
        var mark = (await Gateway.Post(Marks(account, "phone"), new { fault = "false", evidence = "case 9" }, Alpha)).Is(201)["id"];
        (await Gateway.Post($"/v1/staff/accounts/{account}/facts/marks/{mark}/withdrawal", null, Beta)).Is(200);
        var without = await staff.NewMember(StaffRoles.ManageServices);
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/v1/staff/accounts/{account}/facts", null), (HttpMethod.Post, Marks(account, "phone"), new { fault = "false", evidence = "x" }),
            (HttpMethod.Post, $"/v1/staff/accounts/{account}/facts/marks/{mark}/withdrawal", null), (HttpMethod.Post, $"/v1/staff/accounts/{account}/facts/marks/{mark}/answer", new { accepted = true }),
        })
        {
            await (await Gateway.Send(method, path, body, without)).Problem(403, "forbidden");
            await (await Gateway.Send(method, path, body, "stf.s1.a~b.c.d")).Problem(404, "not_found");
            await (await Gateway.Send(method, path, body)).Problem(401, "unauthorized");
        }
        var key = account;
        var audit = await staff.Audit();
        foreach (var (action, target, outcome) in new[] { ("fact.read", key, "done"), ("fact.mark", $"{key}/phone", "done"), ("fact.withdraw", $"{key}/{mark}", "done"), ("fact.answer", $"{key}/{mark}", "forbidden") })
            Assert.Contains(audit, entry => entry.Action == action && entry.Target == target && entry.Outcome == outcome);
    }

    [Fact]
    public async Task What_cannot_be_marked_is_refused_by_name()
    {
        var (_, _, account) = await Registered();
        await (await Gateway.Post(Marks(account, "email"), new { fault = "false", evidence = "x" }, Alpha)).Problem(409, "fact_not_held");
        await (await Gateway.Post(Marks(account, "shoe_size"), new { fault = "false", evidence = "x" }, Alpha)).Problem(404, "not_found");
        await (await Gateway.Post(Marks("no-id", "phone"), new { fault = "false", evidence = "x" }, Alpha)).Problem(404, "not_found");
        await (await Gateway.Post(Marks(Guid.CreateVersion7().ToString(), "phone"), new { fault = "false", evidence = "x" }, Alpha)).Problem(404, "not_found");
        foreach (var body in new object[] { new { fault = "silly", evidence = "x" }, new { fault = "false", evidence = "" }, new { fault = "false", evidence = "x", days = 0 }, new { fault = "false", evidence = "x", days = 91 } })
            await (await Gateway.Post(Marks(account, "phone"), body, Alpha)).Problem(422, "invalid");
        (await Gateway.Post(Marks(account, "phone"), new { fault = "false", evidence = "x" }, Alpha)).Is(201);
        await (await Gateway.Post(Marks(account, "phone"), new { fault = "false", evidence = "x" }, Alpha)).Problem(409, "fact_already_marked");
    }

    private async Task<(Visitor Person, string Session, string Account)> Registered()
    {
        var person = Visitor.ByPhone(Gateway);
        var session = await person.Registered();
        return (person, session, (await Gateway.Get("/v1/account", session)).Is(200)["id"]);
    }

    private Task<Reply> Ask(string token, string account) => ServiceCaller.Ask(Gateway, token, "object-storage", account);

    private Task<string> Newest(string contact) => Gateway.Outbox.Wait(contact, sent => sent.FirstOrDefault(message => message.Purpose == "fact-proof")?.Code);

    private static string Marks(string account, string fact) => $"/v1/staff/accounts/{account}/facts/{fact}/marks";

    private static string? Standing(Reply reply, string fact) =>
        reply.Is(200).Json.GetProperty("facts").EnumerateArray().Single(one => one.GetProperty("fact").GetString() == fact).GetProperty("standing").GetString();
}
