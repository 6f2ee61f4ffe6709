using System.Security.Cryptography;

namespace AiCloud.Ledger;

/// <summary>
/// Merkle trees as RFC 6962 §2.1 defines them: a leaf is hashed behind a zero byte and a node behind a one, so that no node can be passed
/// off as a leaf. Pure.
/// </summary>
public static class MerkleTree
{
    /// <summary>Root of a tree without leaves: SHA-256 of nothing.</summary>
    public static readonly byte[] Empty = SHA256.HashData([]);

    /// <summary>Hash of a leaf.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> content) => SHA256.HashData([0, .. content]);

    /// <summary>Hash of a node over two.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>Root over hashed leaves, in their order.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leaves) => leaves.Count == 0 ? Empty : Root(leaves, 0, leaves.Count);

    /// <summary>The hashes that lead from one leaf to the root, from the leaf upwards.</summary>
    public static IReadOnlyList<MerkleStep> Path(IReadOnlyList<byte[]> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Count);
        var path = new List<MerkleStep>();
        for (var (start, count) = (0, leaves.Count); count > 1;)
        {
            var left = LeftOf(count);
            if (index < start + left)
            {
                path.Add(new MerkleStep(IsLeft: false, Root(leaves, start + left, count - left)));
                count = left;
            }
            else
            {
                path.Add(new MerkleStep(IsLeft: true, Root(leaves, start, left)));
                (start, count) = (start + left, count - left);
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>The root to which a leaf's hash leads by a path.</summary>
    public static byte[] Follow(byte[] leaf, IEnumerable<MerkleStep> path) =>
        path.Aggregate(leaf, (hash, step) => step.IsLeft ? Node(step.Hash, hash) : Node(hash, step.Hash));

    private static byte[] Root(IReadOnlyList<byte[]> leaves, int start, int count)
    {
        if (count == 1) return leaves[start];
        var left = LeftOf(count);
        return Node(Root(leaves, start, left), Root(leaves, start + left, count - left));
    }

    // The largest power of two below the number of leaves.
    private static int LeftOf(int count) => 1 << (31 - int.LeadingZeroCount(count - 1));
}

/// <summary>One step upwards: the hash beside, and on which side it stands.</summary>
public sealed record MerkleStep(bool IsLeft, byte[] Hash);
