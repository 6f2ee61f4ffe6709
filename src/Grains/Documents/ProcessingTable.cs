namespace AiCloud.Documents;

/// <summary>Compares tables of processing purposes: whatever widens needs fresh consent, never continued use (C2.5c, L-04).</summary>
internal static class ProcessingTable
{
    /// <summary>The lowest class that a change of the table allows.</summary>
    public static DocumentClass LeastClass(IReadOnlyList<ProcessingPurpose> before, IReadOnlyList<ProcessingPurpose> after) =>
        Widened(before, after).Count > 0 ? DocumentClass.Processing : DocumentClass.Wording;

    /// <summary>Purposes that are new or reach further than before.</summary>
    public static IReadOnlyList<ProcessingPurpose> Widened(IReadOnlyList<ProcessingPurpose> before, IReadOnlyList<ProcessingPurpose> after) =>
        [.. after.Where(purpose => before.FirstOrDefault(old => old.Id == purpose.Id) is not { } old || Widens(old, purpose))];

    // Words of purpose and retention cannot be weighed by a program: changed ones count as wider, and staff who only correct a
    // translation put the correction into the text instead.
    private static bool Widens(ProcessingPurpose before, ProcessingPurpose after) =>
        after.DataKinds.Except(before.DataKinds).Any()
        || after.Recipients.Except(before.Recipients).Any()
        || (after.Necessary && (!before.Necessary || after.Functions.Except(before.Functions).Any()))
        || !Same(before.Purpose, after.Purpose)
        || !(Same(before.Retention, after.Retention) && before.RetentionDays == after.RetentionDays || IsShorter(before, after));

    private static bool IsShorter(ProcessingPurpose before, ProcessingPurpose after) =>
        before.RetentionDays is { } was && after.RetentionDays is { } days && days < was;

    private static bool Same(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var text) && text == pair.Value);
}
