using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Staff;

/// <summary>Creating, raising, lowering and ending members takes the persons it should (C2.5a).</summary>
public sealed class StaffMemberTests(StaffGateway staff) : IClassFixture<StaffGateway>
{
    private const string Alpha = StaffGateway.Alpha, Beta = StaffGateway.Beta;

    private LiveGateway Gateway => staff.Gateway;

    [Fact]
    public async Task A_member_is_proposed_by_one_approved_by_another_and_opened_by_neither_alone()
    {
        var proposed = (await Gateway.Post("/v1/staff/members", new { name = "李华", roles = new[] { "documents.write" } }, Alpha)).Is(202);
        Assert.Equal("open", proposed["state"]);
        await (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Alpha)).Problem(403, "second_person_needed");
        var approved = (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Is(200);
        var (first, second) = (proposed["activationHalf"], approved["activationHalf"]);
        Assert.NotEqual(first, second);
        // Neither of the two has enough to act as the new member.
        foreach (var (one, other) in new[] { (first, first), (second, second), (second, first), (first, first[..^1] + (first[^1] == 'A' ? 'B' : 'A')) })
            await (await Gateway.Post("/v1/staff/activations", new { fromProposer = one, fromApprover = other })).Problem(404, "not_found");
        var key = Visitor.Key();
        var activated = (await Gateway.Post("/v1/staff/activations", new { fromProposer = first, fromApprover = second }, null, key)).Is(201);
        Assert.Equal(activated["token"], (await Gateway.Post("/v1/staff/activations", new { fromProposer = first, fromApprover = second }, null, key)).Is(201)["token"]);
        await (await Gateway.Post("/v1/staff/activations", new { fromProposer = first, fromApprover = second })).Problem(404, "not_found");

        var me = (await Gateway.Get("/v1/staff/me", activated["token"])).Is(200);
        Assert.Equal(("李华", "[\"documents.write\"]"), (me["name"], me["roles"]));
        Assert.Equal($"[\"{await staff.Id(Alpha)}\",\"{await staff.Id(Beta)}\"]", me["createdBy"]);
        Assert.Equal(proposed["member"], me["id"]);
        Assert.Contains((await Gateway.Get("/v1/staff/members", Beta)).Is(200).Json.EnumerateArray(), member => member.GetProperty("id").GetString() == me["id"]);
    }

    [Fact]
    public async Task A_repeated_proposal_is_one_proposal_and_the_same_key_for_another_is_refused()
    {
        var key = Visitor.Key();
        var body = new { name = "Once", roles = new[] { "documents.write" } };
        var first = (await Gateway.Post("/v1/staff/members", body, Alpha, key)).Is(202);
        Assert.Equal(first.Text, (await Gateway.Post("/v1/staff/members", body, Alpha, key)).Is(202).Text);
        await (await Gateway.Post("/v1/staff/members", new { name = "Twice", roles = new[] { "documents.write" } }, Alpha, key)).Problem(422, "idempotency_key_reused");
        // Another member's key is another key.
        Assert.NotEqual(first["id"], (await Gateway.Post("/v1/staff/members", body, Beta, key)).Is(202)["id"]);
        var approval = Visitor.Key();
        var approved = (await Gateway.Post($"/v1/staff/proposals/{first["id"]}/approval", null, Beta, approval)).Is(200);
        Assert.Equal(approved.Text, (await Gateway.Post($"/v1/staff/proposals/{first["id"]}/approval", null, Beta, approval)).Is(200).Text);
        await (await Gateway.Post($"/v1/staff/proposals/{first["id"]}/approval", null, Beta)).Problem(409, "proposal_closed");
    }

    [Fact]
    public async Task A_rejected_proposal_makes_nobody()
    {
        var proposed = (await Gateway.Post("/v1/staff/members", new { name = "Nobody", roles = new[] { "documents.write" } }, Alpha)).Is(202);
        Assert.Equal("rejected", (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/rejection", null, Alpha)).Is(200)["state"]);
        await (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Problem(409, "proposal_closed");
        Assert.DoesNotContain((await Gateway.Get("/v1/staff/members", Beta)).Is(200).Json.EnumerateArray(), member => member.GetProperty("id").GetString() == proposed["member"]);
    }

    [Fact]
    public async Task More_roles_need_a_second_person_and_fewer_count_at_the_next_request()
    {
        var token = await staff.NewMember("documents.write", "staff.manage");
        var id = await staff.Id(token);
        var (key, wanted) = (Visitor.Key(), new { roles = new[] { "documents.write", "staff.manage", "ledger.read" } });
        var raise = (await Gateway.Post($"/v1/staff/members/{id}/roles", wanted, Alpha, key)).Is(202);
        Assert.Equal("roles", raise["kind"]);
        Assert.False(raise.Json.TryGetProperty("activationHalf", out _));
        await (await Gateway.Post($"/v1/staff/proposals/{raise["id"]}/approval", null, token)).Problem(403, "second_person_needed");
        (await Gateway.Post($"/v1/staff/proposals/{raise["id"]}/approval", null, Beta)).Is(200);
        Assert.Equal(raise["id"], (await Gateway.Post($"/v1/staff/members/{id}/roles", wanted, Alpha, key)).Is(202)["id"]); // a late repeat lowers nothing
        Assert.Contains("ledger.read", (await Gateway.Get("/v1/staff/me", token)).Is(200)["roles"], StringComparison.Ordinal);
        (await Gateway.Get("/v1/staff/members", token)).Is(200);

        var lowered = (await Gateway.Post($"/v1/staff/members/{id}/roles", new { roles = new[] { "documents.write" } }, Beta)).Is(200);
        Assert.Equal("[\"documents.write\"]", lowered["roles"]);
        await (await Gateway.Get("/v1/staff/members", token)).Problem(403, "forbidden");
    }

    [Fact]
    public async Task An_ended_member_is_out_at_the_next_request_and_two_managers_stay()
    {
        var token = await staff.NewMember("documents.write");
        var id = await staff.Id(token);
        Assert.Equal("true", (await Gateway.Post($"/v1/staff/members/{id}/disablement", null, Alpha)).Is(200)["disabled"]);
        await (await Gateway.Get("/v1/staff/me", token)).Problem(404, "not_found");
        await (await Gateway.Post("/v1/staff/tokens", null, token)).Problem(404, "not_found");
        await (await Gateway.Post($"/v1/staff/members/{id}/activation", null, Alpha)).Problem(409, "member_disabled");
    }

    [Fact]
    public async Task Who_lost_their_token_gets_a_new_activation_from_two_others()
    {
        var lost = await staff.NewMember("documents.write");
        var id = await staff.Id(lost);
        var proposed = (await Gateway.Post($"/v1/staff/members/{id}/activation", null, Alpha)).Is(202);
        var approved = (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Is(200);
        (await Gateway.Get("/v1/staff/me", lost)).Is(200); // until the new way in is used
        var found = (await Gateway.Post("/v1/staff/activations", new { fromProposer = proposed["activationHalf"], fromApprover = approved["activationHalf"] })).Is(201)["token"];
        Assert.Equal(id, await staff.Id(found));
        await (await Gateway.Get("/v1/staff/me", lost)).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_member_just_created_and_their_creators_approve_nothing_of_each_other()
    {
        var child = await staff.NewMember("staff.manage");
        var ofChild = (await Gateway.Post("/v1/staff/members", new { name = "G", roles = new[] { "documents.write" } }, child)).Is(202)["id"];
        foreach (var creator in new[] { Alpha, Beta }) await (await Gateway.Post($"/v1/staff/proposals/{ofChild}/approval", null, creator)).Problem(403, "second_person_needed");
        var ofParent = (await Gateway.Post("/v1/staff/members", new { name = "H", roles = new[] { "documents.write" } }, Alpha)).Is(202)["id"];
        await (await Gateway.Post($"/v1/staff/proposals/{ofParent}/approval", null, child)).Problem(403, "second_person_needed");
    }

    [Fact]
    public async Task Both_halves_of_every_act_stand_in_the_audit_without_a_name_in_it()
    {
        var proposed = (await Gateway.Post("/v1/staff/members", new { name = "Verysecretname", roles = new[] { "documents.write" } }, Alpha)).Is(202);
        (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Is(200);
        await (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Alpha)).Problem(409, "proposal_closed");
        var (alpha, beta) = (await staff.Id(Alpha), await staff.Id(Beta));
        var audit = await staff.Audit();
        Assert.Contains((alpha, "staff.propose", "", "proposed"), audit);
        Assert.Equal(["intended", "done"], audit.Where(entry => entry.Staff == beta && entry.Target == proposed["id"]).Select(entry => entry.Outcome));
        Assert.Equal(["intended", "proposal_closed"], audit.Where(entry => entry.Staff == alpha && entry.Target == proposed["id"]).Select(entry => entry.Outcome));
        Assert.Contains(audit, entry => entry is { Staff: "system", Action: "staff.bootstrap", Outcome: "done" } && entry.Target == alpha);
        Assert.DoesNotContain(audit, entry => entry.ToString().Contains("Verysecretname", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"name":"","roles":["documents.write"]}""", "/name")]
    [InlineData("""{"name":"A","roles":[]}""", "/roles")]
    [InlineData("""{"name":"A","roles":["Documents.Write"]}""", "/roles/0")]
    [InlineData("""{"name":"A","roles":["documents.write","a b"]}""", "/roles/1")]
    [InlineData("""{"name":"A\u0000","roles":["documents.write"]}""", "/name")]
    public async Task A_proposal_that_cannot_be_one_changes_nothing(string body, string pointer)
    {
        var before = (await Gateway.Get("/v1/staff/proposals", Alpha)).Is(200).Text;
        var problem = await (await Gateway.Post("/v1/staff/members", body, Alpha)).Problem(422, "invalid");
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(before, (await Gateway.Get("/v1/staff/proposals", Alpha)).Is(200).Text);
    }
}
