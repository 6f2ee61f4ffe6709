using System.Globalization;
using System.Xml.Linq;
using AiCloud.Languages;
using AiCloud.Live;
using AiCloud.Pages;
using Microsoft.Extensions.DependencyInjection;
using AngleSharp.Html.Parser;

namespace AiCloud.Documents;

/// <summary>An amendment is publicised, and comes into force at its instant for everybody who reads (C2.5b), over HTTP on a clock that stands still.</summary>
public sealed class PublicityTests
{
    private const string Kind = "violation-rules";

    [Fact]
    public async Task Page_API_and_feed_switch_at_the_very_instant_and_nothing_kept_outlives_it__C2_5b()
    {
        await using var gateway = await LiveGateway.Start();
        gateway.Clock.Hold(gateway.Clock.GetUtcNow());
        var version = await gateway.Services.Announce(Kind, "2.0");
        var tags = new List<string>();
        foreach (var (at, inForce, status, entries) in new[] { (version.EffectiveAt.AddMilliseconds(-1), "1.0", "announced", 1), (version.EffectiveAt, "2.0", "in_force", 2) })
        {
            gateway.Clock.Hold(at);
            var list = (await gateway.Get("/v1/documents")).Is(200);
            var document = list.Json.EnumerateArray().Single(each => each.GetProperty("kind").GetString() == Kind);
            Assert.Equal(inForce, document.GetProperty("inForce").GetProperty("version").GetString());
            Assert.Equal(inForce == "1.0", document.GetProperty("announced").ValueKind == System.Text.Json.JsonValueKind.Object);
            var versions = (await gateway.Get($"/v1/documents/{Kind}/versions")).Is(200);
            Assert.Equal(status, versions.Json[0].GetProperty("status").GetString());
            Assert.Contains($"<h1>{(inForce == "1.0" ? "Platform Violation Handling Rules" : $"{Kind} 2.0")}", await Page(gateway, $"/documents/{Kind}"), StringComparison.Ordinal);
            Assert.Equal(inForce == "1.0", (await Page(gateway, "/help")).Contains($"data-sha256=\"{version.Sha256}\"", StringComparison.Ordinal));
            Assert.Equal(inForce == "1.0", (await Page(gateway, "/register")).Contains($"data-sha256=\"{version.Sha256}\"", StringComparison.Ordinal));
            var feed = (await gateway.Get("/documents/feed.atom?lang=en")).Is(200);
            Assert.Equal(entries, XDocument.Parse(feed.Text).Descendants().Count(element => element.Name.LocalName == "entry" && element.Value.Contains(version.Sha256, StringComparison.Ordinal)));
            foreach (var reply in new[] { list, versions, feed })
            {
                Assert.Equal("no-cache", reply.Header("Cache-Control"));
                tags.Add(reply.Header("ETag")!);
            }
            Assert.Contains("no-store", (await gateway.Get("/help", null, ("Accept", "text/html"))).Header("Cache-Control"), StringComparison.Ordinal);
        }
        Assert.Equal(6, tags.Distinct().Count());
    }

    [Theory, InlineData(-299_000, 299), InlineData(-1_500, 1), InlineData(-1, 0), InlineData(0, 300), InlineData(-3_600_000, 300)]
    public async Task A_text_may_be_kept_but_not_across_an_effective_instant__C2_5b(int milliseconds, int seconds)
    {
        await using var gateway = await LiveGateway.Start();
        gateway.Clock.Hold(gateway.Clock.GetUtcNow());
        var version = await gateway.Services.Announce(Kind, "2.0");
        gateway.Clock.Hold(version.EffectiveAt.AddMilliseconds(milliseconds));
        foreach (var path in new[] { $"/v1/documents/{Kind}/versions/2.0", $"/v1/documents/{Kind}/diff?from=1.0&to=2.0", $"/documents/{Kind}/2.0/en.md" })
            Assert.Equal($"public, max-age={seconds}", (await gateway.Get(path)).Is(200).Header("Cache-Control"));
    }

    [Fact]
    public async Task What_is_announced_is_shown_with_everything_that_API_and_page_promise__C2_5b_L_06()
    {
        await using var gateway = await LiveGateway.Start();
        gateway.Clock.Hold(gateway.Clock.GetUtcNow());
        var tag = (await gateway.Get("/v1/documents")).Header("ETag")!;
        var version = await gateway.Services.Announce(Kind, "2.0", draft => draft with { Ground = DocumentGround.Law, Class = DocumentClass.Wording, Prevails = "en" });
        (await gateway.Get("/v1/documents", null, ("If-None-Match", tag))).Is(200);
        var list = (await gateway.Get("/v1/documents", null, ("Accept-Language", "en"))).Is(200);
        (await gateway.Get("/v1/documents", null, ("If-None-Match", list.Header("ETag")!), ("Accept-Language", "en"))).Is(304);
        var announced = list.Json.EnumerateArray().Single(each => each.GetProperty("kind").GetString() == Kind).GetProperty("announced");
        Assert.Equal(["2.0", version.Sha256, "wording", "law", "en", "What 2.0 changes", $"/v1/documents/{Kind}/versions/2.0"],
            new[] { "version", "sha256", "class", "ground", "prevails", "summary", "href" }.Select(name => announced.GetProperty(name).GetString()));
        Assert.Equal(version.EffectiveAt, announced.GetProperty("effectiveAt").GetDateTimeOffset());
        Assert.Equal(version.AnnouncedAt, announced.GetProperty("announcedAt").GetDateTimeOffset());

        var versions = (await gateway.Get($"/v1/documents/{Kind}/versions")).Is(200).Json;
        Assert.Equal(["2.0 announced", "1.0 in_force"], versions.EnumerateArray().Select(each => $"{each.GetProperty("version")} {each.GetProperty("status")}"));
        Assert.Equal(version.EffectiveAt, versions[1].GetProperty("until").GetDateTimeOffset());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, versions[0].GetProperty("until").ValueKind);
        Assert.Equal(version.AnnouncedAt.ToString("R", CultureInfo.InvariantCulture), (await gateway.Get($"/v1/documents/{Kind}/versions/2.0")).Is(200).Header("Last-Modified"));

        var parser = new HtmlParser();
        foreach (var path in new[] { "/help", "/register", "/documents", $"/documents/{Kind}" })
        {
            var notice = parser.ParseDocument(await Page(gateway, path)).QuerySelector($".amendment[data-kind='{Kind}'][data-sha256='{version.Sha256}']")!;
            Assert.NotNull(notice.QuerySelector($"a[href='/documents/{Kind}/2.0']"));
            Assert.NotNull(notice.QuerySelector($"a[href='/documents/{Kind}/diff?from=1.0&to=2.0']"));
            Assert.Contains("What 2.0 changes", notice.TextContent, StringComparison.Ordinal);
            if (path != "/register") Assert.Contains("Required by law", notice.TextContent, StringComparison.Ordinal); // beside the form the notice is brief
            Assert.Equal("7 days", notice.QuerySelector(".countdown strong time")!.TextContent);
            Assert.NotNull(notice.QuerySelector($"time[datetime='{version.EffectiveAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z']"));
        }
        Assert.Contains("Where the texts differ, the English text prevails", await Page(gateway, $"/documents/{Kind}/2.0"), StringComparison.Ordinal);
        Assert.Contains("the Chinese text prevails", await Page(gateway, $"/documents/{Kind}/1.0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_earlier_version_stays_readable_with_its_span_of_force_and_can_be_kept_and_checked__L_06()
    {
        await using var gateway = await LiveGateway.Start();
        gateway.Clock.Hold(gateway.Clock.GetUtcNow());
        foreach (var label in new[] { "2.0", "3.0" })
        {
            var version = await gateway.Services.Announce(Kind, label);
            gateway.Clock.Hold(version.EffectiveAt);
        }
        gateway.Clock.GoOn();
        var known = gateway.Services.GetRequiredService<DocumentCatalog>().Current.Versions(Kind);
        var page = new HtmlParser().ParseDocument(await Page(gateway, $"/documents/{Kind}/2.0"));
        Assert.Contains("Superseded", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='/documents/{Kind}']")); // the way to what is in force
        var rows = page.QuerySelectorAll(".document-list > li");
        Assert.Equal(["V3.0", "V2.0", "V1.0"], rows.Select(row => row.QuerySelector("a")!.TextContent));
        Assert.Equal([1, 2, 2], rows.Select(row => row.QuerySelectorAll("time").Length));
        Assert.Equal(rows[1].QuerySelectorAll("time")[1].GetAttribute("datetime"), rows[0].QuerySelector("time")!.GetAttribute("datetime")); // no gap between spans
        foreach (var version in known)
        {
            Assert.Contains(version.Sha256, rows.Single(row => row.TextContent.Contains($"V{version.Version}", StringComparison.Ordinal) && row.QuerySelector("code")!.TextContent == version.Sha256).TextContent, StringComparison.Ordinal);
            var texts = new Dictionary<string, string>();
            foreach (var language in new[] { "zh-CN", "en" })
            {
                var kept = (await gateway.Get($"/documents/{Kind}/{version.Version}/{language}.md")).Is(200);
                Assert.Equal($"attachment; filename={Kind}-{version.Version}.{language}.md; filename*=UTF-8''{Kind}-{version.Version}.{language}.md", kept.Header("Content-Disposition"));
                texts[language] = kept.Text;
                Assert.Contains(version.Sha256, (await gateway.Get($"/documents/{Kind}/{version.Version}/{language}.html")).Is(200).Text, StringComparison.Ordinal);
                (await gateway.Get($"/documents/{Kind}/{version.Version}/{language}.md", null, ("If-None-Match", kept.Header("ETag")!))).Is(304);
            }
            Assert.Equal(version.Sha256, DocumentDigest.Of(texts));
        }
        await (await gateway.Get($"/documents/{Kind}/9.0/en.md")).Problem(404, "not_found");
        await (await gateway.Get($"/documents/{Kind}/1.0/fr.md")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Two_versions_are_compared_word_by_word_on_a_page_that_can_also_be_heard()
    {
        await using var gateway = await LiveGateway.Start();
        gateway.Clock.Hold(gateway.Clock.GetUtcNow());
        var second = await gateway.Services.Announce(Kind, "2.0", draft => draft with { Texts = new() { ["en"] = "# Rules\n\nA warning **lasts 7 days**.\n\nStays.\n\n<script>alert(1)</script> remains here.\n\n| Measure | Lasts |\n|---|---|\n| Warning of a user | 7 days |\n| Ban | for ever |", ["zh-CN"] = "# 规则\n\n警告**有效期为7日**。" } });
        gateway.Clock.Hold(second.EffectiveAt);
        await gateway.Services.Announce(Kind, "3.0", draft => draft with { Texts = new() { ["en"] = "# Rules\n\nA warning **lasts 15 days**.\n\nStays.\n\n<script>alert(2)</script> remains here.\n\n| Measure | Lasts |\n|---|---|\n| Warning of a user | 15 days |\n| Ban | for ever |\n\n## New <b>", ["zh-CN"] = "# 规则\n\n警告**有效期为15日**。" } });
        var parser = new HtmlParser();
        var page = parser.ParseDocument(await Page(gateway, $"/documents/{Kind}/diff?from=2.0&to=3.0"));
        var shown = page.QuerySelector(".comparison")!;
        Assert.Equal("[removed: 7]", shown.QuerySelector("del")!.TextContent);
        Assert.Equal("[added: 15]", shown.QuerySelector("ins")!.TextContent);
        Assert.NotNull(shown.QuerySelector("ins strong"));
        Assert.Equal("Rules", shown.QuerySelector("h2")!.TextContent);
        Assert.Equal("[added: New <b>]", shown.QuerySelector("h3")!.TextContent);
        Assert.Empty(shown.QuerySelectorAll("script, b"));
        Assert.Contains(shown.QuerySelectorAll("p.change"), row => row.TextContent == "Warning of a user | [removed: 7][added: 15] days");
        Assert.NotNull(shown.QuerySelector("details.unchanged .table-scroll[tabindex='0'] table"));
        Assert.Contains("changed: 3, added: 1, removed: 0", shown.TextContent, StringComparison.Ordinal);
        Assert.Equal(["2.0", "3.0"], page.QuerySelectorAll("form.compare option[selected]").Select(option => option.GetAttribute("value")!));
        // Without a choice the newest is compared with the one before it; the other way round works as well.
        Assert.Equal(shown.TextContent, parser.ParseDocument(await Page(gateway, $"/documents/{Kind}/diff")).QuerySelector(".comparison")!.TextContent);
        Assert.Equal("[removed: 15]", parser.ParseDocument(await Page(gateway, $"/documents/{Kind}/diff?from=3.0&to=2.0")).QuerySelector(".comparison del")!.TextContent);
        var chinese = parser.ParseDocument(await Page(gateway, $"/documents/{Kind}/diff?from=2.0&to=3.0", "zh-CN"));
        Assert.Equal("［新增：15］", chinese.QuerySelector(".comparison ins")!.TextContent);
        (await gateway.Get($"/documents/{Kind}/diff?from=2.0&to=9.0", null, ("Accept", "text/html"))).Is(404);
        (await gateway.Get("/documents/nothing/diff", null, ("Accept", "text/html"))).Is(404);
        // The comparison's address is no version's.
        var refused = await gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IDocumentGrain>(Kind).Draft("diff", Amendments.Draft(Kind, "diff"), Amendments.Author);
        Assert.Equal(RefusalCode.DocumentInvalid, refused.Refusal?.Code);
    }

    [Theory]
    [InlineData(7 * 24 * 60, "7 days", "7 天")]
    [InlineData((6 * 24 * 60) + (23 * 60) + 59, "6 days 23 hours", "6 天 23 小时")]
    [InlineData((24 * 60) + 60, "1 day 1 hour", "1 天 1 小时")]
    [InlineData((24 * 60) + 59, "1 day", "1 天")]
    [InlineData(60, "1 hour", "1 小时")]
    [InlineData(61, "1 hour 1 minute", "1 小时 1 分钟")]
    [InlineData(59, "59 minutes", "59 分钟")]
    [InlineData(0, "less than a minute", "不到 1 分钟")]
    public void The_time_left_is_told_in_words(int minutes, string english, string chinese)
    {
        Assert.Equal(english, Words.Left(TimeSpan.FromMinutes(minutes), Language.En));
        Assert.Equal(chinese, Words.Left(TimeSpan.FromMinutes(minutes), Language.ZhCn));
    }

    private static async Task<string> Page(LiveGateway gateway, string path, string language = "en") =>
        (await gateway.Get(path, null, ("Accept", "text/html"), ("Accept-Language", language))).Is(200).Text;
}
