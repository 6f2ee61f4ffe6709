using System.Text;
using System.Text.Json.Nodes;
using AiCloud.Live;

namespace AiCloud.Documents;

/// <summary>Whatever is wrong with a draft is a clear problem, and not a byte of what is kept changes (issue 3, bad input and abuse).</summary>
public sealed class BadDraftTests(Publisher publisher) : IClassFixture<Publisher>
{
    private const int Megabyte = 1024 * 1024;
    private readonly string kind = publisher.EmptyKindOnce("bad-drafts");

    [Theory]
    [InlineData("/version", "version", "")]
    [InlineData("/version", "version", "1.1/../x")]
    [InlineData("/version", "version", "123456789012345678901234567890123")]
    [InlineData("/effectiveAfter", "effectiveAfter", "7 days")]
    [InlineData("/effectiveAfter", "effectiveAfter", "P1M")]
    [InlineData("/effectiveAfter", "effectiveAfter", "-P7D")]
    [InlineData("/effectiveAfter", "effectiveAfter", "P")]
    [InlineData("/class", "class", "none")]
    [InlineData("/ground", "ground", "whim")]
    [InlineData("/prevails", "prevails", "fr")]
    public async Task A_member_out_of_its_rule_is_named(string pointer, string member, string value) =>
        await publisher.Refused(kind, 422, "invalid", () => publisher.Draft(kind, Publisher.Body("1.1", member, value)), pointer);

    [Theory]
    [InlineData("P6D", "effective_too_soon"), InlineData("PT167H", "effective_too_soon"), InlineData("P6DT23H", "effective_too_soon"), InlineData("P366D", "effective_too_soon"), InlineData("P53W", "effective_too_soon")]
    [InlineData("PT168H", null), InlineData("P1W", null), InlineData("P365D", null)]
    public async Task A_period_is_seven_days_at_least_and_365_at_most__C2_5b(string after, string? code)
    {
        var body = Publisher.First($"a-{after}");
        body["effectiveAfter"] = after;
        if (code is null) (await publisher.Draft(kind, body)).Is(201);
        else await publisher.Refused(kind, 422, code, () => publisher.Draft(kind, body), "/effectiveAfter");
    }

    [Theory]
    [InlineData("""{"en":"# Text"}""", "/content/zh-CN")]
    [InlineData("""{"zh-CN":"# 文本"}""", "/content/en")]
    [InlineData("""{"zh-CN":"# 文本","en":null}""", "/content/en")]
    [InlineData("""{"zh-CN":"# 文本","en":""}""", "/content/en")]
    [InlineData("""{"zh-CN":"# 文本","en":" \n\t "}""", "/content/en")]
    [InlineData("""{"zh-CN":"# 文本","en":"NUL \u0000 inside"}""", "/content/en")]
    [InlineData("""{"zh-CN":"# 文本","en":"half \ud83d of a pair"}""", "/content/en")]
    [InlineData("""{"zh-CN":"# 文本","en":"turned \u202e round"}""", "/content/en")]
    public async Task A_text_that_is_missing_empty_or_broken_is_named(string content, string pointer) =>
        await publisher.Refused(kind, 422, "invalid", () => publisher.Gateway.Post(
            Publisher.Versions(kind), Publisher.Body("1.1", "content", "@content@").ToJsonString().Replace("\"@content@\"", content, StringComparison.Ordinal), Publisher.Alpha), pointer);

    [Fact]
    public async Task Another_language_is_an_unknown_member() =>
        await publisher.Refused(kind, 422, "unknown_member",
            () => publisher.Draft(kind, Publisher.Body("1.1", "content", JsonNode.Parse("""{"zh-CN":"# 文本","en":"# Text","fr":"# Texte"}"""))), "/content/fr");

    [Theory]
    [InlineData("<script>alert(1)</script>", "raw_html")]
    [InlineData("[press](http://example.com)", "link")]
    [InlineData("![p](https://elsewhere.example/p.png)", "image")]
    public async Task A_text_that_would_be_shown_otherwise_is_refused_with_the_line(string markdown, string code)
    {
        var before = await publisher.Row(kind);
        var problem = await (await publisher.Draft(kind, Publisher.Body("1.1", $"# Title\n\n{markdown}\n"), Publisher.Alpha, ("Accept-Language", "en"))).Problem(422, "invalid");
        var error = problem.GetProperty("errors")[0];
        Assert.Equal(("/content/zh-CN", code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        Assert.StartsWith("Line 3:", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await publisher.Row(kind));
    }

    [Fact]
    public async Task A_megabyte_of_text_in_all_gets_through_here_and_a_byte_more_does_not()
    {
        var huge = publisher.EmptyKind();
        (await publisher.Draft(huge, Sized("fits", Megabyte))).Is(201);
        await publisher.Refused(huge, 413, "payload_too_large", () => publisher.Draft(huge, Sized("not", Megabyte + 1)), "/content");
        // Escapes count as what they stand for.
        (await publisher.Gateway.Post(Publisher.Versions(huge), Escaped(Sized("escaped", 300_000)), Publisher.Alpha)).Is(201);
        await publisher.Refused(huge, 413, "payload_too_large", () => publisher.Draft(huge, Sized("more", 4 * Megabyte)));
    }

    [Fact]
    public async Task Everywhere_else_the_limit_stays_and_strangers_send_no_large_body()
    {
        var large = Sized("large", 200_000);
        await (await publisher.Gateway.Post("/v1/staff/members", new { name = new string('x', 70_000), roles = new[] { "documents.write" } }, Publisher.Alpha)).Problem(413, "payload_too_large");
        await publisher.Refused(kind, 404, "not_found", () => publisher.Draft(kind, large, "stranger"));
        await publisher.Refused(kind, 401, "unauthorized", () => publisher.Gateway.Post(Publisher.Versions(kind), large.ToJsonString()));
    }

    [Fact]
    public async Task A_kind_that_is_none_is_not_found()
    {
        var rows = await publisher.Gateway.Rows("document");
        foreach (var unknown in new[] { "unknown", "POLICY-1", "privacy-agreement%2F" })
        {
            await (await publisher.Draft(unknown, Publisher.First("1.0"))).Problem(404, "not_found");
            await (await publisher.Announce(unknown, "1.0")).Problem(404, "not_found");
            await (await publisher.Withdraw(unknown, "1.0")).Problem(404, "not_found");
        }
        Assert.Equal(rows, await publisher.Gateway.Rows("document"));
    }

    [Fact]
    public async Task A_version_that_is_none_is_not_found() =>
        await publisher.Refused(kind, 404, "not_found", () => publisher.Announce(kind, "9.9"));

    [Fact]
    public async Task A_label_that_was_used_is_refused_also_in_other_letters()
    {
        var used = await publisher.Kind();
        (await publisher.Draft(used, Publisher.Body("2.0-Beta"))).Is(201);
        foreach (var label in new[] { "1.0", "2.0-Beta", "2.0-BETA" }) await publisher.Refused(used, 409, "document_version_used", () => publisher.Draft(used, Publisher.Body(label)), "/version");
    }

    [Fact]
    public async Task A_first_version_needs_titles_and_a_later_one_a_summary()
    {
        await publisher.Refused(kind, 422, "invalid", () => publisher.Draft(kind, Publisher.Body("t")), "/titles");
        var later = await publisher.Kind();
        await publisher.Refused(later, 422, "invalid", () => publisher.Draft(later, Publisher.Body("1.1", "summary", null)), "/summary");
    }

    [Fact]
    public async Task The_privacy_agreement_needs_its_table_and_its_class_is_never_below_what_the_table_shows__L_04()
    {
        const string Privacy = DocumentCatalog.PrivacyKind;
        await publisher.Refused(Privacy, 422, "invalid", () => publisher.Draft(Privacy, Publisher.Body("2.0")), "/processing");
        var now = (await publisher.Gateway.Get($"{Publisher.Versions(Privacy)}/1.0", Publisher.Alpha)).Is(200).Json.GetProperty("processing");
        var table = JsonNode.Parse(now.GetRawText())!.AsArray();
        (await publisher.Draft(Privacy, Publisher.Body("2.0-same", "processing", table.DeepClone()))).Is(201);
        table[0]!["recipients"]!.AsArray().Add("advertiser");
        await publisher.Refused(Privacy, 422, "document_class_too_low", () => publisher.Draft(Privacy, Publisher.Body("2.0-wider", "processing", table.DeepClone())), "/class");
        var raised = Publisher.Body("2.0-wider", "processing", table.DeepClone());
        raised["class"] = "processing";
        (await publisher.Draft(Privacy, raised)).Is(201);
        await publisher.Refused(kind, 422, "invalid", () => publisher.Draft(kind, Publisher.Body("p", "processing", table.DeepClone())), "/titles");
    }

    [Fact]
    public async Task Ten_drafts_of_a_kind_wait_at_most_and_a_withdrawn_one_makes_room()
    {
        var busy = publisher.EmptyKind();
        for (var i = 0; i < 10; i++) (await publisher.Draft(busy, Publisher.First($"d{i}"))).Is(201);
        await publisher.Refused(busy, 409, "too_many_drafts", () => publisher.Draft(busy, Publisher.First("d10")));
        (await publisher.Withdraw(busy, "d3", Publisher.Alpha)).Is(202);
        (await publisher.Withdraw(busy, "d3", Publisher.Beta)).Is(200);
        (await publisher.Draft(busy, Publisher.First("d10"))).Is(201);
    }

    [Fact]
    public async Task What_is_accepted_along_must_be_another_kind()
    {
        foreach (var other in new[] { kind, "unknown" })
        {
            var body = Publisher.First("i");
            body["incorporates"] = new JsonArray("violation-rules", other);
            await publisher.Refused(kind, 422, "invalid", () => publisher.Draft(kind, body), "/incorporates/1");
        }
    }

    // Both languages together of exactly so many bytes.
    private static JsonObject Sized(string version, int bytes)
    {
        var body = Publisher.First(version);
        const string Chinese = "# 文本";
        body["content"] = new JsonObject { ["zh-CN"] = Chinese, ["en"] = "# T\n\n" + string.Concat(Enumerable.Repeat("word ", bytes / 5 + 1))[..(bytes - 5 - Encoding.UTF8.GetByteCount(Chinese))] };
        return body;
    }

    private static string Escaped(JsonObject body) =>
        body.ToJsonString().Replace("word word", "\\u0077\\u006f\\u0072\\u0064\\u0020word", StringComparison.Ordinal);
}
