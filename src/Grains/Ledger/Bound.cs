using AiCloud.Documents;

namespace AiCloud.Ledger;

/// <summary>Reads out of a chain what bound its account at an instant. Pure.</summary>
public static class Bound
{
    /// <summary>Of every kind the newest acceptance up to the instant, its own or along with another text; of every purpose the last word.</summary>
    public static BoundAgreements At(string account, IEnumerable<LedgerEntry> entries, DateTimeOffset at)
    {
        var (agreements, consents) = (new SortedDictionary<string, BoundAgreement>(StringComparer.Ordinal), new SortedDictionary<string, BoundConsent>(StringComparer.Ordinal));
        // By instant, and within one instant by place: what was accepted later replaces what was accepted before.
        foreach (var entry in entries.Where(entry => entry.At <= at && entry.Document is not null).OrderBy(entry => entry.At).ThenBy(entry => entry.Number))
        {
            switch (entry.Kind)
            {
                case LedgerKinds.Acceptance:
                    foreach (var incorporated in entry.Incorporated) agreements[incorporated.Kind] = Of(entry, incorporated, entry.Document);
                    agreements[entry.Document!.Kind] = Of(entry, entry.Document, with: null);
                    break;
                case LedgerKinds.Consent or LedgerKinds.ConsentWithdrawn when entry.Purpose is { } purpose:
                    consents[purpose] = new BoundConsent
                    {
                        Purpose = purpose,
                        Document = entry.Document!,
                        Given = entry.Kind == LedgerKinds.Consent && entry.Given == true,
                        Since = entry.At,
                        Act = entry.Act,
                        Entry = entry.Number,
                    };
                    break;
            }
        }
        return new BoundAgreements { Account = account, At = at, Agreements = [.. agreements.Values], Consents = [.. consents.Values] };
    }

    private static BoundAgreement Of(LedgerEntry entry, DocumentReference text, DocumentReference? with) => new()
    {
        Document = text,
        Since = entry.At,
        Manner = entry.Manner ?? "",
        Act = entry.Act,
        Entry = entry.Number,
        With = with,
    };
}
