namespace AiCloud.Documents;

/// <summary>Names one immutable text: what a person accepts is exactly this (C0.1).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.document-reference")]
public sealed record DocumentReference
{
    /// <summary>The kind, such as <c>privacy-agreement</c>.</summary>
    [Id(0)] public required string Kind { get; init; }
    /// <summary>The version label, such as <c>1.0</c>.</summary>
    [Id(1)] public required string Version { get; init; }
    /// <summary>SHA-256 over the exact bytes of both languages, lower-case hex.</summary>
    [Id(2)] public required string Sha256 { get; init; }
}

/// <summary>What a new version changes, which decides how it can be accepted (L-04).</summary>
public enum DocumentClass
{
    /// <summary>Wording only.</summary>
    Wording = 1,
    /// <summary>The contract: continued use can accept it (C2.5c).</summary>
    Contract = 2,
    /// <summary>The processing of personal data: needs fresh consent, never deemed.</summary>
    Processing = 3,
}

/// <summary>Why the text was changed (C2.5a).</summary>
public enum DocumentGround
{
    /// <summary>The platform's own decision.</summary>
    Business = 1,
    /// <summary>A law or an authority demands it.</summary>
    Law = 2,
}

/// <summary>One immutable version of a document.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.document-version")]
public sealed record DocumentVersion
{
    /// <summary>The kind.</summary>
    [Id(0)] public required string Kind { get; init; }
    /// <summary>The label, unique within the kind.</summary>
    [Id(1)] public required string Version { get; init; }
    /// <summary>Titles by language tag.</summary>
    [Id(2)] public required Dictionary<string, string> Titles { get; init; }
    /// <summary>Markdown by language tag.</summary>
    [Id(3)] public required Dictionary<string, string> Texts { get; init; }
    /// <summary>SHA-256 as <see cref="DocumentDigest"/> defines it.</summary>
    [Id(4)] public required string Sha256 { get; init; }
    /// <summary>What it changes.</summary>
    [Id(5)] public required DocumentClass Class { get; init; }
    /// <summary>When it was announced to the public.</summary>
    [Id(6)] public required DateTimeOffset AnnouncedAt { get; init; }
    /// <summary>From when it is in force.</summary>
    [Id(7)] public required DateTimeOffset EffectiveAt { get; init; }
    /// <summary>Registration is refused without accepting it.</summary>
    [Id(8)] public required bool Required { get; init; }
    /// <summary>Kinds whose versions in force are accepted along with it (C0.1).</summary>
    [Id(9)] public required string[] Incorporates { get; init; }
    /// <summary>Summary of changes by language tag; empty for a first version.</summary>
    [Id(10)] public Dictionary<string, string> Summary { get; init; } = [];

    /// <summary>Why it was made.</summary>
    [Id(11)] public DocumentGround Ground { get; init; } = DocumentGround.Business;
    /// <summary>Tag of the language that prevails where the texts differ.</summary>
    [Id(12)] public string Prevails { get; init; } = "zh-CN";
    /// <summary>What personal data is processed for; only the privacy agreement has such a table.</summary>
    [Id(13)] public ProcessingPurpose[] Processing { get; init; } = [];
    /// <summary>Where and when the announcement could be seen; null for versions that nobody probed for. Not part of the text.</summary>
    [Id(14)] public NoticeProof? Notice { get; init; }

    /// <summary>What names this version.</summary>
    public DocumentReference Reference => new() { Kind = Kind, Version = Version, Sha256 = Sha256 };
}
