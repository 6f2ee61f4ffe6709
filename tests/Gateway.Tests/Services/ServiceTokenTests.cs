using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Staff;
using static AiCloud.Services.ServiceCaller;

namespace AiCloud.Services;

/// <summary>Services that may ask, and their tokens: who lets them, for how long, and that an end is everywhere within five seconds.</summary>
public sealed class ServiceTokenTests(StaffGateway staff) : IClassFixture<StaffGateway>
{
    private const string Type = "object-storage", Path = "/v1/staff/services";
    private LiveGateway Gateway => staff.Gateway;

    [Fact]
    public async Task A_service_is_proposed_by_one_and_approved_by_another_before_it_gets_a_token()
    {
        var proposed = (await Gateway.Post(Path, new { name = "Storage", types = new[] { Type } }, StaffGateway.Alpha)).Is(202);
        Assert.Equal("proposed", proposed["state"]);
        var client = $"{Path}/{proposed["id"]}";
        await (await Gateway.Post($"{client}/tokens", new { days = 1 }, StaffGateway.Beta)).Problem(403, "second_person_needed");
        await (await Gateway.Post($"{client}/approval", null, StaffGateway.Alpha)).Problem(403, "second_person_needed");
        Assert.Equal("active", (await Gateway.Post($"{client}/approval", null, StaffGateway.Beta)).Is(200)["state"]);
        await (await Gateway.Post($"{client}/approval", null, StaffGateway.Beta)).Problem(409, "proposal_closed");
        (await Gateway.Post($"{client}/tokens", new { days = 1 }, StaffGateway.Alpha)).Is(201);
    }

    [Fact]
    public async Task A_token_is_told_once_and_kept_as_a_digest()
    {
        var service = await Approved(Gateway, Type);
        var (token, id) = await service.Token();
        var listed = (await Gateway.Get(Path, StaffGateway.Alpha)).Is(200);
        Assert.DoesNotContain(token, listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[3], listed.Text, StringComparison.Ordinal);
        Assert.Contains(id, listed.Text, StringComparison.Ordinal);
        Assert.StartsWith($"svc.s1.{service.Id}~{id}.", token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_are_rotated_side_by_side_and_an_end_counts_within_five_seconds()
    {
        var service = await Approved(Gateway, Type);
        var (first, firstId) = await service.Token();
        var (second, _) = await service.Token();
        await Until(Gateway, Type, first, works: true);
        (await Gateway.Delete($"{service.Path}/tokens/{firstId}", StaffGateway.Beta)).Is(200);
        Assert.InRange(await Until(Gateway, Type, first, works: false), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Until(Gateway, Type, second, works: true);
        Assert.Equal("false", (await Gateway.Delete($"{service.Path}/tokens/{firstId}", StaffGateway.Beta)).Is(200)["works"]); // again: no error
        await (await Gateway.Delete($"{service.Path}/tokens/nothing", StaffGateway.Beta)).Problem(404, "not_found");

        Assert.Equal("ended", (await Gateway.Post($"{service.Path}/end", null, StaffGateway.Alpha)).Is(200)["state"]);
        Assert.InRange(await Until(Gateway, Type, second, works: false), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await (await Gateway.Post($"{service.Path}/tokens", new { days = 1 }, StaffGateway.Alpha)).Problem(409, "service_client_ended");
    }

    [Fact]
    public async Task The_word_of_a_change_finds_its_hearer_also_after_the_memory_was_cleaned_up()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (first, _) = await (await Approved(Gateway, Type)).Token();
        (await Gateway.Send(HttpMethod.Put, "/v1/staff/switches/sends.country.999", new { reason = "a test", seconds = 60 }, StaffGateway.Alpha)).Is(200);
        (await Gateway.Delete("/v1/staff/switches/sends.country.999", StaffGateway.Alpha)).Is(200);
        await Until(Gateway, Type, first, works: true);
        Assert.DoesNotContain(Gateway.Log.Lines, line => line.Contains("Unexpected target grain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_has_at_most_ten_tokens_that_work()
    {
        var service = await Approved(Gateway, Type);
        string? last = null;
        for (var i = 0; i < 10; i++) last = (await Gateway.Post($"{service.Path}/tokens", new { days = 1 }, StaffGateway.Alpha)).Is(201)["id"];
        await (await Gateway.Post($"{service.Path}/tokens", new { days = 1 }, StaffGateway.Alpha)).Problem(409, "too_many_service_tokens");
        (await Gateway.Delete($"{service.Path}/tokens/{last}", StaffGateway.Alpha)).Is(200);
        (await Gateway.Post($"{service.Path}/tokens", new { days = 1 }, StaffGateway.Alpha)).Is(201);
    }

    [Fact]
    public async Task Only_types_of_the_catalogue_can_be_named()
    {
        var refused = await (await Gateway.Post(Path, new { name = "x", types = new[] { Type, "no-such-type" } }, StaffGateway.Alpha)).Problem(422, "invalid");
        Assert.Contains("/types/1 unknown_value", refused.Errors());
        foreach (var days in new[] { 0, 401 }) await (await Gateway.Post($"{Path}/x/tokens", new { days }, StaffGateway.Alpha)).Problem(422, "invalid");
        foreach (var address in new[] { "x", "a~b", "%2e%2e%2f", new string('a', 100) }) await (await Gateway.Post($"{Path}/{address}/tokens", new { days = 1 }, StaffGateway.Alpha)).Problem(404, "not_found");
    }

    [Fact]
    public async Task Without_the_role_nothing_is_seen_or_done_and_every_act_is_in_the_audit()
    {
        var service = await Approved(Gateway, Type);
        var (_, token) = await service.Token();
        var without = await staff.NewMember(StaffRoles.Operations);
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, Path, null), (HttpMethod.Post, Path, new { name = "x", types = new[] { Type } }), (HttpMethod.Post, $"{service.Path}/approval", null),
            (HttpMethod.Post, $"{service.Path}/end", null), (HttpMethod.Post, $"{service.Path}/tokens", new { days = 1 }), (HttpMethod.Delete, $"{service.Path}/tokens/{token}", null),
        })
        {
            await (await Gateway.Send(method, path, body, without)).Problem(403, "forbidden");
            await (await Gateway.Send(method, path, body, "stf.s1.a~b.c.d")).Problem(404, "not_found");
            await (await Gateway.Send(method, path, body)).Problem(401, "unauthorized");
        }
        (await Gateway.Delete($"{service.Path}/tokens/{token}", StaffGateway.Alpha)).Is(200);
        var audit = await staff.Audit();
        foreach (var (action, target, outcome) in new[]
        {
            ("service.propose", "", "proposed"), ("service.approve", service.Id, "intended"), ("service.approve", service.Id, "done"), ("service.token.issue", service.Id, "done"),
            ("service.token.revoke", $"{service.Id}/{token}", "done"), ("service.token.issue", service.Id, "forbidden"),
        })
            Assert.Contains(audit, entry => entry.Action == action && entry.Target == target && entry.Outcome == outcome);
    }
}
