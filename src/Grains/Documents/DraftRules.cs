using System.Text;

namespace AiCloud.Documents;

/// <summary>What a draft must be before it is kept.</summary>
internal static class DraftRules
{
    public static readonly IReadOnlyList<string> Languages = ["zh-CN", "en"];
    public static readonly TimeSpan LeastNotice = TimeSpan.FromDays(7), LongestNotice = TimeSpan.FromDays(365);
    private const int LongestLabel = 32, LongestTitle = 200, LongestSummary = 4000, MostPurposes = 100, LongestCell = 500;

    /// <summary>What stands in the way; null when nothing does. <paramref name="newest"/>: the newest announced version, null for a new kind.</summary>
    public static RefusalCode? Fault(string kind, DraftVersion draft, DocumentVersion? newest) =>
        !IsLabel(draft.Version) || !InBothLanguages(draft.Texts, DraftVersion.LongestTexts) || Bytes(draft.Texts) > DraftVersion.LongestTexts
            || !(draft.Titles.Count == 0 && newest is not null || InBothLanguages(draft.Titles, LongestTitle))
            || !(draft.Summary.Count == 0 && newest is null || InBothLanguages(draft.Summary, LongestSummary))
            || !Enum.IsDefined(draft.Class) || !Enum.IsDefined(draft.Ground)
            || draft.Prevails is { } tag && !Languages.Contains(tag)
            || draft.Incorporates is { } kinds && (kinds.Contains(kind) || kinds.Distinct().Count() != kinds.Length)
            || !IsTable(kind, draft.Processing) ? RefusalCode.DocumentInvalid
        : draft.EffectiveAfter is { } after && (after < LeastNotice || after > LongestNotice) ? RefusalCode.EffectiveTooSoon
        : newest is not null && draft.Class < ProcessingTable.LeastClass(newest.Processing, draft.Processing) ? RefusalCode.DocumentClassTooLow
        : null;

    private static bool IsTable(string kind, ProcessingPurpose[] table) =>
        kind != DocumentCatalog.PrivacyKind ? table.Length == 0
            : table.Length is > 0 and <= MostPurposes && table.Select(row => row.Id).Distinct().Count() == table.Length && table.All(IsRow);

    private static bool IsRow(ProcessingPurpose row) =>
        row.Id.Length is > 0 and <= 50 && row.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && InBothLanguages(row.Purpose, LongestCell) && InBothLanguages(row.Retention, LongestCell)
        && row.DataKinds.Length is > 0 and <= 50 && row.DataKinds.Concat(row.Recipients).Concat(row.Functions).All(name => IsText(name, 100))
        && row.Recipients.Length <= 50 && row.Functions.Length <= 50 && row.RetentionDays is null or >= 0
        && (row.Necessary || row.Functions.Length == 0);

    private static bool InBothLanguages(Dictionary<string, string> texts, int longest) =>
        texts.Count == Languages.Count && Languages.All(tag => texts.TryGetValue(tag, out var text) && IsText(text, longest));

    // A digest is over UTF-8: what UTF-8 cannot say would be replaced silently, and two different texts could get one digest.
    private static bool IsText(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Contains('\0', StringComparison.Ordinal) && IsWellFormed(text);

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal)) return false;
        return true;
    }

    // "diff" would be the address of the page that compares versions.
    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label != "diff" && char.IsAsciiLetterOrDigit(label[0]) && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private static int Bytes(Dictionary<string, string> texts) => texts.Values.Sum(Encoding.UTF8.GetByteCount);
}
