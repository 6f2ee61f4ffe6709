using System.ComponentModel.DataAnnotations;
using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>A version that the person is not bound to yet: announced, or in force and not accepted (C2.5c).</summary>
public sealed record NoticeDueBody
{
    /// <summary>Kind of document.</summary>
    public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text in both languages, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string Href { get; init; }

    /// <summary>What it changes. Going on accepts wording and contract; processing is accepted by consent only.</summary>
    [AllowedValues("wording", "contract", "processing")] public required string Class { get; init; }

    /// <summary>When it was announced.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>From when it is in force.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>Whether it is in force by now.</summary>
    public required bool InForce { get; init; }

    /// <summary>What changes, in the reply's language.</summary>
    [MaxLength(20_000)] public required string Summary { get; init; }

    /// <summary>Where it is compared with the version that the person is bound to.</summary>
    public required string DiffHref { get; init; }

    internal static NoticeDueBody[] Of(IEnumerable<DueNotice> due, string language) => [.. due.Select(notice => new NoticeDueBody
    {
        Kind = notice.Document.Kind,
        Version = notice.Document.Version,
        Sha256 = notice.Document.Sha256,
        Href = DocumentPaths.Version(notice.Document.Kind, notice.Document.Version),
        Class = DocumentVersionBody.ClassOf(notice.Class),
        AnnouncedAt = notice.AnnouncedAt,
        EffectiveAt = notice.EffectiveAt,
        InForce = notice.InForce,
        Summary = notice.Summary.GetValueOrDefault(language, ""),
        DiffHref = $"/v1/documents/{Uri.EscapeDataString(notice.Document.Kind)}/diff?from={Uri.EscapeDataString(notice.From)}&to={Uri.EscapeDataString(notice.Document.Version)}",
    })];
}

/// <summary>Purposes to be decided under one text, each by itself.</summary>
public sealed record ConsentDueBody
{
    /// <summary>Kind of document.</summary>
    public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text in both languages, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The purposes.</summary>
    public required PurposeDueBody[] Purposes { get; init; }

    internal static ConsentDueBody[] Of(IEnumerable<DueConsent> due, string language) => [.. due.Select(consent => new ConsentDueBody
    {
        Kind = consent.Document.Kind,
        Version = consent.Document.Version,
        Sha256 = consent.Document.Sha256,
        Purposes = [.. consent.Purposes.Select(view => new PurposeDueBody
        {
            Id = view.Purpose.Id,
            Purpose = view.Purpose.Purpose.GetValueOrDefault(language, ""),
            DataKinds = view.Purpose.DataKinds,
            Recipients = view.Purpose.Recipients,
            Retention = view.Purpose.Retention.GetValueOrDefault(language, ""),
            Necessary = view.Purpose.Necessary,
            Change = StandingConsentBody.ChangeOf(view.Change),
        })],
    })];
}

/// <summary>One purpose of processing personal data (L-03).</summary>
public record PurposeBody
{
    /// <summary>Its stable name.</summary>
    public required string Id { get; init; }

    /// <summary>The purpose, in the reply's language.</summary>
    [MaxLength(20_000)] public required string Purpose { get; init; }

    /// <summary>Kinds of data.</summary>
    public required string[] DataKinds { get; init; }

    /// <summary>Who receives them; empty for nobody.</summary>
    public required string[] Recipients { get; init; }

    /// <summary>How long they are kept, in the reply's language.</summary>
    [MaxLength(2_000)] public required string Retention { get; init; }

    /// <summary>Whether some functions cannot do without. An optional one may be refused without any disadvantage.</summary>
    public required bool Necessary { get; init; }
}

/// <summary>A purpose to be decided.</summary>
public sealed record PurposeDueBody : PurposeBody
{
    /// <summary>What the version changed about it; absent for one that was refused or withdrawn without a change.</summary>
    [AllowedValues("new", "widened")] public string? Change { get; init; }
}

/// <summary>A purpose in force and how the person stands to it.</summary>
public sealed record StandingConsentBody : PurposeBody
{
    /// <summary>The text in force that has it: what a decision names.</summary>
    public required DocumentReferenceBody Document { get; init; }

    /// <summary>Where it stands. Nothing is inferred: what was never answered is undecided.</summary>
    [AllowedValues("undecided", "given", "refused", "withdrawn")] public required string State { get; init; }

    /// <summary>Since when; absent while undecided.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Label of the version under which it was decided; absent while undecided.</summary>
    public string? Version { get; init; }

    /// <summary>What a version that is not accepted yet changes about it.</summary>
    [AllowedValues("new", "widened")] public string? Change { get; init; }

    /// <summary>Where the newest decision's signed receipt is; absent when there was none of its own.</summary>
    public string? Receipt { get; init; }

    internal static StandingConsentBody Of(ConsentView view, string language) => new()
    {
        Id = view.Purpose.Id,
        Purpose = view.Purpose.Purpose.GetValueOrDefault(language, ""),
        DataKinds = view.Purpose.DataKinds,
        Recipients = view.Purpose.Recipients,
        Retention = view.Purpose.Retention.GetValueOrDefault(language, ""),
        Necessary = view.Purpose.Necessary,
        Document = DocumentReferenceBody.Of(view.Document),
        State = StateOf(view.State),
        Since = view.Since,
        Version = view.DecidedUnder?.Version,
        Change = ChangeOf(view.Change),
        Receipt = view.Decided is null ? null : $"/v1/account/consents/{Uri.EscapeDataString(view.Purpose.Id)}/receipt",
    };

    internal static string StateOf(ConsentState state) => state switch
    {
        ConsentState.Undecided => "undecided",
        ConsentState.Given => "given",
        ConsentState.Refused => "refused",
        ConsentState.Withdrawn => "withdrawn",
    };

    internal static string? ChangeOf(PurposeChange? change) => change switch
    {
        PurposeChange.New => "new",
        PurposeChange.Widened => "widened",
        null => null,
    };
}

/// <summary>Gives, refuses or withdraws consent to one purpose.</summary>
public sealed record ConsentRequest
{
    /// <summary>True gives it; false refuses it, or withdraws it where it was given.</summary>
    public required bool Given { get; init; }

    /// <summary>The exact text whose table was shown: the one in force.</summary>
    public required ConsentDocument Document { get; init; }
}

/// <summary>One exact text.</summary>
public sealed record ConsentDocument
{
    /// <summary>Kind of document.</summary>
    [MaxLength(64)] public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    [MaxLength(32)] public required string Version { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    [RegularExpression("[0-9a-f]{64}")] public required string Sha256 { get; init; }

    internal DocumentReference ToReference() => new() { Kind = Kind, Version = Version, Sha256 = Sha256 };
}
