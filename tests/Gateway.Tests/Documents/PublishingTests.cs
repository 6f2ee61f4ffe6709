using System.Text.Json.Nodes;
using AiCloud.Live;
using AiCloud.Staff;

namespace AiCloud.Documents;

/// <summary>One member of staff writes, another announces, and it takes two to withdraw (C2.5a, C2.5b), over HTTP.</summary>
public sealed class PublishingTests(Publisher publisher) : IClassFixture<Publisher>
{
    private const string Alpha = Publisher.Alpha, Beta = Publisher.Beta;

    private LiveGateway Gateway => publisher.Gateway;

    [Fact]
    public async Task A_version_is_written_by_one_announced_by_another_and_in_force_seven_days_after__C2_5b()
    {
        var kind = await publisher.Kind();
        var draft = (await publisher.Draft(kind, Publisher.Body("1.1", "effectiveAfter", "P7D"))).Is(201);
        Assert.Equal(("draft", kind, "P7D"), (draft["state"], draft["kind"], draft["effectiveAfter"]));
        Assert.Equal($"/v1/staff/documents/{kind}/versions/1.1", draft.Header("Location"));
        // Nobody outside sees a draft.
        await (await Gateway.Get($"/v1/documents/{kind}/versions/1.1")).Problem(404, "not_found");

        await publisher.Refused(kind, 403, "second_person_needed", () => publisher.Announce(kind, "1.1", Alpha));
        var announced = (await publisher.Announce(kind, "1.1")).Is(200);
        var (at, effective) = (announced.Json.GetProperty("announcedAt").GetDateTimeOffset(), announced.Json.GetProperty("effectiveAt").GetDateTimeOffset());
        Assert.Equal(TimeSpan.FromDays(7), effective - at);
        Assert.True((Gateway.Clock.GetUtcNow() - at).Duration() < TimeSpan.FromMinutes(1));
        Assert.Equal(draft["sha256"], announced["sha256"]);

        var shown = await Eventually(kind, document => document.GetProperty("announced").ValueKind == System.Text.Json.JsonValueKind.Object);
        Assert.Equal("1.1", shown.GetProperty("announced").GetProperty("version").GetString());
        Assert.Equal("1.0", shown.GetProperty("inForce").GetProperty("version").GetString());
        var text = (await Gateway.Get($"/v1/documents/{kind}/versions/1.1")).Is(200);
        Assert.Equal("# Text\n\nClause.", text.Json.GetProperty("content").GetProperty("en").GetString());
        Assert.Equal(draft["sha256"], text["sha256"]);
    }

    [Fact]
    public async Task An_announcement_cannot_be_made_twice_nor_beside_another()
    {
        var kind = await publisher.Kind();
        (await publisher.Draft(kind, Publisher.Body("1.1"))).Is(201);
        (await publisher.Draft(kind, Publisher.Body("1.2"))).Is(201);
        var key = Visitor.Key();
        var first = (await publisher.Announce(kind, "1.1", Beta, key)).Is(200);
        Assert.Equal(first.Text, (await publisher.Announce(kind, "1.1", Beta, key)).Is(200).Text);
        await publisher.Refused(kind, 409, "not_a_draft", () => publisher.Announce(kind, "1.1"));
        await publisher.Refused(kind, 409, "another_announced", () => publisher.Announce(kind, "1.2"));
    }

    [Fact]
    public async Task It_takes_two_to_withdraw_a_draft_or_an_announced_version()
    {
        var kind = await publisher.Kind();
        (await publisher.Draft(kind, Publisher.Body("1.1"))).Is(201);
        (await publisher.Draft(kind, Publisher.Body("1.2"))).Is(201);
        (await publisher.Announce(kind, "1.2")).Is(200);
        foreach (var (version, state) in new[] { ("1.1", "draft"), ("1.2", "announced") })
        {
            var key = Visitor.Key();
            Assert.Equal(state, (await publisher.Withdraw(kind, version, Alpha, key)).Is(202)["state"]);
            (await publisher.Withdraw(kind, version, Alpha, key)).Is(202); // the same call again is not a second person
            await publisher.Refused(kind, 403, "second_person_needed", () => publisher.Withdraw(kind, version, Alpha));
            Assert.Equal("withdrawn", (await publisher.Withdraw(kind, version, Beta)).Is(200)["state"]);
            await publisher.Refused(kind, 409, "not_a_draft", () => publisher.Announce(kind, version));
            await publisher.Refused(kind, 409, "document_version_used", () => publisher.Draft(kind, Publisher.Body(version)), "/version");
        }
        await Eventually(kind, document => document.GetProperty("announced").ValueKind == System.Text.Json.JsonValueKind.Null);
        await publisher.Refused(kind, 409, "already_in_force", () => publisher.Withdraw(kind, "1.0"));
        Assert.Equal(["1.0 in_force", "1.1 withdrawn", "1.2 withdrawn"], await States(kind));
    }

    [Fact]
    public async Task Staff_see_every_state_with_who_did_what_and_the_text_that_is_to_be_announced()
    {
        var kind = await publisher.Kind();
        (await publisher.Draft(kind, Publisher.Body("1.1", "# Draft"))).Is(201);
        var draft = (await Gateway.Get($"{Publisher.Versions(kind)}/1.1", Beta)).Is(200);
        Assert.Equal("# Draft", draft.Json.GetProperty("content").GetProperty("en").GetString());
        var me = (await Gateway.Get("/v1/staff/me", Alpha)).Is(200)["id"];
        Assert.Equal(me, draft.Json.GetProperty("version").GetProperty("author").GetString());
        Assert.Equal(["1.0 in_force", "1.1 draft"], await States(kind));
        await (await Gateway.Get($"{Publisher.Versions(kind)}/9.9", Beta)).Problem(404, "not_found");
        // What came with the product has no author.
        var first = (await Gateway.Get(Publisher.Versions("violation-rules"), Beta)).Is(200).Json[0];
        Assert.Equal("in_force", first.GetProperty("state").GetString());
        Assert.False(first.TryGetProperty("author", out _));
    }

    [Fact]
    public async Task A_repeated_draft_is_one_draft_and_the_same_key_for_another_text_is_refused()
    {
        var kind = await publisher.Kind();
        var key = Visitor.Key();
        var first = (await publisher.Draft(kind, Publisher.Body("1.1"), Alpha, key)).Is(201);
        Assert.Equal(first.Text, (await publisher.Draft(kind, Publisher.Body("1.1"), Alpha, key)).Is(201).Text);
        await publisher.Refused(kind, 422, "idempotency_key_reused", () => publisher.Draft(kind, Publisher.Body("1.1", "# Other"), Alpha, key));
        await publisher.Refused(kind, 422, "idempotency_key_reused", () => publisher.Draft(kind, Publisher.Body("1.2"), Alpha, key));
        await publisher.Refused(kind, 409, "document_version_used", () => publisher.Draft(kind, Publisher.Body("1.1"), Beta, key)); // another member's key is another key
    }

    [Fact]
    public async Task Of_many_who_announce_at_once_one_announces_and_nobody_announces_their_own()
    {
        var kind = await publisher.Kind();
        (await publisher.Draft(kind, Publisher.Body("1.1"))).Is(201);
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => publisher.Announce(kind, "1.1", i % 2 == 0 ? Beta : Alpha)));
        Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies, reply => Assert.Contains(reply.Status, new[] { 200, 403, 409 }));
    }

    [Theory]
    [InlineData("documents.announce", "POST", "", "document.draft")]
    [InlineData("documents.write", "POST", "/1.0/announcement", "document.announce")]
    [InlineData("ledger.read", "POST", "/1.0/withdrawal", "document.withdraw")]
    [InlineData("staff.manage", "GET", "", "document.list")]
    public async Task A_member_without_the_role_is_forbidden_and_the_audit_says_so(string role, string method, string path, string action)
    {
        var kind = await publisher.Kind();
        var proposed = (await Gateway.Post("/v1/staff/members", new { name = "M", roles = new[] { role } }, Alpha)).Is(202);
        var approved = (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Is(200);
        var token = (await Gateway.Post("/v1/staff/activations", new { fromProposer = proposed["activationHalf"], fromApprover = approved["activationHalf"] })).Is(201)["token"];
        await publisher.Refused(kind, 403, "forbidden",
            () => Gateway.Send(new HttpMethod(method), Publisher.Versions(kind) + path, method == "POST" && path == "" ? Publisher.Body("1.1").ToJsonString() : null, token));
        var audit = (await Gateway.Get("/v1/staff/audit?limit=500", Alpha)).Is(200).Json.EnumerateArray();
        Assert.Contains(audit, entry => entry.GetProperty("staff").GetString() == proposed["member"] && entry.GetProperty("action").GetString() == action && entry.GetProperty("outcome").GetString() == "forbidden");
    }

    [Fact]
    public async Task Who_created_a_writer_announces_nothing_of_theirs_on_the_same_day__C2_5a()
    {
        var kind = await publisher.Kind();
        var proposed = (await Gateway.Post("/v1/staff/members", new { name = "Puppet", roles = new[] { "documents.write" } }, Alpha)).Is(202);
        var approved = (await Gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Is(200);
        var puppet = (await Gateway.Post("/v1/staff/activations", new { fromProposer = proposed["activationHalf"], fromApprover = approved["activationHalf"] })).Is(201)["token"];
        (await publisher.Draft(kind, Publisher.Body("1.1"), puppet)).Is(201);
        foreach (var creator in new[] { Alpha, Beta }) await publisher.Refused(kind, 403, "second_person_needed", () => publisher.Announce(kind, "1.1", creator));
    }

    [Fact]
    public async Task Each_act_stands_in_the_audit_before_and_after()
    {
        var kind = await publisher.Kind();
        (await publisher.Draft(kind, Publisher.Body("1.1"))).Is(201);
        await publisher.Announce(kind, "1.1", Alpha);
        (await publisher.Announce(kind, "1.1", Beta)).Is(200);
        var entries = new List<string>();
        for (var last = "0"; (await Gateway.Get($"/v1/staff/audit?after={last}&limit=500", Alpha)).Is(200).Json.EnumerateArray().ToArray() is { Length: > 0 } page; last = page[^1].GetProperty("number").GetRawText())
            entries.AddRange(page.Where(entry => entry.GetProperty("target").GetString() == $"{kind}/1.1").Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("outcome").GetString()}"));
        Assert.Equal(
            ["document.draft intended", "document.draft done", "document.announce intended", "document.announce second_person_needed", "document.announce intended", "document.announce done"],
            entries);
    }

    private async Task<string[]> States(string kind) =>
        [.. (await Gateway.Get(Publisher.Versions(kind), Beta)).Is(200).Json.EnumerateArray().Select(version => $"{version.GetProperty("version").GetString()} {version.GetProperty("state").GetString()}")];

    // Pushed to every process, so a moment later at most.
    private async Task<System.Text.Json.JsonElement> Eventually(string kind, Func<System.Text.Json.JsonElement, bool> holds)
    {
        for (var tries = 0; ; tries++)
        {
            var found = (await Gateway.Get("/v1/documents")).Is(200).Json.EnumerateArray().FirstOrDefault(document => document.GetProperty("kind").GetString() == kind);
            if (found.ValueKind != System.Text.Json.JsonValueKind.Undefined && holds(found)) return found;
            Assert.True(tries < 200, "The list did not change within five seconds.");
            await Task.Delay(25);
        }
    }
}
