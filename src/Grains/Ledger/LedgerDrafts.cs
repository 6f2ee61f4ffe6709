using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Facts;

namespace AiCloud.Ledger;

/// <summary>The entries that acts make.</summary>
public static class LedgerDrafts
{
    /// <summary>A document was accepted.</summary>
    public static LedgerDraft Of(string account, StoredAcceptance acceptance) => new()
    {
        Account = account,
        Kind = LedgerKinds.Acceptance,
        At = acceptance.AcceptedAt,
        Manner = acceptance.Manner switch { AcceptanceManner.Explicit => "explicit", AcceptanceManner.Deemed => "deemed" },
        Act = acceptance.Act,
        Document = acceptance.Document,
        Incorporated = acceptance.Incorporated,
        Evidence = acceptance.Evidence,
    };

    /// <summary>A purpose of processing was consented to, or refused, on its own box.</summary>
    public static LedgerDraft Consent(string account, DocumentReference document, string purpose, bool given, DateTimeOffset at, string act, byte[]? evidence) => new()
    {
        Account = account,
        Kind = LedgerKinds.Consent,
        At = at,
        Manner = "explicit",
        Act = act,
        Document = document,
        Purpose = purpose,
        Given = given,
        Evidence = evidence,
    };

    /// <summary>A consent was taken back.</summary>
    public static LedgerDraft Withdrawal(string account, DocumentReference document, string purpose, DateTimeOffset at, string act, byte[]? evidence) => new()
    {
        Account = account,
        Kind = LedgerKinds.ConsentWithdrawn,
        At = at,
        Act = act,
        Document = document,
        Purpose = purpose,
        Evidence = evidence,
    };

    /// <summary>A number went to somebody else and left the account.</summary>
    public static LedgerDraft ContactLost(string account, DateTimeOffset at, byte[] evidence) => new()
    {
        Account = account,
        Kind = LedgerKinds.ContactLost,
        At = at,
        Act = "number_changed_hands",
        Evidence = evidence,
    };

    /// <summary>A change that is to come was shown to the person.</summary>
    public static LedgerDraft Notice(string account, DocumentReference document, DateTimeOffset at, string act, byte[]? evidence) => new()
    {
        Account = account,
        Kind = LedgerKinds.Notice,
        At = at,
        Act = act,
        Document = document,
        Evidence = evidence,
    };

    /// <summary>The account ended.</summary>
    public static LedgerDraft Ended(string account, string ground, DateTimeOffset at) => new() { Account = account, Kind = LedgerKinds.Ended, At = at, Act = ground };

    /// <summary>A fact was marked, contested, restricted, proven anew or confirmed; null for all of them at once.</summary>
    public static LedgerDraft Fact(string account, AccountFact? fact, string act, DateTimeOffset at, byte[]? evidence) => new()
    {
        Account = account,
        Kind = LedgerKinds.Fact,
        At = at,
        Act = act,
        Purpose = fact?.Name(),
        Evidence = evidence,
    };
}
