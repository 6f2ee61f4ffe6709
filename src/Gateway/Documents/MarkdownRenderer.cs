using System.Collections.Concurrent;
using System.Net;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AiCloud.Documents;

/// <summary>
/// Documents as HTML, with their emphasis (C0.2). Raw HTML in a text is shown, not obeyed; pictures, which would come from elsewhere, and
/// links to anything but web and mail are shown as their words.
/// </summary>
internal static class MarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    // By exact text: a version never changes, and there are few.
    private static readonly ConcurrentDictionary<(string Sha256, string Language, int Level), string> Rendered = new();

    /// <summary>The text as a part of a page.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="level">Level of its topmost heading.</param>
    public static string Fragment(string markdown, int level = 1)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + level - 1);
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.IsImage || !IsPlain(link.Url)).ToArray())
            link.ReplaceBy(new LiteralInline(Words(link)));
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsPlain(link.Url)).ToArray()) link.ReplaceBy(new LiteralInline(link.Url));
        return document.ToHtml(Pipeline);
    }

    /// <summary>A published version as a part of a page; wide tables scroll by themselves, also by keyboard.</summary>
    public static string Fragment(DocumentVersion version, string language, int level = 1) => Rendered.GetOrAdd((version.Sha256, language, level), _ =>
    {
        var title = WebUtility.HtmlEncode(version.Titles[language]);
        // Raw HTML was escaped, so that every tag here is the renderer's own.
        var parts = Fragment(version.Texts[language], level).Replace("</table>", "</table></div>", StringComparison.Ordinal)
            .Replace("<th>", "<th scope=\"col\">", StringComparison.Ordinal).Split("<table>");
        return parts[0] + string.Concat(parts.Skip(1).Select((part, i) =>
            $"<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{title} · {i + 1}\"><table>{part}"));
    });

    /// <summary>The text as a page of its own, for programs that ask for HTML.</summary>
    public static string Page(string title, string language, string markdown) =>
        $"<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title></head>\n<body>\n{Fragment(markdown)}</body></html>\n";

    private static bool IsPlain(string? url) =>
        url is not null && (url.StartsWith('/') || url.StartsWith('#')
            || (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "https" or "http" or "mailto" or "tel"));

    private static string Words(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
}
