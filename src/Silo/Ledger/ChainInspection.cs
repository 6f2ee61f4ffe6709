using AiCloud.Accounts;

namespace AiCloud.Ledger;

/// <summary>Checks one account: its rows one by one as they come, then what directory, checkpoint and the account itself say of them.</summary>
internal sealed class ChainInspection(string account, DirectoryRow? listed, AccountState? state)
{
    private readonly HashSet<string> _acceptances = [];
    private LedgerHead? _last;
    private LedgerBreak? _break;

    public int Entries { get; private set; }
    public int WithoutEvidence { get; private set; }

    /// <summary>True for an open account of a release without a ledger that has not begun its chain.</summary>
    public bool NotBegun => state is { Phase: AccountPhase.Open, Head: null, Acceptances.Length: > 0 };

    /// <summary>Looks at the next entry. After a break the rest is read over: it hangs on what is broken.</summary>
    public void Next(LedgerRow row)
    {
        if (_break is not null) return;
        Entries++;
        if (row.Entry() is not { } entry)
        {
            _break = Broken(row.Number, "it is not an entry");
            return;
        }
        // A row out of its place is told by the number that should stand there.
        if (LedgerChain.Fault(_last, entry) is { } fault) _break = Broken(entry.Number > (_last?.Number ?? 0) + 1 ? (_last?.Number ?? 0) + 1 : entry.Number, fault);
        else if (listed?.Summed is { } summed && summed.Number == entry.Number && summed.Hash != entry.Hash) _break = Broken(entry.Number, "a checkpoint has summed up another entry here");
        if (entry.EvidenceSha256 is not null && entry.Evidence is null) WithoutEvidence++;
        if (entry.Kind == LedgerKinds.Acceptance) _acceptances.Add(Identity(entry));
        _last = new LedgerHead(entry.Number, entry.Hash);
    }

    /// <summary>The first break; null when the chain is whole and everybody agrees on it.</summary>
    public LedgerBreak? End() => _break ?? Listing() ?? Keeping();

    private LedgerBreak? Listing()
    {
        if (listed is null) return _last is null ? null : Broken(null, "the directory does not list it");
        if (listed.Bucket != LedgerBucket.Of(account)) return Broken(null, "the directory has it in another bucket than its own");
        if (listed.Summed is { } summed && summed.Number > (_last?.Number ?? 0)) return Missing("a checkpoint has summed up", summed.Number);
        return Compare(listed.Head, "the directory names");
    }

    private LedgerBreak? Keeping()
    {
        if (state is null) return _last is null || listed?.Standing == "ended" ? null : Broken(null, "its account does not exist");
        if (state.Phase is not (AccountPhase.Open or AccountPhase.Ending or AccountPhase.Ended)) return _last is null ? null : Broken(1, "its account is not open");
        if (state.Head is not { } head) return null; // its next write makes the same entries again
        foreach (var pending in state.Unflushed().Where(entry => entry.Number > (_last?.Number ?? 0)))
        {
            if (LedgerChain.Fault(_last, pending) is { } fault) return Broken(pending.Number, $"{fault} (it waits for the ledger)");
            if (pending.Kind == LedgerKinds.Acceptance) _acceptances.Add(Identity(pending));
            _last = new LedgerHead(pending.Number, pending.Hash);
        }
        return Compare(head, "the account has made")
            ?? state.Acceptances.Where(acceptance => !_acceptances.Contains(Identity(LedgerChain.Append(null, LedgerDrafts.Of(account, acceptance)))))
                .Select(acceptance => Broken(null, $"acceptance {acceptance.Id} of the account has no entry")).FirstOrDefault();
    }

    private LedgerBreak? Compare(LedgerHead head, string who)
    {
        var last = _last?.Number ?? 0;
        if (head.Number > last) return Missing(who, head.Number);
        if (head.Number < last) return Broken(head.Number + 1, $"{who} {head.Number} entries, not this one");
        return head.Hash == _last?.Hash ? null : Broken(last, $"{who} another hash here");
    }

    private LedgerBreak Missing(string who, int number) => Broken((_last?.Number ?? 0) + 1, FormattableString.Invariant($"it is missing; {who} {number} entries"));

    private LedgerBreak Broken(int? entry, string what) => new(account, null, entry, what);

    private static string Identity(LedgerEntry entry) =>
        $"{entry.Document?.Kind}\t{entry.Document?.Version}\t{entry.Document?.Sha256}\t{LedgerChain.Instant(entry.At)}\t{entry.Manner}\t{entry.Act}\t{entry.EvidenceSha256}";
}

/// <summary>One thing that is not as it was: of an account, and if it can be told of one entry; or of a bucket, or of a checkpoint.</summary>
internal sealed record LedgerBreak(string? Account, int? Bucket, int? Number, string What)
{
    public override string ToString() => (Account, Bucket, Number) switch
    {
        ({ } account, _, { } entry) => FormattableString.Invariant($"account {account} entry {entry}: {What}"),
        ({ } account, _, null) => $"account {account}: {What}",
        (null, { } bucket, _) => FormattableString.Invariant($"bucket {bucket}: {What}"),
        (null, null, { } checkpoint) => FormattableString.Invariant($"checkpoint {checkpoint}: {What}"),
        _ => What,
    };
}
