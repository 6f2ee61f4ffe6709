using AiCloud.Problems;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AiCloud.Documents;

/// <summary>
/// What a document's text must not hold: raw HTML, pictures, links to anything but this site, https, mail and telephone. The renderer would show
/// each as plain words; publishing what looks different from what its author wrote is worse than refusing it, with the line.
/// </summary>
internal static class MarkdownCheck
{
    private const int MostFaults = 16;
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();

    /// <summary>The faults of a text, in the order of its lines.</summary>
    /// <param name="pointer">Where the text stands in the request.</param>
    /// <param name="markdown">The text.</param>
    public static IReadOnlyList<FieldError> Faults(string pointer, string markdown)
    {
        if (!MarkdownLimits.Allow(markdown)) return [NotMarkdown(pointer)];
        try
        {
            var faults = Markdown.Parse(markdown, Pipeline).Descendants().Select(part => Fault(pointer, part)).OfType<(int Line, FieldError Error)>()
                .OrderBy(fault => fault.Line).Select(fault => fault.Error).Distinct().Take(MostFaults).ToArray();
            if (faults.Length == 0) MarkdownRenderer.Fragment(markdown);
            return faults;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException) // nested beyond what the parser follows, or worse: no text for a page
        {
            return [NotMarkdown(pointer)];
        }
    }

    private static FieldError NotMarkdown(string pointer) =>
        new(pointer, "not_markdown", new("无法按 Markdown 解析，可能嵌套过深。", "Cannot be read as Markdown; it may be nested too deeply."));

    private static (int Line, FieldError Error)? Fault(string pointer, MarkdownObject part)
    {
        (string Code, string ZhCn, string En)? found = part switch
        {
            HtmlBlock or HtmlInline => ("raw_html", "不允许使用 HTML", "raw HTML is not allowed"),
            LinkInline { IsImage: true } => ("image", "不允许使用图片", "pictures are not allowed"),
            LinkInline link when !TextLinks.IsAllowed(link.Url) => Link,
            AutolinkInline { IsEmail: false } link when !TextLinks.IsAllowed(link.Url) => Link,
            _ => null,
        };
        var line = part.Line + 1;
        return found is { } fault ? (line, new FieldError(pointer, fault.Code, new($"第 {line} 行：{fault.ZhCn}。", $"Line {line}: {fault.En}."))) : null;
    }

    private static (string, string, string) Link => ("link", "链接只能指向本站、https、邮箱或电话", "a link may lead to this site, https, mail or telephone only");
}
