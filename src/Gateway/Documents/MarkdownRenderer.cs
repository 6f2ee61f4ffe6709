using System.Net;
using Markdig;

namespace AiCloud.Documents;

/// <summary>Documents as HTML. Raw HTML in a text is shown, not obeyed.</summary>
internal static class MarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>The text as a part of a page.</summary>
    public static string Fragment(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    /// <summary>The text as a page of its own, for programs that ask for HTML.</summary>
    public static string Page(string title, string language, string markdown) =>
        $"<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title></head>\n<body>\n{Fragment(markdown)}</body></html>\n";
}
