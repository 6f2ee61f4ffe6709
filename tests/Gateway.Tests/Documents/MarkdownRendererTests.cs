using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AiCloud.Documents;

/// <summary>Documents as HTML: emphasis stays (C0.2), and nothing in a text runs, is fetched from elsewhere or leads to an unsafe place.</summary>
public sealed class MarkdownRendererTests
{
    // Everything that a document may become; any other element or attribute is an escape.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["h1"] = [], ["h2"] = [], ["h3"] = [], ["h4"] = [], ["h5"] = [], ["h6"] = [], ["p"] = [], ["strong"] = [], ["em"] = [], ["ul"] = [], ["ol"] = ["start"], ["li"] = [],
        ["blockquote"] = [], ["code"] = [], ["pre"] = [], ["hr"] = [], ["br"] = [], ["a"] = ["href", "rel"],
        ["table"] = [], ["thead"] = [], ["tbody"] = [], ["tr"] = [], ["th"] = ["scope"], ["td"] = [], ["div"] = ["class", "role", "tabindex", "aria-label"],
    };

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("text\n\n<iframe src=https://elsewhere.example></iframe>")]
    [InlineData("<style>*{display:none}</style><svg/onload=alert(1)><math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("<!--><script>alert(1)</script>-->")]
    [InlineData("<![CDATA[<script>alert(1)</script>]]>")]
    [InlineData("<?xml-stylesheet href=\"javascript:alert(1)\"?>")]
    [InlineData("</article></main><form action=https://elsewhere.example><button>")]
    [InlineData("[press](javascript:alert(1))")]
    [InlineData("[press](JaVaScRiPt:alert(1))")]
    [InlineData("[press](java\tscript:alert(1))")]
    [InlineData("[press](<java\u0001script:alert(1)>)")]
    [InlineData("[press](&#106;&#97;vascript:alert(1))")]
    [InlineData("[press](&#x6A;avascript&colon;alert(1))")]
    [InlineData("[press](javascript&#58;alert(1))")]
    [InlineData("[press](%6Aavascript:alert(1))")]
    [InlineData("[press](\\javascript:alert(1))")]
    [InlineData("[press]( \u00a0javascript:alert(1))")]
    [InlineData("[press](vbscript:msgbox(1))")]
    [InlineData("[press](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[press](DATA:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)")]
    [InlineData("[press](file:///etc/passwd)")]
    [InlineData("[press](blob:https://elsewhere.example/1)")]
    [InlineData("[press](http://elsewhere.example/)")]
    [InlineData("[press](//elsewhere.example/)")]
    [InlineData("[press](/\\elsewhere.example/)")]
    [InlineData("[press](/\t/elsewhere.example/)")]
    [InlineData("[press](</&#10;/elsewhere.example/>)")]
    [InlineData("[press](\\\\elsewhere.example)")]
    [InlineData("[press](register?handler=erase)")]
    [InlineData("[press](https://elsewhere.example/\" onclick=\"alert(1))")]
    [InlineData("[press](https://elsewhere.example \"title\\\" onclick=\\\"alert(1)\")")]
    [InlineData("[press][r]\n\n[r]: javascript:alert(1)")]
    [InlineData("[press][]\n\n[press]: <data:text/html,x> 'title'")]
    [InlineData("![watch](https://elsewhere.example/pixel.png)")]
    [InlineData("![watch][r]\n\n[r]: https://elsewhere.example/pixel.png")]
    [InlineData("[![nested](https://elsewhere.example/a.png)](https://elsewhere.example/b)")]
    [InlineData("![a ![b ![c](javascript:1)](data:,x)](https://elsewhere.example/c.png)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<data:text/html,x>")]
    [InlineData("<http://elsewhere.example/>")]
    [InlineData("<https://elsewhere.example/\"onclick=alert(1)>")]
    [InlineData("<someone@example.com>")]
    [InlineData("| a | b |\n|:-:|--:|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |")]
    [InlineData("```site-header onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```")]
    [InlineData("# heading {onclick=alert(1) .site-header #content}")]
    [InlineData("`</code><script>alert(1)</script>`")]
    [InlineData("a\u0000b \ud800 <b>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; &#x3c;script&#x3e;")]
    public void Nothing_in_a_text_runs_or_is_fetched_from_elsewhere(string markdown) => Check(markdown);

    [Theory]
    [InlineData("[a](https://example.com/x)", "https://example.com/x", "noopener noreferrer")]
    [InlineData("<https://example.com/x>", "https://example.com/x", "noopener noreferrer")]
    [InlineData("[a](/documents/violation-rules)", "/documents/violation-rules", null)]
    [InlineData("[a](/documents/violation-rules/1.0#2-1)", "/documents/violation-rules/1.0#2-1", null)]
    [InlineData("[a](#附件)", "#%E9%99%84%E4%BB%B6", null)]
    [InlineData("[a](mailto:kf1001@caih.com)", "mailto:kf1001@caih.com", null)]
    [InlineData("[a](tel:400-8855-638)", "tel:400-8855-638", null)]
    public void Links_to_this_site_https_mail_and_telephone_work(string markdown, string href, string? rel)
    {
        var link = Check(markdown).QuerySelector("a")!;
        Assert.Equal((href, rel), (link.GetAttribute("href"), link.GetAttribute("rel")));
    }

    [Theory]
    [InlineData("[the words](http://example.com/)", "the words")]
    [InlineData("<http://example.com/>", "http://example.com/")]
    [InlineData("![the picture](https://example.com/a.png)", "the picture")]
    public void What_cannot_be_linked_is_shown_as_its_words(string markdown, string words)
    {
        var page = Check(markdown);
        Assert.Empty(page.QuerySelectorAll("a"));
        Assert.Equal(words, page.Body!.TextContent.Trim());
    }

    public static TheoryData<string, string> Costly => new()
    {
        { "quotes", Many(">") + "end" },
        { "quotes with blanks", Many("> ") + "end" },
        { "brackets", Many("[") + "end" },
        { "closed brackets", Many("[") + "end" + Many("](x)") },
        { "pictures", Many("![") + "end" },
        { "lists in one line", Many("- ") + "end" },
        { "numbered lists in one line", Many("1. ") + "end" },
        { "lists in lists", string.Concat(Enumerable.Range(0, 900).Select(i => new string(' ', i * 2) + "- a\n")) + "end" },
        { "stars", Many("*a **a ") + "end" },
        { "low lines", Many("_a ") + "end" },
        { "stars in links", Many("**a[b](c*") + "end" },
        { "a cell of stars", "|a|\n|-|\n|" + Many("*a ") + "|\n\nend" },
        { "entities", Many("&#x6a;") + "end" },
        { "backticks", string.Concat(Enumerable.Range(1, 1_000).Select(i => new string('`', i) + " ")) + "end" },
        { "references", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[a{i}]: https://example.com/{i}\n")) + "\nend" },
        { "a wide table", "|" + Many("a|") + "\n|" + Many("-|") + "\n|" + Many("b|") + "\n\nend" },
        { "a long table", "|a|b|\n|-|-|\n" + Many("|1|2|\n") + "\nend" },
        { "open comments", Many("<!--") + "end" },
        { "open sections", Many("<![CDATA[") + "end" },
        { "short paragraphs full of marks", string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("*a [b ", 600)) + "\n\n", 250)) + "end" },
    };

    // The limit is a net for a hang, not a measurement: unbounded, these take minutes or end the process.
    [Theory(Timeout = 60_000), MemberData(nameof(Costly))]
    [Trait("Takes", "long")]
    public async Task Deep_wide_and_tangled_texts_end_nothing_and_stay_readable(string name, string markdown) => await Task.Run(() =>
    {
        var html = MarkdownRenderer.Fragment(markdown);
        Assert.True(html.Contains("end", StringComparison.Ordinal), name);
        if (html.Length < 5_000_000) Check(markdown);
    }, TestContext.Current.CancellationToken);

    [Theory, InlineData(MarkdownLimits.Depth, true), InlineData(MarkdownLimits.Depth + 1, false)]
    public void Quotes_are_followed_to_a_depth(int depth, bool followed) =>
        Assert.Equal(followed ? depth : 0, Check(new string('>', depth) + " end").QuerySelectorAll("blockquote").Length);

    [Theory, InlineData(MarkdownLimits.MarksPerParagraph, true), InlineData(MarkdownLimits.MarksPerParagraph + 2, false)]
    public void Marks_are_followed_up_to_a_number_in_one_paragraph(int marks, bool followed) =>
        Assert.Equal(followed, Check(string.Concat(Enumerable.Repeat("*a* ", marks / 2))).QuerySelector("em") is not null);

    [Fact]
    public void A_blank_to_fill_in_and_a_long_rule_are_no_tangle()
    {
        Assert.True(MarkdownLimits.Allow("Name: " + new string('_', 5_000) + "\n\n" + new string('-', 5_000) + "\n\n" + new string('*', 5_000)));
        Assert.True(MarkdownLimits.Allow(string.Concat(Enumerable.Repeat("**a** [b](/c)\n\n", 10_000))));
    }

    [Fact]
    public void Emphasised_clauses_stay_emphasised_and_tables_stay_tables()
    {
        var page = Check("# A\n\n**Liability is limited.** [rules](/documents/violation-rules)\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n", level: 2);
        Assert.Equal("Liability is limited.", page.QuerySelector("strong")!.TextContent);
        Assert.Equal("A", page.QuerySelector("h2")!.TextContent);
        Assert.Equal(2, page.QuerySelectorAll("td").Length);
    }

    [Fact]
    public void A_version_whose_title_is_code_is_a_page_of_its_letters()
    {
        var version = TestTexts.Make("k", "1.0", default, required: false) with { Titles = new() { ["en"] = "\"><script>alert(1)</script>" }, Texts = new() { ["en"] = "|a|\n|-|\n|b|" } };
        var page = new HtmlParser().ParseDocument(MarkdownRenderer.Page(version, "en"));
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Contains("<script>", page.Title, StringComparison.Ordinal);
        Assert.Contains(version.Sha256, page.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
    }

    private static IDocument Check(string markdown, int level = 1)
    {
        var page = new HtmlParser().ParseDocument($"<!doctype html><html><head></head><body>{MarkdownRenderer.Fragment(markdown, level)}</body></html>");
        Assert.Empty(page.Head!.Children);
        foreach (var element in page.Body!.QuerySelectorAll("*"))
        {
            Assert.True(Allowed.TryGetValue(element.LocalName, out var attributes), element.LocalName);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, attributes!));
            if (element.GetAttribute("href") is not { } href) continue;
            var address = new Uri(new Uri("https://here.example/documents/k"), href);
            Assert.True(address.Scheme is "https" or "mailto" or "tel", href);
            Assert.Equal(address.Scheme == "https" && address.Host != "here.example", element.GetAttribute("rel") == "noopener noreferrer");
            Assert.DoesNotContain(href, character => char.IsControl(character) || character is '\\' or '"' or '<' or '>');
            Assert.False(href.StartsWith("//", StringComparison.Ordinal), href);
            Assert.DoesNotContain("handler", href, StringComparison.Ordinal);
        }
        return page;
    }

    private static string Many(string piece) => string.Concat(Enumerable.Repeat(piece, 10_000));
}
