using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AiCloud.Documents.Comparison;
using AiCloud.Pages;
using Microsoft.AspNetCore.Html;

namespace AiCloud.Documents.Pages;

/// <summary>A comparison as a page shows it: what changed in full, what did not folded up but for its headings.</summary>
/// <param name="Comparison">The comparison.</param>
/// <param name="Title">Title of the document.</param>
/// <param name="Level">Level of the text's topmost heading on the page.</param>
internal sealed record ShownComparison(TextComparison Comparison, string Title, int Level)
{
    /// <summary>What the page shows, in order.</summary>
    public IEnumerable<Stretch> Stretches
    {
        get
        {
            var same = new List<ParagraphChange>();
            var number = 0;
            Stretch Next(params ParagraphChange[] paragraphs) => new(paragraphs, $"{Title} · {++number}", Level);
            foreach (var paragraph in Comparison.Paragraphs)
            {
                if (paragraph.Change == TextChange.Unchanged && !ChangedParagraph.IsHeading(paragraph.Text))
                {
                    same.Add(paragraph);
                    continue;
                }
                if (same.Count > 0) yield return Next([.. same]);
                same.Clear();
                yield return Next(paragraph);
            }
            if (same.Count > 0) yield return Next([.. same]);
        }
    }
}

/// <summary>Paragraphs shown together.</summary>
internal sealed record Stretch(IReadOnlyList<ParagraphChange> All, string Name, int Level)
{
    /// <summary>Whether it is folded up: several paragraphs of which nothing changed.</summary>
    public bool IsFolded => All.Count > 1;

    public int Paragraphs => All.Count;

    /// <summary>What did not change.</summary>
    public IHtmlContent Html => new HtmlString(MarkdownRenderer.Fragment(TextParagraph.Together(All), Level, Name));

    /// <summary>A heading, or what changed.</summary>
    public IHtmlContent Markup(Words words) => All[0].Change == TextChange.Unchanged ? Html : new HtmlString(ChangedParagraph.Write(All[0], Level, words));
}

/// <summary>
/// A changed paragraph as HTML: words put in as <c>ins</c>, words taken out as <c>del</c>, each also told to who cannot see it. Headings,
/// list items and emphasis stay, rows of a table are read cell by cell; an emphasis that itself changed is shown by its stars, since it can be the change that matters (C0.2).
/// </summary>
internal static partial class ChangedParagraph
{
    private const string Star = "**";
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static bool IsHeading(string text) => Opening().Match(text).Groups["heading"].Success;

    public static string Write(ParagraphChange paragraph, int level, Words words)
    {
        IReadOnlyList<TextPart> parts = paragraph.Change == TextChange.Changed ? paragraph.Parts : [new(paragraph.Change, paragraph.Text)];
        var opening = Opening().Match(parts[0].Text);
        // Marks that begin the line belong to the paragraph if they did not change or all of it did.
        var isWhole = opening.Success && (parts.Count == 1 || parts[0].Change == TextChange.Unchanged);
        var element = isWhole && opening.Groups["heading"].Success ? $"h{Math.Min(6, opening.Groups["heading"].Length + level - 1)}" : "p";
        var html = new StringBuilder($"<{element} class=\"change\">");
        if (isWhole && opening.Groups["item"].Success) html.Append("• ");
        var strong = false;
        for (var i = 0; i < parts.Count; i++)
        {
            var text = i == 0 && isWhole ? parts[0].Text[opening.Length..] : parts[i].Text;
            if (isWhole && opening.Groups["row"].Success && i == parts.Count - 1) text = text.TrimEnd('|', ' ');
            strong = Write(html, parts[i] with { Text = text }, strong, words);
        }
        return html.Append("</" + element + ">\n").ToString();
    }

    private static bool Write(StringBuilder html, TextPart part, bool strong, Words words)
    {
        var pieces = part.Text.Split(Star);
        var isPlain = part.Change != TextChange.Unchanged && pieces.Length % 2 == 0;
        var (tag, said) = part.Change switch
        {
            TextChange.Added => ("ins", DocumentTexts.Added),
            TextChange.Removed => ("del", DocumentTexts.Removed),
            _ => ("", default),
        };
        var around = tag.Length > 0 ? words[said].Split("{0}") : [];
        if (tag.Length > 0) html.Append('<' + tag + '>' + Hidden(around[0]));
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i > 0 && isPlain) html.Append(Star);
            else if (i > 0) strong = !strong;
            var encoded = Encoder.Encode(pieces[i]);
            if (encoded.Length > 0) html.Append(strong ? "<strong>" + encoded + "</strong>" : encoded);
        }
        if (tag.Length > 0) html.Append(Hidden(around[1]) + "</" + tag + '>');
        return strong;
    }

    private static string Hidden(string said) => $"<span class=\"visually-hidden\">{Encoder.Encode(said)}</span>";

    [GeneratedRegex(@"\A\s{0,3}(?:(?<heading>#{1,6})\s+|(?<item>[-*+])\s+|(?<row>\|)\s*)", RegexOptions.NonBacktracking)]
    private static partial Regex Opening();
}
