using AiCloud.Staff;

namespace AiCloud.Documents;

/// <summary>A version as its author hands it in.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.draft-version")]
public sealed record DraftVersion
{
    /// <summary>Longest text of all languages together, in bytes of UTF-8.</summary>
    public const int LongestTexts = 1024 * 1024;

    /// <summary>The label: 1 to 32 of letters, digits, dot and hyphen; never used before within the kind, not even by a withdrawn version.</summary>
    [Id(0)] public required string Version { get; init; }
    /// <summary>Titles by language tag; both languages, or empty to keep those of the newest version.</summary>
    [Id(1)] public Dictionary<string, string> Titles { get; init; } = [];
    /// <summary>Markdown by language tag: <c>zh-CN</c> and <c>en</c>, together at most <see cref="LongestTexts"/>.</summary>
    [Id(2)] public required Dictionary<string, string> Texts { get; init; }
    /// <summary>Summary of changes by language tag; may be empty for a kind's first version only.</summary>
    [Id(3)] public Dictionary<string, string> Summary { get; init; } = [];
    /// <summary>What it changes; never below what the processing table shows.</summary>
    [Id(4)] public required DocumentClass Class { get; init; }
    /// <summary>Why.</summary>
    [Id(5)] public required DocumentGround Ground { get; init; }
    /// <summary>Language that prevails; null for the setting.</summary>
    [Id(6)] public string? Prevails { get; init; }
    /// <summary>From announcement to force; null for the setting, at least 7 days, at most 365.</summary>
    [Id(7)] public TimeSpan? EffectiveAfter { get; init; }
    /// <summary>The processing table: the privacy agreement needs one, other kinds have none.</summary>
    [Id(8)] public ProcessingPurpose[] Processing { get; init; } = [];
    /// <summary>Whether registration needs its acceptance; null for as before (false for a new kind).</summary>
    [Id(9)] public bool? Required { get; init; }
    /// <summary>Kinds accepted along with it; null for as before.</summary>
    [Id(10)] public string[]? Incorporates { get; init; }
}

/// <summary>How far a version has come. Whether an announced one is in force or superseded follows from the clock.</summary>
public enum DocumentStatus
{
    /// <summary>Seen by staff only.</summary>
    Draft = 1,
    /// <summary>Announced: public and immutable.</summary>
    Announced = 2,
    /// <summary>Withdrawn before it was in force.</summary>
    Withdrawn = 3,
}

/// <summary>A version as staff see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.managed-version")]
public sealed record ManagedVersion
{
    /// <summary>The kind.</summary>
    [Id(0)] public required string Kind { get; init; }
    /// <summary>The label.</summary>
    [Id(1)] public required string Version { get; init; }
    /// <summary>SHA-256 as <see cref="DocumentDigest"/> defines it.</summary>
    [Id(2)] public required string Sha256 { get; init; }
    /// <summary>How far it has come.</summary>
    [Id(3)] public required DocumentStatus Status { get; init; }
    /// <summary>Who drafted it.</summary>
    [Id(4)] public required StaffActor Author { get; init; }
    /// <summary>When.</summary>
    [Id(5)] public required DateTimeOffset DraftedAt { get; init; }
    /// <summary>What was handed in.</summary>
    [Id(6)] public required DraftVersion Content { get; init; }
    /// <summary>Who announced it.</summary>
    [Id(7)] public StaffActor? Announcer { get; init; }
    /// <summary>When, by the database's clock.</summary>
    [Id(8)] public DateTimeOffset? AnnouncedAt { get; init; }
    /// <summary>From when it is (or would have been) in force.</summary>
    [Id(9)] public DateTimeOffset? EffectiveAt { get; init; }
    /// <summary>Who proposed to withdraw it.</summary>
    [Id(10)] public StaffActor? WithdrawalProposer { get; init; }
    /// <summary>Who carried the withdrawal out.</summary>
    [Id(11)] public StaffActor? WithdrawnBy { get; init; }
    /// <summary>When.</summary>
    [Id(12)] public DateTimeOffset? WithdrawnAt { get; init; }
    /// <summary>When the coming into force was noted; readers do not wait for it.</summary>
    [Id(13)] public DateTimeOffset? ActivationNotedAt { get; init; }
}
