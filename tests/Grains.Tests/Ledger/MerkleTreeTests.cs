using System.Globalization;

namespace AiCloud.Ledger;

public sealed class MerkleTreeTests
{
    // The reference tree of RFC 6962's own implementation (certificate-transparency, merkletree tests).
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Roots_are_those_of_RFC_6962()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(MerkleTree.Root([])));
        for (var count = 1; count <= Leaves.Length; count++)
            Assert.Equal(Roots[count - 1], Convert.ToHexStringLower(MerkleTree.Root([.. Hashed().Take(count)])));
    }

    [Fact]
    public void Every_leaf_of_every_size_has_a_path_to_the_root_and_no_other_leaf_has_it()
    {
        for (var count = 1; count <= 33; count++)
        {
            var leaves = Enumerable.Range(0, count).Select(n => MerkleTree.Leaf([(byte)n])).ToArray();
            var root = MerkleTree.Root(leaves);
            for (var index = 0; index < count; index++)
            {
                var path = MerkleTree.Path(leaves, index);
                Assert.Equal(root, MerkleTree.Follow(leaves[index], path));
                Assert.NotEqual(root, MerkleTree.Follow(MerkleTree.Leaf([99]), path));
            }
        }
    }

    [Fact]
    public void A_node_cannot_be_passed_off_as_a_leaf()
    {
        var leaves = Hashed().Take(2).ToArray();
        Assert.NotEqual(MerkleTree.Root(leaves), MerkleTree.Leaf([.. leaves[0], .. leaves[1]]));
    }

    [Fact]
    public void The_tree_of_buckets_is_the_same_tree_and_a_path_spells_its_bucket()
    {
        (int Bucket, byte[] Root)[] filled = [(0, MerkleTree.Leaf([1])), (1, MerkleTree.Leaf([2])), (40_000, MerkleTree.Leaf([3])), (65_535, MerkleTree.Leaf([4]))];
        var tree = new CheckpointTree(filled);
        var plain = Enumerable.Repeat(MerkleTree.Empty, LedgerBucket.Count).ToArray();
        foreach (var (bucket, root) in filled) plain[bucket] = root;

        Assert.Equal(MerkleTree.Root(plain), tree.Root);
        foreach (var bucket in filled.Select(one => one.Bucket).Append(777))
        {
            var path = tree.Path(bucket);
            Assert.Equal(tree.Root, MerkleTree.Follow(plain[bucket], path));
            Assert.Equal(bucket, path.Select((step, height) => step.IsLeft ? 1 << height : 0).Sum());
        }
    }

    [Fact]
    public void A_bucket_is_the_first_sixteen_bits_of_the_keys_digest()
    {
        const string account = "0195f0000000700080000000000000aa";
        Assert.Equal(int.Parse(LedgerChain.Digest(System.Text.Encoding.UTF8.GetBytes(account))[..4], NumberStyles.HexNumber, CultureInfo.InvariantCulture), LedgerBucket.Of(account));
    }

    private static IEnumerable<byte[]> Hashed() => Leaves.Select(leaf => MerkleTree.Leaf(Convert.FromHexString(leaf)));
}
