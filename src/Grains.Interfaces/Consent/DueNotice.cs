using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>A version that the account is not bound to yet: announced, or in force and not accepted (C2.5c).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.due-notice")]
public sealed record DueNotice
{
    /// <summary>The version.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>What it changes: processing is accepted by consent only.</summary>
    [Id(1)] public required DocumentClass Class { get; init; }
    /// <summary>When it was announced.</summary>
    [Id(2)] public required DateTimeOffset AnnouncedAt { get; init; }
    /// <summary>From when it is in force.</summary>
    [Id(3)] public required DateTimeOffset EffectiveAt { get; init; }
    /// <summary>Whether it is in force by now.</summary>
    [Id(4)] public required bool InForce { get; init; }
    /// <summary>Label of the version that the account is bound to: what to compare with.</summary>
    [Id(5)] public required string From { get; init; }
    /// <summary>Summary of changes by language tag.</summary>
    [Id(6)] public required Dictionary<string, string> Summary { get; init; }
    /// <summary>Titles by language tag.</summary>
    [Id(7)] public required Dictionary<string, string> Titles { get; init; }
}

/// <summary>How far the announcement of an accepted version reached (L-06): part of a deemed acceptance.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.acceptance-notice")]
public sealed record AcceptanceNotice
{
    /// <summary>When the version was announced.</summary>
    [Id(0)] public required DateTimeOffset AnnouncedAt { get; init; }
    /// <summary>From when it was in force.</summary>
    [Id(1)] public required DateTimeOffset EffectiveAt { get; init; }
    /// <summary>What hourly probes of the public pages had found by the instant of the acceptance.</summary>
    [Id(2)] public PageNotice[] Pages { get; init; } = [];
}
