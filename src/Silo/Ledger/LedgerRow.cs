using AiCloud.Documents;

namespace AiCloud.Ledger;

/// <summary>An entry as it stands in its row.</summary>
internal sealed record LedgerRow
{
    public const string Columns =
        "account, number, kind, at, manner, act, document_kind, document_version, document_sha256, incorporated, purpose, given, evidence_sha256, previous, hash, evidence";

    public const string Selected = """
        account, number, kind, at, manner, act, document_kind AS documentkind, document_version AS documentversion, document_sha256 AS documentsha256,
        incorporated, purpose, given, evidence_sha256 AS evidencesha256, previous, hash, evidence
        """;

    public required string Account { get; init; }
    public required int Number { get; init; }
    public required string Kind { get; init; }
    public required string At { get; init; }
    public required string Manner { get; init; }
    public required string Act { get; init; }
    public required string DocumentKind { get; init; }
    public required string DocumentVersion { get; init; }
    public required string DocumentSha256 { get; init; }
    public required string Incorporated { get; init; }
    public required string Purpose { get; init; }
    public required string Given { get; init; }
    public required byte[] EvidenceSha256 { get; init; }
    public required byte[] Previous { get; init; }
    public required byte[] Hash { get; init; }
    public required byte[]? Evidence { get; init; }

    public static LedgerRow Of(LedgerEntry entry) => new()
    {
        Account = entry.Account,
        Number = entry.Number,
        Kind = entry.Kind,
        At = LedgerChain.Instant(entry.At),
        Manner = entry.Manner ?? "",
        Act = entry.Act,
        DocumentKind = entry.Document?.Kind ?? "",
        DocumentVersion = entry.Document?.Version ?? "",
        DocumentSha256 = entry.Document?.Sha256 ?? "",
        Incorporated = string.Join('\n', entry.Incorporated.Select(text => $"{text.Kind}\t{text.Version}\t{text.Sha256}")),
        Purpose = entry.Purpose ?? "",
        Given = entry.Given switch { true => "true", false => "false", null => "" },
        EvidenceSha256 = Convert.FromHexString(entry.EvidenceSha256 ?? ""),
        Previous = Convert.FromHexString(entry.Previous),
        Hash = Convert.FromHexString(entry.Hash),
        Evidence = entry.Evidence,
    };

    /// <summary>The entry that the row says; null when no entry has such a row.</summary>
    public LedgerEntry? Entry()
    {
        if (LedgerChain.ReadInstant(At) is not { } at) return null;
        if (Given is not ("" or "true" or "false")) return null;
        DocumentReference? document = null;
        if (DocumentKind.Length + DocumentVersion.Length + DocumentSha256.Length > 0)
            document = new DocumentReference { Kind = DocumentKind, Version = DocumentVersion, Sha256 = DocumentSha256 };
        var incorporated = Incorporated.Length == 0 ? [] : Incorporated.Split('\n').Select(line => line.Split('\t')).ToArray();
        if (incorporated.Any(parts => parts.Length != 3)) return null;
        return new LedgerEntry
        {
            Account = Account,
            Number = Number,
            Kind = Kind,
            At = at,
            Manner = NullIfEmpty(Manner),
            Act = Act,
            Document = document,
            Incorporated = [.. incorporated.Select(parts => new DocumentReference { Kind = parts[0], Version = parts[1], Sha256 = parts[2] })],
            Purpose = NullIfEmpty(Purpose),
            Given = Given switch { "true" => true, "false" => false, _ => null },
            Evidence = Evidence,
            EvidenceSha256 = EvidenceSha256.Length == 0 ? null : Convert.ToHexStringLower(EvidenceSha256),
            Previous = Convert.ToHexStringLower(Previous),
            Hash = Convert.ToHexStringLower(Hash),
        };
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
