using AiCloud.Documents;

namespace AiCloud.Ledger;

/// <summary>What bound an account at an instant.</summary>
public sealed record BoundAgreementsBody
{
    /// <summary>The instant.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One text of each kind that had been accepted by then.</summary>
    public required BoundAgreementBody[] Agreements { get; init; }

    /// <summary>The last word on each purpose of processing by then.</summary>
    public required BoundConsentBody[] Consents { get; init; }

    internal static BoundAgreementsBody Of(BoundAgreements bound) => new()
    {
        At = bound.At.ToUniversalTime(),
        Agreements = [.. bound.Agreements.Select(BoundAgreementBody.Of)],
        Consents = [.. bound.Consents.Select(BoundConsentBody.Of)],
    };
}

/// <summary>A text that bound the account.</summary>
public sealed record BoundAgreementBody
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>Digest of the text, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Instant of the act.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary><c>explicit</c> or <c>deemed</c>.</summary>
    public required string Manner { get; init; }

    /// <summary>The act.</summary>
    public required string Act { get; init; }

    /// <summary>Number of the entry in the account's chain.</summary>
    public required int Entry { get; init; }

    /// <summary>Kind of the text that it was accepted along with; absent when it was accepted itself.</summary>
    public string? With { get; init; }

    internal static BoundAgreementBody Of(BoundAgreement bound) => new()
    {
        Kind = bound.Document.Kind,
        Version = bound.Document.Version,
        Sha256 = bound.Document.Sha256,
        Since = bound.Since,
        Manner = bound.Manner,
        Act = bound.Act,
        Entry = bound.Entry,
        With = bound.With?.Kind,
    };
}

/// <summary>The last word on one purpose.</summary>
public sealed record BoundConsentBody
{
    /// <summary>The purpose.</summary>
    public required string Purpose { get; init; }

    /// <summary>Kind of the document that names it.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of that document.</summary>
    public required string Version { get; init; }

    /// <summary>Given, and not refused or taken back.</summary>
    public required bool Given { get; init; }

    /// <summary>Instant of the act.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The act.</summary>
    public required string Act { get; init; }

    /// <summary>Number of the entry in the account's chain.</summary>
    public required int Entry { get; init; }

    internal static BoundConsentBody Of(BoundConsent bound) => new()
    {
        Purpose = bound.Purpose,
        Kind = bound.Document.Kind,
        Version = bound.Document.Version,
        Given = bound.Given,
        Since = bound.Since,
        Act = bound.Act,
        Entry = bound.Entry,
    };
}
