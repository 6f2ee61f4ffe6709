namespace AiCloud.Documents;

/// <summary>One row of the privacy agreement's table: what personal data is processed for (L-03, L-04).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.processing-purpose")]
public sealed record ProcessingPurpose
{
    /// <summary>Stable name: 1 to 50 of a-z, 0-9 and hyphen. A consent names it.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>The purpose by language tag.</summary>
    [Id(1)] public required Dictionary<string, string> Purpose { get; init; }
    /// <summary>Kinds of data, such as <c>phone</c>; stable names.</summary>
    [Id(2)] public required string[] DataKinds { get; init; }
    /// <summary>Who receives them, processors included; empty for nobody.</summary>
    [Id(3)] public string[] Recipients { get; init; } = [];
    /// <summary>How long they are kept, by language tag.</summary>
    [Id(4)] public required Dictionary<string, string> Retention { get; init; }
    /// <summary>The same in days, where it can be counted: a smaller number narrows. Null where an event ends it.</summary>
    [Id(5)] public int? RetentionDays { get; init; }
    /// <summary>Whether the service cannot do without; an optional purpose may be refused without any disadvantage.</summary>
    [Id(6)] public required bool Necessary { get; init; }
    /// <summary>Functions that cannot be used without this purpose, such as <c>account_change</c>; only for necessary ones.</summary>
    [Id(7)] public string[] Functions { get; init; } = [];
}
