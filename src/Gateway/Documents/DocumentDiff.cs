using System.ComponentModel.DataAnnotations;
using AiCloud.Documents.Comparison;

namespace AiCloud.Documents;

/// <summary>What changed from one version of a document to another.</summary>
public sealed record DocumentDiffBody
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Label of the version compared with.</summary>
    public required string From { get; init; }

    /// <summary>Label of the version compared.</summary>
    public required string To { get; init; }

    /// <summary>Language of the texts.</summary>
    public required string Language { get; init; }

    /// <summary>False where the texts differ so much that only what begins and ends alike was looked for: what is shown is right, but not the least.</summary>
    public required bool Complete { get; init; }

    /// <summary>Every paragraph of both texts, in order.</summary>
    [MaxLength(TextComparison.MaxParagraphs)] public required DocumentChangeBody[] Changes { get; init; }

    internal static DocumentDiffBody Of(DocumentVersion before, DocumentVersion after, string language, TextComparison comparison) => new()
    {
        Kind = after.Kind,
        From = before.Version,
        To = after.Version,
        Language = language,
        Complete = comparison.IsComplete,
        Changes = [.. comparison.Paragraphs.Select(DocumentChangeBody.Of)],
    };
}

/// <summary>One paragraph.</summary>
public sealed record DocumentChangeBody
{
    /// <summary>Whether it was added, removed, changed in its words, or left as it was.</summary>
    [AllowedValues("added", "removed", "changed", "unchanged")] public required string Change { get; init; }

    /// <summary>The paragraph in Markdown; of a changed one the new text.</summary>
    [MaxLength(1_048_576)] public required string Text { get; init; }

    /// <summary>Of a changed paragraph: its words in order. Without the added ones they are the former paragraph, without the removed ones the new one.</summary>
    [MaxLength(1_048_576)] public DocumentPartBody[]? Parts { get; init; }

    internal static DocumentChangeBody Of(ParagraphChange paragraph) => new()
    {
        Change = Word(paragraph.Change),
        Text = paragraph.Text,
        Parts = paragraph.Change == TextChange.Changed ? [.. paragraph.Parts.Select(part => new DocumentPartBody { Change = Word(part.Change), Text = part.Text })] : null,
    };

    private static string Word(TextChange change) => change switch
    {
        TextChange.Unchanged => "unchanged",
        TextChange.Removed => "removed",
        TextChange.Added => "added",
        TextChange.Changed => "changed",
    };
}

/// <summary>A stretch of a changed paragraph.</summary>
public sealed record DocumentPartBody
{
    /// <summary>Whether it was added, removed or left as it was.</summary>
    [AllowedValues("added", "removed", "unchanged")] public required string Change { get; init; }

    /// <summary>The words, with the spaces between them.</summary>
    [MaxLength(1_048_576)] public required string Text { get; init; }
}
