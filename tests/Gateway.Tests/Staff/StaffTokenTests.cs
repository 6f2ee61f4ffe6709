using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Staff;

/// <summary>Who gets in as staff, with what, and for how long (API.md, Staff).</summary>
public sealed class StaffTokenTests(StaffGateway staff) : IClassFixture<StaffGateway>
{
    private LiveGateway Gateway => staff.Gateway;

    [Fact]
    public async Task Tokens_of_the_settings_open_two_members_with_every_role()
    {
        foreach (var (token, name) in new[] { (StaffGateway.Alpha, "Alpha"), (StaffGateway.Beta, "Beta") })
        {
            var me = (await Gateway.Get("/v1/staff/me", token)).Is(200);
            Assert.Equal(name, me["name"]);
            Assert.Equal("[\"documents.announce\",\"documents.write\",\"facts.mark\",\"ledger.read\",\"operations\",\"services.manage\",\"staff.manage\"]", me["roles"]);
            Assert.False(me.Json.TryGetProperty("tokenExpiresAt", out _)); // embedded: no end
        }
        Assert.NotEqual(await staff.Id(StaffGateway.Alpha), await staff.Id(StaffGateway.Beta));
    }

    [Theory]
    [InlineData("GET", "/v1/staff/me")]
    [InlineData("POST", "/v1/staff/tokens")]
    [InlineData("DELETE", "/v1/staff/tokens/current")]
    [InlineData("GET", "/v1/staff/audit")]
    [InlineData("GET", "/v1/staff/members")]
    [InlineData("POST", "/v1/staff/members/x/disablement")]
    [InlineData("POST", "/v1/staff/members/x/activation")]
    [InlineData("GET", "/v1/staff/proposals")]
    [InlineData("POST", "/v1/staff/proposals/x/approval")]
    [InlineData("POST", "/v1/staff/proposals/x/rejection")]
    public async Task Without_a_token_it_is_401_and_with_anybody_elses_404(string method, string path)
    {
        await (await Gateway.Send(new HttpMethod(method), path)).Problem(401, "unauthorized");
        await (await Gateway.Send(new HttpMethod(method), path, null, "not a token")).Problem(401, "unauthorized");
        var person = await Visitor.ByPhone(Gateway).Registered();
        foreach (var wrong in new[] { person, "alpha-toke", "alpha-token1", "stf.a.b.c.d", "unknown" })
            await (await Gateway.Send(new HttpMethod(method), path, null, wrong)).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_staff_token_is_good_for_staff_only()
    {
        await (await Gateway.Get("/v1/account", StaffGateway.Alpha)).Problem(404, "not_found");
        await (await Gateway.Get("/v1/account", await staff.NewMember("documents.write"))).Problem(404, "not_found");
    }

    [Fact]
    public async Task An_exchanged_token_ends_when_the_new_one_is_first_used_and_a_repeat_tells_the_same_token()
    {
        var old = await staff.NewMember("documents.write");
        var key = Visitor.Key();
        var issued = (await Gateway.Post("/v1/staff/tokens", null, old, key)).Is(201);
        Assert.StartsWith("stf.", issued["token"], StringComparison.Ordinal);
        Assert.Equal(issued["token"], (await Gateway.Post("/v1/staff/tokens", null, old, key)).Is(201)["token"]); // the first answer may have been lost
        (await Gateway.Get("/v1/staff/me", old)).Is(200);
        (await Gateway.Get("/v1/staff/me", issued["token"])).Is(200);
        await (await Gateway.Get("/v1/staff/me", old)).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_token_that_its_holder_ended_opens_nothing_any_more()
    {
        var token = await staff.NewMember("documents.write");
        (await Gateway.Delete("/v1/staff/tokens/current", token)).Is(204);
        await (await Gateway.Get("/v1/staff/me", token)).Problem(404, "not_found");
        await (await Gateway.Delete("/v1/staff/tokens/current", token)).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_token_without_the_role_is_forbidden_noted_in_the_audit_and_cannot_fill_it__C2_5a()
    {
        var token = await staff.NewMember("documents.write");
        var id = await staff.Id(token);
        var problem = await (await Gateway.Get("/v1/staff/audit", token)).Problem(403, "forbidden");
        Assert.False(problem.TryGetProperty("errors", out _));
        for (var i = 0; i < 40; i++) await (await Gateway.Post("/v1/staff/members", new { name = "X", roles = new[] { "staff.manage" } }, token)).Problem(403, "forbidden");
        var refused = (await staff.Audit()).Where(entry => entry.Staff == id && entry.Outcome == "forbidden").ToArray();
        Assert.Contains(refused, entry => entry.Action == "audit.read");
        Assert.Equal(1, refused.Count(entry => entry.Action == "more"));
        Assert.Equal(21, refused.Length);
    }

    [Fact]
    public async Task What_a_stranger_sends_is_not_noted_at_all()
    {
        var before = (await staff.Audit()).Length;
        for (var i = 0; i < 10; i++) await (await Gateway.Post("/v1/staff/proposals/x/approval", null, $"guess-{i}")).Problem(404, "not_found");
        Assert.Equal(before, (await staff.Audit()).Length);
    }

    [Theory]
    [InlineData("after=-1", "/after")]
    [InlineData("limit=0", "/limit")]
    [InlineData("limit=501", "/limit")]
    public async Task A_page_of_the_audit_has_bounds(string query, string pointer)
    {
        var problem = await (await Gateway.Get($"/v1/staff/audit?{query}", StaffGateway.Alpha)).Problem(422, "invalid");
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        (await Gateway.Get("/v1/staff/audit?limit=500&after=0", StaffGateway.Alpha)).Is(200);
    }
}
