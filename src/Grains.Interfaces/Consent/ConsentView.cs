using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>How a person stands to one purpose of processing. Nothing is ever inferred: silence is <see cref="Undecided"/>.</summary>
public enum ConsentState
{
    /// <summary>Not asked yet, or not answered.</summary>
    Undecided = 1,
    /// <summary>Consented to, with the whole agreement at registration or by its own box.</summary>
    Given = 2,
    /// <summary>Refused.</summary>
    Refused = 3,
    /// <summary>Given once and taken back (PIPL art. 15).</summary>
    Withdrawn = 4,
}

/// <summary>How a purpose differs from what the person consented to before.</summary>
public enum PurposeChange
{
    /// <summary>There was no such purpose.</summary>
    New = 1,
    /// <summary>It reaches further.</summary>
    Widened = 2,
}

/// <summary>One purpose and how the account's user stands to it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.consent-view")]
public sealed record ConsentView
{
    /// <summary>The text whose table has the purpose: the version in force.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>The purpose.</summary>
    [Id(1)] public required ProcessingPurpose Purpose { get; init; }
    /// <summary>Where it stands.</summary>
    [Id(2)] public required ConsentState State { get; init; }
    /// <summary>Since when; null while undecided.</summary>
    [Id(3)] public DateTimeOffset? Since { get; init; }
    /// <summary>The text under which it was decided; null while undecided.</summary>
    [Id(4)] public DocumentReference? DecidedUnder { get; init; }
    /// <summary>What a version that is not accepted yet changes about it; null when nothing.</summary>
    [Id(5)] public PurposeChange? Change { get; init; }
    /// <summary>The decision on its own box; null when there was none, as for what registration included.</summary>
    [Id(6)] public ConsentDecided? Decided { get; init; }
}

/// <summary>One decision as it was made.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.consent-decided")]
public sealed record ConsentDecided
{
    /// <summary>Given, or refused or withdrawn.</summary>
    [Id(0)] public required bool Given { get; init; }
    /// <summary>When.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }
    /// <summary>The text.</summary>
    [Id(2)] public required DocumentReference Document { get; init; }
    /// <summary>Language in which the purpose was shown.</summary>
    [Id(3)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(4)] public required string Channel { get; init; }
}

/// <summary>Purposes to be decided under one text.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.due-consent")]
public sealed record DueConsent
{
    /// <summary>The text.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>The purposes, each with its own box.</summary>
    [Id(1)] public required ConsentView[] Purposes { get; init; }
}

/// <summary>Gives, refuses or withdraws consent to one purpose: one operation for all three, so that none is harder than another (L-02).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.consent-decision")]
public sealed record ConsentDecision
{
    /// <summary>The purpose.</summary>
    [Id(0)] public required string Purpose { get; init; }
    /// <summary>Given, or else refused or withdrawn.</summary>
    [Id(1)] public required bool Given { get; init; }
    /// <summary>The exact text whose table was shown: the one in force, else <see cref="RefusalCode.DocumentNotInForce"/>.</summary>
    [Id(2)] public required DocumentReference Document { get; init; }
    /// <summary>Language in which it was shown.</summary>
    [Id(3)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(4)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the network prefix.</summary>
    [Id(5)] public required long Network { get; init; }
}
