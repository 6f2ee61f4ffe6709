using System.ComponentModel.DataAnnotations;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

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

    /// <summary>Every paragraph of both texts, in order.</summary>
    [MaxLength(10_000)] public required DocumentChangeBody[] Changes { get; init; }

    internal static DocumentDiffBody Of(DocumentVersion before, DocumentVersion after, string language) => new()
    {
        Kind = after.Kind,
        From = before.Version,
        To = after.Version,
        Language = language,
        Changes = [.. InlineDiffBuilder.Diff(before.Texts[language], after.Texts[language], ignoreWhiteSpace: false).Lines
            .Where(line => line.Text.Length > 0)
            .Select(line => new DocumentChangeBody { Change = Word(line.Type), Text = line.Text })],
    };

    private static string Word(ChangeType type) => type switch
    {
        ChangeType.Inserted => "added",
        ChangeType.Deleted => "removed",
        _ => "unchanged",
    };
}

/// <summary>One paragraph.</summary>
public sealed record DocumentChangeBody
{
    /// <summary>Whether it was added, removed or left as it was.</summary>
    [AllowedValues("added", "removed", "unchanged")] public required string Change { get; init; }

    /// <summary>The paragraph, in Markdown.</summary>
    [MaxLength(100_000)] public required string Text { get; init; }
}
