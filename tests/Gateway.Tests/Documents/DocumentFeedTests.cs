using System.Xml.Linq;
using AiCloud.Languages;

namespace AiCloud.Documents;

/// <summary>The Atom feed of announcements (RFC 4287; C2.5b).</summary>
public sealed class DocumentFeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly DateTimeOffset First = new(2025, 9, 1, 0, 0, 0, TimeSpan.Zero), Announced = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), Effective = Announced.AddDays(7);

    [Theory, InlineData(-1, "Announced|In force"), InlineData(0, "In force|Announced|In force")]
    public void An_entry_for_the_announcement_and_from_the_instant_on_one_for_the_force__C2_5b(int milliseconds, string titles)
    {
        var entries = Read(Effective.AddMilliseconds(milliseconds)).Elements(Atom + "entry").ToArray();
        Assert.Equal(titles.Split('|'), entries.Select(entry => entry.Element(Atom + "title")!.Value.Split(':')[0]));
    }

    [Fact]
    public void It_is_what_the_standard_asks_for()
    {
        var feed = Read(Effective);
        Assert.Equal("en", feed.Attribute(XNamespace.Xml + "lang")!.Value);
        foreach (var element in new[] { "id", "title", "updated", "author" }) Assert.Single(feed.Elements(Atom + element));
        Assert.Equal("2026-03-08T08:00:00.000Z", feed.Element(Atom + "updated")!.Value);
        Assert.Equal("https://a.example/documents/feed.atom?lang=en", Link(feed, "self"));
        var entries = feed.Elements(Atom + "entry").ToArray();
        Assert.All(entries, entry =>
        {
            foreach (var element in new[] { "id", "title", "updated", "summary" }) Assert.Single(entry.Elements(Atom + element));
            Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", entry.Element(Atom + "id")!.Value);
        });
        var announced = entries[1];
        Assert.Equal("2026-03-01T08:00:00.000Z", announced.Element(Atom + "updated")!.Value);
        Assert.Equal("https://a.example/documents/violation-rules/2.0", Link(announced, "alternate"));
        Assert.Equal("https://a.example/documents/violation-rules/diff?from=1.0&to=2.0", Link(announced, "related"));
        Assert.Contains("What 2.0 changes", announced.Element(Atom + "summary")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_keeps_its_id_under_every_address_and_on_every_day_and_no_two_share_one()
    {
        var early = Ids(Read(Effective, Language.En, "https://b.example"));
        var late = Ids(Read(Effective.AddYears(5)));
        Assert.Equal(early, late);
        var chinese = Ids(Read(Effective, Language.ZhCn));
        Assert.Equal(8, early.Concat(chinese).Distinct().Count()); // a feed and three entries in each language
    }

    [Fact]
    public void Words_that_XML_cannot_say_break_nothing()
    {
        var entry = Read(Announced, summary: "a\u0000b\u0008 <c> & ]]> \ud800 👍").Elements(Atom + "entry").First();
        Assert.StartsWith("ab <c> & ]]>  👍", entry.Element(Atom + "summary")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_version_it_is_still_a_feed() =>
        Assert.Empty(XDocument.Load(new MemoryStream(DocumentFeed.Write(DocumentSet.Empty, Effective, Language.En, "https://a.example"))).Root!.Elements(Atom + "entry"));

    private static XElement Read(DateTimeOffset at, Language language = Language.En, string address = "https://a.example", string summary = "What 2.0 changes")
    {
        var second = TestTexts.Make("violation-rules", "2.0", Effective, required: false) with { AnnouncedAt = Announced, Summary = new() { ["en"] = summary, ["zh-CN"] = "变更" } };
        var published = new DocumentSet(new Dictionary<string, IReadOnlyList<DocumentVersion>> { ["violation-rules"] = [TestTexts.Make("violation-rules", "1.0", First, required: false), second] });
        return XDocument.Load(new MemoryStream(DocumentFeed.Write(published, at, language, address))).Root!;
    }

    private static string Link(XElement of, string relation) => of.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == relation).Attribute("href")!.Value;

    private static string[] Ids(XElement feed) => [.. feed.Descendants(Atom + "id").Select(id => id.Value)];
}
