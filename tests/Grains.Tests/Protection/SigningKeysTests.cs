namespace AiCloud.Protection;

/// <summary>Public keys outlive the ring that made them.</summary>
public sealed class SigningKeysTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly CryptographicRandomness Chance = new();

    [Fact]
    public async Task A_key_whose_root_left_every_ring_is_still_known_after_a_restart()
    {
        var former = new EvidenceSigner(KeyRing.Generate(Chance));
        var jws = former.Sign("{}"u8, "receipt");
        await new EvidenceKeys(former, cluster.Grains).Renew(default);

        var keys = new EvidenceKeys(new EvidenceSigner(KeyRing.Generate(Chance)), cluster.Grains);
        Assert.False(keys.IsKnown);
        await cluster.Forget(cluster.Grains.GetGrain<ISigningKeysGrain>(ISigningKeysGrain.Evidence));
        Assert.NotNull(EvidenceSigner.Verify(jws, "receipt", await keys.Get(default)));
        Assert.True(keys.IsKnown);
    }

    [Fact]
    public async Task A_ring_is_published_once_however_many_processes_say_so_at_a_time()
    {
        var signer = new EvidenceSigner(KeyRing.Generate(Chance).Add(RingPart.Secrets, Chance));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => new EvidenceKeys(signer, cluster.Grains).Renew(default)));
        var all = await cluster.Grains.GetGrain<ISigningKeysGrain>(ISigningKeysGrain.Evidence).Publish([]);
        foreach (var key in signer.PublicKeys()) Assert.Single(all, kept => kept.Kid == key.Kid);
    }

    [Fact]
    public async Task A_published_key_is_never_replaced_by_another_of_its_name()
    {
        var actor = cluster.Grains.GetGrain<ISigningKeysGrain>(ISigningKeysGrain.Evidence);
        var key = new EvidenceSigner(KeyRing.Generate(Chance)).PublicKeys()[0];
        await actor.Publish([key]);
        var kept = await actor.Publish([key with { X = key.Y, Y = key.X }]);
        Assert.Equal(key, kept.Single(other => other.Kid == key.Kid));
    }
}
