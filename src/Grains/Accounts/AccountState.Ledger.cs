using AiCloud.Ledger;
using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>The account's end of the ledger: it alone numbers and hashes its entries, so that appending one twice is the same as once.</summary>
public sealed partial record AccountState
{
    /// <summary>End of the account's chain; null before it opens, and in rows that release 0.1.0 wrote.</summary>
    public LedgerHead? Head { get; init; }

    /// <summary>
    /// Entries that are not known to be in the ledger yet. The sealed evidence of an acceptance stands in <see cref="Acceptances"/> and not
    /// here a second time; <see cref="Unflushed"/> puts both together.
    /// </summary>
    public LedgerEntry[] Pending { get; init; } = [];

    /// <inheritdoc/>
    public bool HasPendingEntries => Pending.Length > 0;

    /// <summary>The entries to append to the ledger, in full.</summary>
    public IReadOnlyList<LedgerEntry> Unflushed()
    {
        if (Pending.Length == 0) return [];
        var kept = Acceptances.GroupBy(acceptance => LedgerChain.Digest(acceptance.Evidence)).ToDictionary(same => same.Key, same => same.First().Evidence);
        return [.. Pending.Select(entry => entry.Evidence is null && entry.EvidenceSha256 is { } digest ? entry with { Evidence = kept[digest] } : entry)];
    }

    /// <summary>The account opens; what was accepted to get there begins its chain.</summary>
    public AccountState Opened(string account)
    {
        var open = (this with { Phase = AccountPhase.Open }).WithLedger(account);
        return Responsibilities.Aggregate(open, (state, responsibility) => Guardians.Wards.WithEntries(state, account, responsibility));
    }

    /// <summary>
    /// An open account of a release without a ledger gets its entries from what it accepted. The same entries come out however often this is done.
    /// </summary>
    public AccountState WithLedger(string account) => Phase == AccountPhase.Open && Head is null
        ? Acceptances.Aggregate(this, (state, acceptance) => state.Append(LedgerDrafts.Of(account, acceptance), keptElsewhere: true))
        : this;

    /// <summary>Appends one act to the chain.</summary>
    /// <exception cref="InvalidOperationException">The account is not open: nothing of it may have legal weight.</exception>
    public AccountState WithEntry(LedgerDraft draft) => Phase == AccountPhase.Open
        ? WithLedger(draft.Account).Append(draft, keptElsewhere: false)
        : throw new InvalidOperationException("An account that is not open has no ledger.");

    /// <summary>Adds an acceptance and its entry.</summary>
    /// <exception cref="InvalidOperationException">The account is not open.</exception>
    public AccountState WithAcceptance(string account, StoredAcceptance acceptance)
    {
        if (Phase != AccountPhase.Open) throw new InvalidOperationException("An account that is not open has no ledger.");
        var ready = WithLedger(account);
        return (ready with { Acceptances = [.. ready.Acceptances, acceptance] }).Append(LedgerDrafts.Of(account, acceptance), keptElsewhere: true);
    }

    /// <summary>Lets go of entries that the ledger has.</summary>
    public AccountState Flushed(int upTo) => Pending.Length > 0 && Pending[0].Number <= upTo
        ? this with { Pending = [.. Pending.SkipWhile(entry => entry.Number <= upTo)] }
        : this;

    /// <inheritdoc/>
    IStoredState IStoredState.AllFlushed() => Flushed(int.MaxValue);

    private AccountState Append(LedgerDraft draft, bool keptElsewhere)
    {
        var entry = LedgerChain.Append(Head, draft);
        return this with { Head = new LedgerHead(entry.Number, entry.Hash), Pending = [.. Pending, keptElsewhere ? entry with { Evidence = null } : entry] };
    }
}
