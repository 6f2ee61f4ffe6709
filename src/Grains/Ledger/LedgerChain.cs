using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiCloud.Documents;

namespace AiCloud.Ledger;

/// <summary>How entries become a chain, and how a chain is checked. Pure.</summary>
public static class LedgerChain
{
    /// <summary>What the first entry of a chain names as the one before.</summary>
    public static readonly string Beginning = new('0', 64);

    private const string Format = "aicloud-ledger-entry-1";
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Gives a draft its place after <paramref name="head"/>; null for a chain that begins.</summary>
    public static LedgerEntry Append(LedgerHead? head, LedgerDraft draft)
    {
        var entry = new LedgerEntry
        {
            Account = draft.Account,
            Number = (head?.Number ?? 0) + 1,
            Kind = draft.Kind,
            At = draft.At.ToUniversalTime(),
            Manner = draft.Manner,
            Act = draft.Act,
            Document = draft.Document,
            Incorporated = draft.Incorporated,
            Purpose = draft.Purpose,
            Given = draft.Given,
            Evidence = draft.Evidence,
            EvidenceSha256 = draft.Evidence is { } evidence ? Digest(evidence) : null,
            Previous = head?.Hash ?? Beginning,
            Hash = "",
        };
        return entry with { Hash = HashOf(entry) };
    }

    /// <summary>
    /// The bytes whose SHA-256 is an entry's hash: UTF-8, one line for each field in this order, each ended by one line feed, what is absent
    /// left empty. A text is named by kind, version and digest with a tab between; every incorporated one has a line of its own.
    /// </summary>
    /// <exception cref="FormatException">A field holds a control character, so that another entry could have the same form.</exception>
    public static byte[] Canonical(LedgerEntry entry)
    {
        var form = new StringBuilder(Format).Append('\n');
        Line("account", entry.Account);
        Line("number", entry.Number.ToString(CultureInfo.InvariantCulture));
        Line("kind", entry.Kind);
        Line("at", Instant(entry.At));
        Line("manner", entry.Manner);
        Line("act", entry.Act);
        Line("document", entry.Document is { } document ? Reference(document) : null);
        foreach (var incorporated in entry.Incorporated) Line("incorporated", Reference(incorporated));
        Line("purpose", entry.Purpose);
        Line("given", entry.Given switch { true => "true", false => "false", null => null });
        Line("evidence", entry.EvidenceSha256);
        Line("previous", entry.Previous);
        return Encoding.UTF8.GetBytes(form.ToString());

        void Line(string name, string? value) => form.Append(name).Append(':').Append(value is null ? "" : name is "document" or "incorporated" ? value : Plain(value)).Append('\n');
    }

    /// <summary>SHA-256 of <see cref="Canonical"/>, lower-case hex.</summary>
    public static string HashOf(LedgerEntry entry) => Digest(Canonical(entry));

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>An instant as it stands in the canonical form: UTC with seven decimals of a second.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads <see cref="Instant"/>; null for anything else.</summary>
    public static DateTimeOffset? ReadInstant(string text) =>
        DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Whether <paramref name="entry"/> may follow <paramref name="before"/>; null when it may, else what is wrong with it.</summary>
    public static string? Fault(LedgerHead? before, LedgerEntry entry)
    {
        if (entry.Number != (before?.Number ?? 0) + 1) return string.Create(CultureInfo.InvariantCulture, $"entry {(before?.Number ?? 0) + 1} is missing");
        if (entry.Previous != (before?.Hash ?? Beginning)) return "it does not name the hash of the entry before";
        if (entry.Evidence is { } evidence && Digest(evidence) != entry.EvidenceSha256) return "its sealed evidence is not the one it was made with";
        try
        {
            return HashOf(entry) == entry.Hash ? null : "its content is not what its hash was made of";
        }
        catch (FormatException)
        {
            return "a field of it cannot be part of an entry";
        }
    }

    private static string Reference(DocumentReference document) => $"{Plain(document.Kind)}\t{Plain(document.Version)}\t{Plain(document.Sha256)}";

    private static string Plain(string value) => value.Any(char.IsControl) ? throw new FormatException("A field of a ledger entry holds a control character.") : value;
}
