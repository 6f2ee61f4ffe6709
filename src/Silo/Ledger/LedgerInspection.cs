using AiCloud.Accounts;
using AiCloud.Protection;

namespace AiCloud.Ledger;

/// <summary>
/// Checks the whole ledger of a database in use: every chain, the directory, what the accounts say, the buckets and the signed checkpoints.
/// A break counts when a second read confirms it, since what is read first may be half of a flush under way.
/// </summary>
internal sealed class LedgerInspection(LedgerTables tables, IReadOnlyList<EvidenceKey> ringKeys, TimeSpan beforeSecondRead)
{
    private const int MostSuspects = 10_000; // beyond these a database is told broken as first read

    public LedgerFigures Figures { get; private set; } = new();

    /// <summary>Everything of one service that is broken.</summary>
    public async Task<IReadOnlyList<LedgerBreak>> All(string service)
    {
        var suspects = new List<LedgerBreak>();
        await foreach (var found in Chains(service, only: null, count: true)) suspects.Add(found);
        suspects.AddRange(await Buckets(service, only: null));
        var breaks = suspects.Count == 0 ? suspects : await Confirm(service, suspects);
        breaks.AddRange(await Checkpoints(service));
        return breaks;
    }

    /// <summary>What of one account is broken, its bucket and the checkpoints included.</summary>
    public async Task<IReadOnlyList<LedgerBreak>> One(string service, string account)
    {
        var suspects = new List<LedgerBreak>();
        await foreach (var found in Chains(service, account, count: true)) suspects.Add(found);
        suspects.AddRange(await Buckets(service, LedgerBucket.Of(account)));
        var breaks = suspects.Count == 0 ? suspects : await Confirm(service, suspects);
        breaks.AddRange(await Checkpoints(service));
        return breaks;
    }

    private async Task<List<LedgerBreak>> Confirm(string service, List<LedgerBreak> suspects)
    {
        await Task.Delay(beforeSecondRead);
        var confirmed = new List<LedgerBreak>(suspects.Skip(MostSuspects));
        foreach (var suspect in suspects.Take(MostSuspects))
        {
            if (suspect.Account is { } account)
                await foreach (var found in Chains(service, account, count: false)) confirmed.Add(found);
            else
                confirmed.AddRange(await Buckets(service, suspect.Bucket));
        }
        return confirmed;
    }

    /// <summary>Entries, directory and accounts, all in the order of the accounts' keys, read side by side.</summary>
    private async IAsyncEnumerable<LedgerBreak> Chains(string service, string? only, bool count)
    {
        await using var entries = await Cursor<LedgerRow>.Open(tables.Entries(service, only), row => row.Account);
        await using var listed = await Cursor<DirectoryRow>.Open(tables.Directory(service, only), row => row.Account);
        await using var kept = await Cursor<(string Account, AccountState State)>.Open(tables.Accounts(service, only), row => row.Account);
        while (new[] { entries.Key, listed.Key, kept.Key }.OfType<string>().Min(StringComparer.Ordinal) is { } account)
        {
            var chain = new ChainInspection(account, listed.Key == account ? listed.Row : null, kept.Key == account ? kept.Row.State : null);
            for (; entries.Key == account; await entries.Next()) chain.Next(entries.Row);
            if (listed.Key == account) await listed.Next();
            if (kept.Key == account) await kept.Next();
            if (count)
            {
                Figures = Figures with
                {
                    Accounts = Figures.Accounts + (chain.Entries > 0 ? 1 : 0),
                    Entries = Figures.Entries + chain.Entries,
                    WithoutEvidence = Figures.WithoutEvidence + chain.WithoutEvidence,
                    NotBegun = Figures.NotBegun + (chain.NotBegun ? 1 : 0),
                };
            }
            if (chain.End() is { } found) yield return found;
        }
    }

    /// <summary>What was summed up is still what the directory says was summed up.</summary>
    private async Task<List<LedgerBreak>> Buckets(string service, int? only)
    {
        var stored = await tables.Buckets(service);
        var (breaks, heads, bucket) = (new List<LedgerBreak>(), new List<SummedHead>(), -1);
        var seen = new HashSet<int>();
        await foreach (var row in tables.ByBucket(service, only))
        {
            if (row.Bucket != bucket) Close();
            bucket = row.Bucket;
            if (row.Summed is { } summed) heads.Add(new SummedHead(row.Account, summed));
        }
        Close();
        breaks.AddRange(stored.Values.Where(row => (only is null || row.Bucket == only) && row.Accounts > 0 && !seen.Contains(row.Bucket)).Select(Differs));
        return breaks;

        void Close()
        {
            if (heads.Count > 0)
            {
                seen.Add(bucket);
                if (!stored.TryGetValue(bucket, out var row) || !CheckpointTree.BucketRoot(heads).AsSpan().SequenceEqual(row.Root)) breaks.Add(Differs(row ?? new BucketRow(bucket, 0, 0, [])));
            }
            heads.Clear();
        }

        static LedgerBreak Differs(BucketRow row) => new(null, row.Bucket, null, "the ends of its chains are not those that were summed up for the checkpoint");
    }

    /// <summary>Every checkpoint is signed and names the one before, and the newest is over what the buckets say.</summary>
    private async Task<List<LedgerBreak>> Checkpoints(string service)
    {
        EvidenceKey[] keys = [.. ringKeys, .. await tables.PublishedKeys(service)];
        LedgerCheckpoint? latest = null;
        await foreach (var row in tables.Checkpoints(service))
        {
            var fault = row.Checkpoint() is { } checkpoint ? AiCloud.Ledger.Checkpoints.Fault(latest, checkpoint, keys) : "it is not a checkpoint";
            if (fault is not null) return [new LedgerBreak(null, null, row.Number, fault)];
            latest = row.Checkpoint();
            Figures = Figures with { Checkpoints = Figures.Checkpoints + 1, SignedByRing = Figures.SignedByRing + (EvidenceSigner.Verify(latest!.Jws, AiCloud.Ledger.Checkpoints.Type, ringKeys) is null ? 0 : 1) };
        }
        var buckets = await tables.Buckets(service);
        if (latest is null) return [];
        if (buckets.Values.Any(bucket => bucket.Checkpoint > latest.Number))
        {
            Figures = Figures with { UnderWay = true }; // the next one is being taken: it will say
            return [];
        }
        var tree = new CheckpointTree(buckets.Values.Select(bucket => (bucket.Bucket, bucket.Root)));
        return Convert.ToHexStringLower(tree.Root) == latest.Root ? [] : [new LedgerBreak(null, null, latest.Number, "the ledger is not the one that was signed")];
    }

    private sealed class Cursor<T>(IAsyncEnumerator<T> rows, Func<T, string> keyOf) : IAsyncDisposable
    {
        public string? Key { get; private set; }
        public T Row => rows.Current;

        public static async Task<Cursor<T>> Open(IAsyncEnumerable<T> rows, Func<T, string> keyOf)
        {
            var cursor = new Cursor<T>(rows.GetAsyncEnumerator(), keyOf);
            await cursor.Next();
            return cursor;
        }

        public async Task Next() => Key = await rows.MoveNextAsync() ? keyOf(rows.Current) : null;

        public ValueTask DisposeAsync() => rows.DisposeAsync();
    }
}

/// <summary>What an inspection has looked at.</summary>
internal sealed record LedgerFigures
{
    public long Accounts { get; init; }
    public long Entries { get; init; }
    public long WithoutEvidence { get; init; }
    public long NotBegun { get; init; }
    public long Checkpoints { get; init; }
    public long SignedByRing { get; init; }
    public bool UnderWay { get; init; }
}
