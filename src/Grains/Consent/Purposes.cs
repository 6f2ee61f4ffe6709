using AiCloud.Accounts;
using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>How an account stands to the purposes of processing that are in force (L-02, L-04). Pure.</summary>
internal static class Purposes
{
    /// <summary>Functions that no missing consent takes away (C2.5c): a person can always read, decide, secure the account and leave.</summary>
    public static readonly IReadOnlyList<string> Always =
        ["notice", "appeal", "export", "documents", "consents", "cancellation", "sessions", "password", "sign_out", ActsOfUse.GoOn];

    /// <summary>Every purpose of every text in force, in the order of the table.</summary>
    public static IReadOnlyList<ConsentView> Of(AccountState state, DocumentSet published, DateTimeOffset now) =>
        [.. published.Kinds.SelectMany(kind => Of(state, published, kind, now))];

    /// <summary>What has to be asked: what a version widened and nobody answered, and every necessary purpose that is not given.</summary>
    public static DueConsent[] Due(IReadOnlyList<ConsentView> all) =>
    [
        .. all.Where(view => view.State != ConsentState.Given && (view.Purpose.Necessary || (view.State == ConsentState.Undecided && view.Change is not null)))
            .GroupBy(view => view.Document).Select(text => new DueConsent { Document = text.Key, Purposes = [.. text] }),
    ];

    /// <summary>Functions that a necessary purpose is missing for.</summary>
    public static IReadOnlySet<string> Limits(IReadOnlyList<ConsentView> all) =>
        all.Where(view => view.Purpose.Necessary && view.State != ConsentState.Given).SelectMany(view => view.Purpose.Functions).Except(Always).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The version that is accepted now that a purpose was decided: the one in force when a version that widens processing waits for it, everything
    /// that it widened is decided and everything necessary given. Null while something is missing, or when nothing waits.
    /// </summary>
    public static DocumentVersion? Completed(AccountState state, DocumentSet published, string kind, DateTimeOffset now) =>
        Waits(state, published, kind, now) && Of(state, published, kind, now).All(view =>
            view.State == ConsentState.Given || (!view.Purpose.Necessary && (view.State != ConsentState.Undecided || view.Change is null)))
            ? published.InForce(kind, now) : null;

    private static bool Waits(AccountState state, DocumentSet published, string kind, DateTimeOffset now) =>
        Bound.Newer(state, published, kind, now).Any(version => version.Class == DocumentClass.Processing);

    private static IEnumerable<ConsentView> Of(AccountState state, DocumentSet published, string kind, DateTimeOffset now)
    {
        if (Bound.To(state, published, kind) is not { } bound || published.InForce(kind, now) is not { } inForce) return [];
        var waits = Waits(state, published, kind, now);
        var table = Table(inForce, waits);
        var asked = waits ? ProcessingTable.Widened(bound.Processing, table).Select(purpose => purpose.Id).ToHashSet(StringComparer.Ordinal) : [];
        // Staff may call a text wider that its table does not show as such: then everything is asked anew.
        if (waits && asked.Count == 0) asked = [.. table.Select(purpose => purpose.Id)];
        return table.Select(purpose => Of(state, published, kind, bound, inForce, purpose, asked.Contains(purpose.Id)));
    }

    private static ConsentView Of(
        AccountState state, DocumentSet published, string kind, DocumentVersion bound, DocumentVersion inForce, ProcessingPurpose purpose, bool asked)
    {
        PurposeChange? change = !asked ? null : bound.Processing.Any(before => before.Id == purpose.Id) ? PurposeChange.Widened : PurposeChange.New;
        var view = new ConsentView { Document = inForce.Reference, Purpose = purpose, State = ConsentState.Undecided, Change = change };
        var decided = state.Consents.FirstOrDefault(consent => consent.Document.Kind == kind && consent.Purpose == purpose.Id);
        if (decided is { Given: false })
            return view with { State = decided.Withdrawn ? ConsentState.Withdrawn : ConsentState.Refused, Since = decided.At, DecidedUnder = decided.Document };
        if (decided is not null && (!asked || Covers(published, bound, decided, purpose)))
            return view with { State = ConsentState.Given, Since = decided.At, DecidedUnder = decided.Document };
        // Registering consents to the whole text with its own box: to what it says is necessary, never to what it leaves to the person (L-02).
        return !asked && purpose.Necessary && WholeText(state, kind) is { } whole
            ? view with { State = ConsentState.Given, Since = whole.AcceptedAt, DecidedUnder = whole.Document }
            : view;
    }

    private static StoredAcceptance? WholeText(AccountState state, string kind)
    {
        StoredAcceptance[] meant = [.. state.Acceptances.Where(acceptance => acceptance.Manner == AcceptanceManner.Explicit && acceptance.Document.Kind == kind)];
        // Registering accepts it twice, before the contact is taken and at the end: consent began with the first.
        return meant.FirstOrDefault(acceptance => acceptance.Document == meant[^1].Document);
    }

    // Given under a version that the account is not bound to yet, and not widened since.
    private static bool Covers(DocumentSet published, DocumentVersion bound, StoredConsent decided, ProcessingPurpose purpose) =>
        published.Find(decided.Document.Kind, decided.Document.Version) is { } under && under.EffectiveAt > bound.EffectiveAt
        && ProcessingTable.Widened(Table(under, waits: true), [purpose]).Count == 0;

    // A text without a table that widens processing all the same is one purpose by itself: there must be something to say yes or no to.
    private static ProcessingPurpose[] Table(DocumentVersion version, bool waits) => version.Processing.Length > 0 || !waits ? version.Processing :
    [
        new ProcessingPurpose { Id = version.Kind, Purpose = version.Summary, DataKinds = [], Retention = [], Necessary = true },
    ];
}
