using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AiCloud.Documents;

/// <summary>
/// Documents as HTML, with their emphasis (C0.2). Raw HTML in a text is shown, not obeyed; pictures, which would come from elsewhere, and
/// links to anything but this site, https, mail and telephone are shown as their words.
/// </summary>
internal static partial class MarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    // By exact text: a version never changes, and there are few. Rendered once, however many ask for a new one at the same time.
    private static readonly ConcurrentDictionary<(string Sha256, string Language, int Level, string Title), Lazy<string>> Rendered = new();

    /// <summary>The text as a part of a page.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="level">Level of its topmost heading.</param>
    public static string Fragment(string markdown, int level = 1)
    {
        if (!MarkdownLimits.Allow(markdown)) return Plain(markdown);
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            Tame(document, level);
            return document.ToHtml(Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than parser or writer follow.
            return Plain(markdown);
        }
    }

    /// <summary>The same with wide tables that scroll by themselves, also by keyboard.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="level">Level of its topmost heading.</param>
    /// <param name="title">Names the tables together with their number.</param>
    public static string Fragment(string markdown, int level, string title)
    {
        // Raw HTML was escaped, so that every tag here is the renderer's own.
        var parts = Fragment(markdown, level).Replace("</table>", "</table></div>", StringComparison.Ordinal)
            .Replace("<th>", "<th scope=\"col\">", StringComparison.Ordinal).Split("<table>");
        return parts[0] + string.Concat(parts.Skip(1).Select((part, i) =>
            $"<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{WebUtility.HtmlEncode(title)} · {i + 1}\"><table>{part}"));
    }

    /// <summary>A published version as a part of a page.</summary>
    public static string Fragment(DocumentVersion version, string language, int level = 1) =>
        Rendered.GetOrAdd((version.Sha256, language, level, version.Titles[language]), _ => new(() => Fragment(version.Texts[language], level, version.Titles[language]))).Value;

    /// <summary>A version as a page of its own, for programs that ask for HTML and for keeping.</summary>
    public static string Page(DocumentVersion version, string language) =>
        $"<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode($"{version.Titles[language]} {version.Version}")}</title></head>\n<body>\n"
        + $"{Fragment(version, language)}<footer><p>{WebUtility.HtmlEncode($"{version.Kind} {version.Version}")} · SHA-256 <code>{version.Sha256}</code></p></footer>\n</body></html>\n";

    // The text as it is written, paragraph by paragraph: a text that no reader could follow as Markdown still has to be readable.
    private static string Plain(string markdown) => string.Concat(markdown.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Where(paragraph => !string.IsNullOrWhiteSpace(paragraph)).Select(paragraph => $"<p>{WebUtility.HtmlEncode(paragraph.Trim())}</p>\n"));

    private static void Tame(MarkdownDocument document, int level)
    {
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + level - 1);
        // Both would become attributes: a style, which the policy of the pages refuses, and a class of the text's own choice.
        foreach (var column in document.Descendants<Table>().SelectMany(table => table.ColumnDefinitions)) column.Alignment = null;
        foreach (var code in document.Descendants<FencedCodeBlock>()) code.SetAttributes(new HtmlAttributes());
        foreach (var link in document.Descendants<AutolinkInline>().ToArray()) link.ReplaceBy(Link(link));
        foreach (var link in document.Descendants<LinkInline>().ToArray()) Tame(link);
    }

    private static LinkInline Link(AutolinkInline link)
    {
        var tame = new LinkInline(link.IsEmail ? "mailto:" + link.Url : link.Url, "");
        tame.AppendChild(new LiteralInline(link.Url));
        return tame;
    }

    private static void Tame(LinkInline link)
    {
        link.Title = null;
        link.GetDynamicUrl = null;
        if (!link.IsImage && link.Url is { } url && IsHere(url)) return;
        if (!link.IsImage && Uri.TryCreate(link.Url, UriKind.Absolute, out var address) && address.Scheme is "https" or "mailto" or "tel")
        {
            // As understood here, so that no browser understands it otherwise.
            link.Url = address.AbsoluteUri;
            if (address.Scheme == "https") link.GetAttributes().AddProperty("rel", "noopener noreferrer");
            return;
        }
        link.ReplaceBy(new LiteralInline(Words(link)), copyChildren: false);
    }

    /// <summary>Whether an address leads to this site.</summary>
    public static bool IsHere(string url) => HereAddress().IsMatch(url);

    private static string Words(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));

    // A path of this site or a place on this page. Two slashes, a backslash or a control character can lead a browser elsewhere.
    [GeneratedRegex(@"\A(?:/(?:[A-Za-z0-9._~%-]+(?:/[A-Za-z0-9._~%-]+)*/?)?(?:\?[A-Za-z0-9._~%&=+-]*)?)?(?:#[\p{L}\p{N}._~%-]*)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex HereAddress();
}
