using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>What a receipt says; members after ISO/IEC TS 27560 and Kantara's consent receipt, as README.md of this folder lists them.</summary>
internal sealed record ReceiptBody
{
    public string SchemaVersion { get; init; } = "aicloud-receipt-1";

    public string ReceiptId { get; init; } = "";

    public string Issuer { get; init; } = "";

    public string Subject { get; init; } = "";

    public required string Event { get; init; }

    public required ReceiptDocument Document { get; init; }

    public required ReceiptDocument[] Incorporated { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Manner { get; init; }

    public required string Act { get; init; }

    public required string Language { get; init; }

    public required string Channel { get; init; }

    public ReceiptNotice? Notice { get; init; }

    public required ReceiptPurpose[] Purposes { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public string Keys { get; init; } = "";
}

/// <summary>One exact text, and where it is read.</summary>
internal sealed record ReceiptDocument(string Kind, string Version, string Sha256, string Href)
{
    public static ReceiptDocument Of(DocumentReference document, string issuer) =>
        new(document.Kind, document.Version, document.Sha256, issuer + DocumentPaths.Version(document.Kind, document.Version));
}

/// <summary>When and where the version was announced, what hourly probes of the pages found, and when this person was shown it.</summary>
internal sealed record ReceiptNotice(DateTimeOffset AnnouncedAt, DateTimeOffset EffectiveAt, DateTimeOffset? ShownAt, ReceiptPage[] Pages)
{
    public static ReceiptNotice Of(AcceptanceNotice notice, DateTimeOffset? shownAt) => new(notice.AnnouncedAt, notice.EffectiveAt, shownAt,
        [.. notice.Pages.Select(page => new ReceiptPage(page.Page, page.First, page.Last, page.Hours, page.Missing))]);
}

/// <summary>What the probes of one page found.</summary>
internal sealed record ReceiptPage(string Page, DateTimeOffset? First, DateTimeOffset? Last, int Hours, int Missing);

/// <summary>A purpose of processing, in every language, and what was decided; no state where the receipt does not decide it.</summary>
internal sealed record ReceiptPurpose(
    string Id, IReadOnlyDictionary<string, string> Purpose, string[] DataKinds, string[] Recipients, IReadOnlyDictionary<string, string> Retention, bool Necessary, string? State)
{
    public static ReceiptPurpose Of(ProcessingPurpose purpose, string? state) =>
        new(purpose.Id, purpose.Purpose, purpose.DataKinds, purpose.Recipients, purpose.Retention, purpose.Necessary, state);
}
