using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
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
    public required VersionFactsBody InForce { get; init; }

    /// <summary>The version announced and not in force yet (C2.5b); null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required VersionFactsBody? Announced { get; init; }

    internal static DocumentBody Of(DocumentVersion inForce, DocumentVersion? announced, string language) => new()
    {
        Kind = inForce.Kind,
        Title = inForce.Titles[language],
        Required = inForce.Required,
        InForce = new VersionFactsBody(inForce, language),
        Announced = announced is null ? null : new VersionFactsBody(announced, language),
    };
}

/// <summary>What there is to know of a version without reading it.</summary>
public record VersionFactsBody
{
    /// <summary>Creates it empty, to be filled from JSON.</summary>
    public VersionFactsBody()
    {
    }

    [SetsRequiredMembers]
    internal VersionFactsBody(DocumentVersion version, string language)
    {
        Version = version.Version;
        Sha256 = version.Sha256;
        Class = ClassOf(version.Class);
        Ground = GroundOf(version.Ground);
        Prevails = version.Prevails;
        Summary = version.Summary.GetValueOrDefault(language, "");
        AnnouncedAt = version.AnnouncedAt;
        EffectiveAt = version.EffectiveAt;
        Href = DocumentPaths.Version(version.Kind, version.Version);
    }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text in both languages, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it changed, which decides how it can be accepted: wording, contract or processing (L-04).</summary>
    [AllowedValues("wording", "contract", "processing")] public required string Class { get; init; }

    /// <summary>Why it was made: the law, or the Platform's business (C2.5a).</summary>
    [AllowedValues("business", "law")] public required string Ground { get; init; }

    /// <summary>Which language counts where the texts differ.</summary>
    [AllowedValues("zh-CN", "en")] public required string Prevails { get; init; }

    /// <summary>What it changed, in the reply's language; empty for a first version.</summary>
    public required string Summary { get; init; }

    /// <summary>When it was announced.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>From when it is in force.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string Href { get; init; }

    internal static string ClassOf(DocumentClass kind) => kind switch
    {
        DocumentClass.Wording => "wording",
        DocumentClass.Contract => "contract",
        DocumentClass.Processing => "processing",
    };

    private static string GroundOf(DocumentGround ground) => ground switch
    {
        DocumentGround.Business => "business",
        DocumentGround.Law => "law",
    };
}

/// <summary>One published version among the others of its kind.</summary>
public sealed record DocumentVersionBody : VersionFactsBody
{
    /// <summary>Creates it empty, to be filled from JSON.</summary>
    public DocumentVersionBody()
    {
    }

    [SetsRequiredMembers]
    internal DocumentVersionBody(DocumentStanding standing, string language) : base(standing.Version, language)
    {
        Kind = standing.Version.Kind;
        Title = standing.Version.Titles[language];
        Status = StatusOf(standing.Standing);
        Until = standing.Until;
    }

    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Title in the reply's language.</summary>
    public required string Title { get; init; }

    /// <summary>How it stands now.</summary>
    [AllowedValues("announced", "in_force", "superseded")] public required string Status { get; init; }

    /// <summary>When another version takes its place, or took it; null as long as none is announced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required DateTimeOffset? Until { get; init; }

    private static string StatusOf(Standing standing) => standing switch
    {
        Standing.Announced => "announced",
        Standing.InForce => "in_force",
        Standing.Superseded => "superseded",
    };
}

/// <summary>One published version with its text in every language. Nothing in it changes any more.</summary>
public sealed record DocumentTextBody : VersionFactsBody
{
    /// <summary>Creates it empty, to be filled from JSON.</summary>
    public DocumentTextBody()
    {
    }

    [SetsRequiredMembers]
    internal DocumentTextBody(DocumentVersion version) : base(version, version.Prevails)
    {
        Kind = version.Kind;
        Title = version.Titles[version.Prevails];
        Titles = version.Titles;
        Summaries = version.Summary;
        Content = version.Texts;
    }

    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Title in the language that prevails, as <c>summary</c> is: whoever asks gets the same bytes, which the digest names.</summary>
    public required string Title { get; init; }

    /// <summary>Titles by language tag.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    /// <summary>What it changed, by language tag; empty for a first version.</summary>
    [MaxLength(2000)] public required IReadOnlyDictionary<string, string> Summaries { get; init; }

    /// <summary>Markdown by language tag.</summary>
    [MaxLength(1_048_576)] public required IReadOnlyDictionary<string, string> Content { get; init; }
}
