using Orleans.Concurrency;

namespace AiCloud.Ledger;

[StatelessWorker, GrainType("ledger")]
internal sealed class LedgerGrain(ILedgerReader reader, CheckpointTrees trees) : Grain, ILedgerGrain
{
    private const int MostCheckpoints = 100;

    public async Task<Outcome<LedgerCheckpoint>> Checkpoint(int? number, CancellationToken cancellation) =>
        await reader.Checkpoint(number, cancellation) is { } found ? found : RefusalCode.NotFound;

    public async Task<LedgerCheckpoint[]> Checkpoints(int? below, int max, CancellationToken cancellation) =>
        [.. await reader.Checkpoints(below ?? int.MaxValue, Math.Clamp(max, 1, MostCheckpoints), cancellation)];

    public async Task<Outcome<LedgerProof>> Prove(string account, CancellationToken cancellation)
    {
        if (await reader.Checkpoint(null, cancellation) is not { } latest) return NotYet;
        if (await trees.Of(latest, cancellation) is not { } tree) return UnderWay;
        if (tree.Prove(account, await reader.Bucket(LedgerBucket.Of(account), cancellation)) is not var (head, path)) return NotYet;
        // A bucket that the next checkpoint has summed up already is under no signed root yet.
        if (Convert.ToHexStringLower(MerkleTree.Follow(CheckpointTree.Leaf(account, head), path)) != latest.Root) return UnderWay;
        return new LedgerProof
        {
            Account = account,
            Number = head.Number,
            Hash = head.Hash,
            Leaf = CheckpointTree.LeafText(account, head),
            Path = [.. path.Select(step => new LedgerProofStep { IsLeft = step.IsLeft, Sha256 = Convert.ToHexStringLower(step.Hash) })],
            Checkpoint = latest,
        };
    }

    public async Task<LedgerLine[]> Entries(string account, CancellationToken cancellation) =>
    [
        .. (await reader.Entries(account, cancellation)).Select(entry => new LedgerLine
        {
            Number = entry.Number,
            Canonical = System.Text.Encoding.UTF8.GetString(LedgerChain.Canonical(entry)),
            Hash = entry.Hash,
        }),
    ];

    public async Task<Outcome<BoundAgreements>> Bound(string account, DateTimeOffset at, CancellationToken cancellation) =>
        await reader.Entries(account, cancellation) is { Count: > 0 } entries ? AiCloud.Ledger.Bound.At(account, entries, at) : RefusalCode.NotFound;

    private static Refusal NotYet => new(RefusalCode.NotInCheckpoint, TimeSpan.FromMinutes(10));
    private static Refusal UnderWay => new(RefusalCode.CheckpointUnderWay, TimeSpan.FromSeconds(10));
}

/// <summary>This silo's copy of the tree under the newest checkpoint: some megabytes, read once an hour by whoever first asks for a proof.</summary>
internal sealed class CheckpointTrees(ILedgerReader reader)
{
    private volatile Known? _known;

    /// <summary>The tree under a checkpoint; null while the buckets are being summed up for the one after.</summary>
    public async ValueTask<CheckpointTree?> Of(LedgerCheckpoint checkpoint, CancellationToken cancellation)
    {
        if (_known is { } known && known.Root == checkpoint.Root) return known.Tree;
        var tree = new CheckpointTree(await reader.Roots(cancellation));
        if (Convert.ToHexStringLower(tree.Root) != checkpoint.Root) return null;
        _known = new Known(checkpoint.Root, tree);
        return tree;
    }

    private sealed record Known(string Root, CheckpointTree Tree);
}
