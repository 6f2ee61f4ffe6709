using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Ledger;

namespace AiCloud.Accounts;

/// <summary>What an account keeps of changes shown, accepted and consented to (C2.5c). Every change of it has its ledger entry.</summary>
public sealed partial record AccountState
{
    /// <summary>When a version was first shown to the person; null when it never was.</summary>
    public DateTimeOffset? ShownAt(DocumentVersion version) =>
        NoticesShown.FirstOrDefault(shown => shown.Kind == version.Kind && shown.Version == version.Version)?.At;

    /// <summary>Notes what an answer to the person carries for the first time.</summary>
    public AccountState WithShown(string account, IEnumerable<DueNotice> due, string act, DateTimeOffset now) => due
        .Where(notice => !NoticesShown.Any(shown => shown.Kind == notice.Document.Kind && shown.Version == notice.Document.Version))
        .Aggregate(this, (state, notice) =>
            (state with { NoticesShown = [.. state.NoticesShown, new ShownNotice(notice.Document.Kind, notice.Document.Version, now)] })
            .WithEntry(LedgerDrafts.Notice(account, notice.Document, now, act, evidence: null)));

    /// <summary>Adds acceptances in their order. What was shown of their kinds stands in them from now on.</summary>
    public AccountState WithAccepted(string account, IReadOnlyCollection<StoredAcceptance> acceptances, DocumentSet published)
    {
        if (acceptances.Count == 0) return this;
        var next = acceptances.Aggregate(this, (state, acceptance) => state.WithAcceptance(account, acceptance));
        return next with { NoticesShown = [.. next.NoticesShown.Where(shown => !acceptances.Any(accepted => IsBehind(shown, accepted.Document, published)))] };
    }

    /// <summary>Replaces the decision on a purpose.</summary>
    public AccountState WithDecision(string account, StoredConsent decision)
    {
        var next = this with { Consents = [.. Consents.Where(other => other.Purpose != decision.Purpose || other.Document.Kind != decision.Document.Kind), decision] };
        return next.WithEntry(decision.Withdrawn
            ? LedgerDrafts.Withdrawal(account, decision.Document, decision.Purpose, decision.At, "consent", decision.Evidence)
            : LedgerDrafts.Consent(account, decision.Document, decision.Purpose, decision.Given, decision.At, "consent", decision.Evidence));
    }

    private static bool IsBehind(ShownNotice shown, DocumentReference accepted, DocumentSet published) =>
        shown.Kind == accepted.Kind && published.Find(shown.Kind, shown.Version)?.EffectiveAt <= published.Find(accepted.Kind, accepted.Version)?.EffectiveAt;
}
