using AngleSharp.Html.Parser;

namespace AiCloud.Documents;

public sealed class MarkdownRendererTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[press](javascript:alert(1))")]
    [InlineData("[press](data:text/html,<script>alert(1)</script>)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![watch](https://elsewhere.example/pixel.png)")]
    [InlineData("text\n\n<iframe src=https://elsewhere.example></iframe>")]
    public void Nothing_in_a_text_runs_or_is_fetched_from_elsewhere(string markdown)
    {
        var page = new HtmlParser().ParseDocument(MarkdownRenderer.Fragment(markdown));
        Assert.Empty(page.QuerySelectorAll("script, img, iframe, [onerror]"));
        Assert.DoesNotContain(page.QuerySelectorAll("a"), link => link.GetAttribute("href") is not { } href || href.StartsWith("javascript", StringComparison.OrdinalIgnoreCase) || href.StartsWith("data", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Emphasised_clauses_stay_emphasised_and_tables_stay_tables()
    {
        var page = new HtmlParser().ParseDocument(MarkdownRenderer.Fragment("# A\n\n**Liability is limited.** [rules](/documents/violation-rules)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", level: 2));
        Assert.Equal("Liability is limited.", page.QuerySelector("strong")!.TextContent);
        Assert.Equal("A", page.QuerySelector("h2")!.TextContent);
        Assert.Equal("/documents/violation-rules", page.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(2, page.QuerySelectorAll("td").Length);
    }
}
