using System.Text;

namespace AiCloud.Ledger;

/// <summary>The tree over the ends of all chains: the roots of 65,536 buckets under sixteen levels of nodes. Made once for each checkpoint.</summary>
public sealed class CheckpointTree
{
    private const int Depth = 16;
    private readonly byte[][][] _levels; // buckets first, the root last

    /// <summary>Builds it; a bucket that is not named is empty.</summary>
    public CheckpointTree(IEnumerable<(int Bucket, byte[] Root)> buckets)
    {
        var level = new byte[LedgerBucket.Count][];
        Array.Fill(level, MerkleTree.Empty);
        foreach (var (bucket, root) in buckets) level[bucket] = root;
        _levels = new byte[Depth + 1][][];
        _levels[0] = level;
        var empty = MerkleTree.Empty;
        for (var height = 1; height <= Depth; height++)
        {
            var (below, above, twice) = (_levels[height - 1], new byte[LedgerBucket.Count >> height][], MerkleTree.Node(empty, empty));
            for (var i = 0; i < above.Length; i++)
            {
                var (left, right) = (below[2 * i], below[2 * i + 1]);
                above[i] = ReferenceEquals(left, empty) && ReferenceEquals(right, empty) ? twice : MerkleTree.Node(left, right);
            }
            (_levels[height], empty) = (above, twice);
        }
    }

    /// <summary>What is signed.</summary>
    public byte[] Root => _levels[Depth][0];

    /// <summary>The sixteen steps from a bucket's root to the top. Their sides spell the bucket's number, lowest bit first.</summary>
    public IReadOnlyList<MerkleStep> Path(int bucket) => [.. Enumerable.Range(0, Depth).Select(height =>
    {
        var place = bucket >> height;
        return new MerkleStep(IsLeft: (place & 1) == 1, _levels[height][place ^ 1]);
    })];

    /// <summary>A chain's end as a leaf: three lines of text, each ended by one line feed, behind a line that says what they are.</summary>
    public static string LeafText(string account, LedgerHead head) =>
        FormattableString.Invariant($"aicloud-ledger-head-1\naccount:{account}\nnumber:{head.Number}\nhash:{head.Hash}\n");

    /// <summary>The hash of that leaf.</summary>
    public static byte[] Leaf(string account, LedgerHead head) => MerkleTree.Leaf(Encoding.UTF8.GetBytes(LeafText(account, head)));

    /// <summary>Root of a bucket over the ends of its chains, which must be in the order of their accounts' keys.</summary>
    public static byte[] BucketRoot(IEnumerable<SummedHead> heads) => MerkleTree.Root([.. heads.Select(head => Leaf(head.Account, head.Head))]);

    /// <summary>The whole path of one account, through its bucket and up; null when the bucket does not hold it.</summary>
    public (LedgerHead Head, IReadOnlyList<MerkleStep> Path)? Prove(string account, IReadOnlyList<SummedHead> bucket)
    {
        for (var index = 0; index < bucket.Count; index++)
        {
            if (bucket[index].Account != account) continue;
            var leaves = bucket.Select(head => Leaf(head.Account, head.Head)).ToArray();
            return (bucket[index].Head, [.. MerkleTree.Path(leaves, index), .. Path(LedgerBucket.Of(account))]);
        }
        return null;
    }
}

/// <summary>The end of a chain as it was last summed up.</summary>
public sealed record SummedHead(string Account, LedgerHead Head);
