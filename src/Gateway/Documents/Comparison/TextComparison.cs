namespace AiCloud.Documents.Comparison;

/// <summary>What became of a paragraph, or of a part of one.</summary>
internal enum TextChange
{
    /// <summary>Left as it was.</summary>
    Unchanged = 1,
    /// <summary>Taken out.</summary>
    Removed = 2,
    /// <summary>Put in.</summary>
    Added = 3,
    /// <summary>A paragraph with other words; its parts say which.</summary>
    Changed = 4,
}

/// <summary>A stretch of a changed paragraph. Without the added ones the parts are the former paragraph, without the removed ones the new one.</summary>
internal readonly record struct TextPart(TextChange Change, string Text);

/// <summary>One paragraph of either text.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Text">The new paragraph; of a removed one the former.</param>
/// <param name="Parts">Of a changed paragraph.</param>
/// <param name="StandsApart">An empty line precedes it.</param>
internal sealed record ParagraphChange(TextChange Change, string Text, IReadOnlyList<TextPart> Parts, bool StandsApart);

/// <summary>Two texts compared, paragraph by paragraph and word by word.</summary>
/// <param name="Paragraphs">All paragraphs of both, in order.</param>
/// <param name="IsComplete">False where the texts differ so much that only what begins and ends alike was looked for.</param>
internal sealed record TextComparison(IReadOnlyList<ParagraphChange> Paragraphs, bool IsComplete)
{
    /// <summary>Beyond this many, neighbours with the same fate are shown as one.</summary>
    public const int MaxParagraphs = 10_000;

    public bool IsSame => Paragraphs.All(paragraph => paragraph.Change == TextChange.Unchanged);

    public int Count(TextChange change) => Paragraphs.Count(paragraph => paragraph.Change == change);

    public static TextComparison Of(string before, string after, ComparisonWork work)
    {
        var (left, right) = (TextParagraph.Of(before), TextParagraph.Of(after));
        var symbols = new Dictionary<string, int>(StringComparer.Ordinal);
        int Symbol(TextParagraph paragraph) => symbols.TryGetValue(paragraph.Text, out var known) ? known : symbols[paragraph.Text] = symbols.Count;
        var matches = Alignment.Of([.. left.Select(Symbol)], [.. right.Select(Symbol)], work);

        var words = new WordComparison(work);
        var paragraphs = new List<ParagraphChange>();
        var (x, y) = (0, 0);
        foreach (var match in matches.Append(new(left.Count, right.Count, 0)))
        {
            paragraphs.AddRange(words.Of(left[x..match.Before], right[y..match.After]));
            for (var i = 0; i < match.Length; i++) paragraphs.Add(new(TextChange.Unchanged, right[match.After + i].Text, [], right[match.After + i].StandsApart));
            (x, y) = (match.Before + match.Length, match.After + match.Length);
        }
        return new(paragraphs.Count > MaxParagraphs ? Joined(paragraphs) : paragraphs, !work.IsExhausted);
    }

    private static List<ParagraphChange> Joined(List<ParagraphChange> paragraphs)
    {
        var joined = new List<ParagraphChange>();
        for (var at = 0; at < paragraphs.Count;)
        {
            var first = paragraphs[at];
            var end = at + 1;
            while (first.Change != TextChange.Changed && end < paragraphs.Count && paragraphs[end].Change == first.Change) end++;
            joined.Add(end == at + 1 ? first : first with { Text = TextParagraph.Together(paragraphs[at..end]) });
            at = end;
        }
        return joined;
    }
}

/// <summary>A line that holds something: Markdown's paragraphs, list items, headings and rows.</summary>
internal readonly record struct TextParagraph(string Text, bool StandsApart)
{
    public static List<TextParagraph> Of(string text)
    {
        var paragraphs = new List<TextParagraph>();
        var apart = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace()) apart = true;
            else
            {
                paragraphs.Add(new(line.TrimEnd().ToString(), apart));
                apart = false;
            }
        }
        return paragraphs;
    }

    /// <summary>Paragraphs as one text.</summary>
    public static string Together(IEnumerable<ParagraphChange> paragraphs) =>
        string.Concat(paragraphs.Select((paragraph, i) => (i == 0 ? "" : paragraph.StandsApart ? "\n\n" : "\n") + paragraph.Text));
}
