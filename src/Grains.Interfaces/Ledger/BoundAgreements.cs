using AiCloud.Documents;

namespace AiCloud.Ledger;

/// <summary>What bound an account at an instant (C2.5c).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.bound-agreements")]
public sealed record BoundAgreements
{
    /// <summary>Key of the account.</summary>
    [Id(0)] public required string Account { get; init; }
    /// <summary>The instant asked for.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }
    /// <summary>One for each kind of document that had been accepted by then, in the order of the kinds' names.</summary>
    [Id(2)] public required BoundAgreement[] Agreements { get; init; }
    /// <summary>The last word on each purpose of processing by then.</summary>
    [Id(3)] public required BoundConsent[] Consents { get; init; }
}

/// <summary>One text that bound the account, and the act by which it did.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.bound-agreement")]
public sealed record BoundAgreement
{
    /// <summary>The text.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>Instant of the act, UTC.</summary>
    [Id(1)] public required DateTimeOffset Since { get; init; }
    /// <summary><c>explicit</c> or <c>deemed</c>.</summary>
    [Id(2)] public required string Manner { get; init; }
    /// <summary>The act, such as <c>registration_completion</c>.</summary>
    [Id(3)] public required string Act { get; init; }
    /// <summary>The entry of the account's chain that says so.</summary>
    [Id(4)] public required int Entry { get; init; }
    /// <summary>The text that it was accepted along with (C0.1); null when it was accepted itself.</summary>
    [Id(5)] public DocumentReference? With { get; init; }
}

/// <summary>The last word on one purpose of processing.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.bound-consent")]
public sealed record BoundConsent
{
    /// <summary>The purpose's id within its document.</summary>
    [Id(0)] public required string Purpose { get; init; }
    /// <summary>The document that names it.</summary>
    [Id(1)] public required DocumentReference Document { get; init; }
    /// <summary>True while it was given; false when refused or taken back.</summary>
    [Id(2)] public required bool Given { get; init; }
    /// <summary>Instant of the act, UTC.</summary>
    [Id(3)] public required DateTimeOffset Since { get; init; }
    /// <summary>The act.</summary>
    [Id(4)] public required string Act { get; init; }
    /// <summary>The entry of the account's chain that says so.</summary>
    [Id(5)] public required int Entry { get; init; }
}
