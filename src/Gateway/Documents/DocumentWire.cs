using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace AiCloud.Documents;

/// <summary>A kind of document: what is in force, and what is announced.</summary>
public sealed record DocumentBody
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Title in the reply's language.</summary>
    public required string Title { get; init; }

    /// <summary>Whether registering needs its acceptance.</summary>
    public required bool Required { get; init; }

    /// <summary>The version in force.</summary>
    public required InForceBody InForce { get; init; }

    /// <summary>The version announced; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required AnnouncedBody? Announced { get; init; }

    internal static DocumentBody Of(DocumentVersion inForce, DocumentVersion? announced, string language) => new()
    {
        Kind = inForce.Kind,
        Title = inForce.Titles[language],
        Required = inForce.Required,
        InForce = new InForceBody
        {
            Version = inForce.Version,
            EffectiveAt = inForce.EffectiveAt,
            Sha256 = inForce.Sha256,
            Href = DocumentPaths.Version(inForce.Kind, inForce.Version),
        },
        Announced = announced is null ? null : new AnnouncedBody
        {
            Version = announced.Version,
            AnnouncedAt = announced.AnnouncedAt,
            EffectiveAt = announced.EffectiveAt,
            Sha256 = announced.Sha256,
            Href = DocumentPaths.Version(announced.Kind, announced.Version),
            Summary = announced.Summary.GetValueOrDefault(language, ""),
        },
    };
}

/// <summary>A version in force.</summary>
public record InForceBody
{
    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>From when it is in force.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>SHA-256 of the text in both languages, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string Href { get; init; }
}

/// <summary>A version announced and not in force yet (C2.5b).</summary>
public sealed record AnnouncedBody : InForceBody
{
    /// <summary>When it was announced.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>What changes, in the reply's language.</summary>
    public required string Summary { get; init; }
}

/// <summary>One published version.</summary>
public record DocumentVersionBody
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>Title in the reply's language.</summary>
    public required string Title { get; init; }

    /// <summary>SHA-256 of the text in both languages, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it changed: wording, contract or processing.</summary>
    [AllowedValues("wording", "contract", "processing")] public required string Class { get; init; }

    /// <summary>When it was announced.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>From when it is in force.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string Href { get; init; }

    internal static DocumentVersionBody Of(DocumentVersion version, string language) => new()
    {
        Kind = version.Kind,
        Version = version.Version,
        Title = version.Titles[language],
        Sha256 = version.Sha256,
        Class = ClassOf(version.Class),
        AnnouncedAt = version.AnnouncedAt,
        EffectiveAt = version.EffectiveAt,
        Href = DocumentPaths.Version(version.Kind, version.Version),
    };

    internal static string ClassOf(DocumentClass kind) => kind switch
    {
        DocumentClass.Wording => "wording",
        DocumentClass.Contract => "contract",
        DocumentClass.Processing => "processing",
    };
}

/// <summary>One published version with its text in every language.</summary>
public sealed record DocumentTextBody : DocumentVersionBody
{
    /// <summary>Markdown by language tag.</summary>
    [MaxLength(200_000)] public required IReadOnlyDictionary<string, string> Content { get; init; }

    internal static new DocumentTextBody Of(DocumentVersion version, string language) => new()
    {
        Kind = version.Kind,
        Version = version.Version,
        Title = version.Titles[language],
        Sha256 = version.Sha256,
        Class = ClassOf(version.Class),
        AnnouncedAt = version.AnnouncedAt,
        EffectiveAt = version.EffectiveAt,
        Href = DocumentPaths.Version(version.Kind, version.Version),
        Content = version.Texts,
    };
}
