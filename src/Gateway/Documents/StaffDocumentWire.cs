using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using AiCloud.Requests;

namespace AiCloud.Documents;

/// <summary>A version as its author hands it in (API.md, Staff).</summary>
public sealed record DraftRequest
{
    /// <summary>The label; never used before within the kind, not even by a withdrawn version.</summary>
    [MinLength(1), MaxLength(32), RegularExpression("[A-Za-z0-9][A-Za-z0-9.-]*")] public required string Version { get; init; }

    /// <summary>From announcement to force as an ISO 8601 duration of weeks, days or hours: <c>P7D</c> at least, <c>P365D</c> at most. Absent: the setting.</summary>
    [MaxLength(16), RegularExpression("P([0-9]{1,3}W|[0-9]{1,4}D(T[0-9]{1,5}H)?|T[0-9]{1,5}H)")] public string? EffectiveAfter { get; init; }

    /// <summary>What it changes: wording, the contract, or the processing of personal data. May be raised, never below what the processing table shows.</summary>
    [AllowedValues("wording", "contract", "processing")] public required string Class { get; init; }

    /// <summary>Why.</summary>
    [AllowedValues("law", "business")] public required string Ground { get; init; }

    /// <summary>What changes, for readers. Only a kind's first version may leave it out.</summary>
    public SummaryTexts? Summary { get; init; }

    /// <summary>The texts.</summary>
    public required ContentTexts Content { get; init; }

    /// <summary>Language that prevails where the texts differ. Absent: the setting.</summary>
    [AllowedValues("zh-CN", "en")] public string? Prevails { get; init; }

    /// <summary>Titles. Absent: those of the newest version.</summary>
    public TitleTexts? Titles { get; init; }

    /// <summary>Whether registering needs its acceptance. Absent: as before.</summary>
    public bool? Required { get; init; }

    /// <summary>Kinds that are accepted along with it. Absent: as before.</summary>
    [MaxLength(32)] public string[]? Incorporates { get; init; }

    /// <summary>What personal data is processed for; the privacy agreement needs the whole table, other kinds have none.</summary>
    [MaxLength(100)] public ProcessingRow[]? Processing { get; init; }
}

/// <summary>Markdown in both languages, together at most 1 MB in UTF-8. No raw HTML, no pictures, links to this site, https, mail and telephone only.</summary>
public sealed record ContentTexts
{
    /// <summary>Chinese.</summary>
    [MinLength(1), MaxLength(DraftVersion.LongestTexts * 2), Text(TextRule.Multiline), JsonPropertyName("zh-CN")] public required string ZhCn { get; init; }

    /// <summary>English.</summary>
    [MinLength(1), MaxLength(DraftVersion.LongestTexts * 2), Text(TextRule.Multiline)] public required string En { get; init; }

    internal Dictionary<string, string> ByTag => new() { ["zh-CN"] = ZhCn, ["en"] = En };
}

/// <summary>A summary of changes in both languages.</summary>
public sealed record SummaryTexts
{
    /// <summary>Chinese.</summary>
    [MinLength(1), MaxLength(4000), Text(TextRule.Multiline), JsonPropertyName("zh-CN")] public required string ZhCn { get; init; }

    /// <summary>English.</summary>
    [MinLength(1), MaxLength(4000), Text(TextRule.Multiline)] public required string En { get; init; }

    internal Dictionary<string, string> ByTag => new() { ["zh-CN"] = ZhCn, ["en"] = En };
}

/// <summary>A title in both languages.</summary>
public sealed record TitleTexts
{
    /// <summary>Chinese.</summary>
    [MinLength(1), MaxLength(200), JsonPropertyName("zh-CN")] public required string ZhCn { get; init; }

    /// <summary>English.</summary>
    [MinLength(1), MaxLength(200)] public required string En { get; init; }

    internal Dictionary<string, string> ByTag => new() { ["zh-CN"] = ZhCn, ["en"] = En };
}

/// <summary>A cell of the processing table in both languages.</summary>
public sealed record CellTexts
{
    /// <summary>Chinese.</summary>
    [MinLength(1), MaxLength(500), JsonPropertyName("zh-CN")] public required string ZhCn { get; init; }

    /// <summary>English.</summary>
    [MinLength(1), MaxLength(500)] public required string En { get; init; }

    internal static CellTexts Of(Dictionary<string, string> texts) => new() { ZhCn = texts["zh-CN"], En = texts["en"] };

    internal Dictionary<string, string> ByTag => new() { ["zh-CN"] = ZhCn, ["en"] = En };
}

/// <summary>One purpose for which personal data is processed (L-03, L-04).</summary>
public sealed record ProcessingRow
{
    /// <summary>Stable name; a consent names it.</summary>
    [MinLength(1), MaxLength(50), RegularExpression("[a-z0-9-]+")] public required string Id { get; init; }

    /// <summary>The purpose.</summary>
    public required CellTexts Purpose { get; init; }

    /// <summary>Kinds of data; stable names.</summary>
    [MinLength(1), MaxLength(50)] public required string[] DataKinds { get; init; }

    /// <summary>Who receives them. Absent: nobody.</summary>
    [MaxLength(50)] public string[]? Recipients { get; init; }

    /// <summary>How long they are kept.</summary>
    public required CellTexts Retention { get; init; }

    /// <summary>The same in days, where it can be counted.</summary>
    [Range(0, 100_000)] public int? RetentionDays { get; init; }

    /// <summary>Whether the service cannot do without.</summary>
    public required bool Necessary { get; init; }

    /// <summary>Functions that need it; only for a necessary one. Absent: none.</summary>
    [MaxLength(50)] public string[]? Functions { get; init; }

    internal static ProcessingRow Of(ProcessingPurpose purpose) => new()
    {
        Id = purpose.Id,
        Purpose = CellTexts.Of(purpose.Purpose),
        DataKinds = purpose.DataKinds,
        Recipients = purpose.Recipients,
        Retention = CellTexts.Of(purpose.Retention),
        RetentionDays = purpose.RetentionDays,
        Necessary = purpose.Necessary,
        Functions = purpose.Functions,
    };

    internal ProcessingPurpose Purposed => new()
    {
        Id = Id,
        Purpose = Purpose.ByTag,
        DataKinds = DataKinds,
        Recipients = Recipients ?? [],
        Retention = Retention.ByTag,
        RetentionDays = RetentionDays,
        Necessary = Necessary,
        Functions = Functions ?? [],
    };
}
