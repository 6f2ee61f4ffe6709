using AiCloud.Protection;
using AiCloud.Storage;

namespace AiCloud.Hosting;

public sealed class StartKeysTests
{
    [Fact]
    public async Task A_second_lookup_key_is_refused_as_long_as_callers_look_under_one_only()
    {
        await using var file = await TemporarySqlite.Create();
        var random = new CryptographicRandomness();
        var ring = KeyRing.Generate(random);
        await StartKeys.Verify(file.Settings, ring);
        await StartKeys.Verify(file.Settings, ring.Add(RingPart.Encryption, random).Promote(RingPart.Encryption).Add(RingPart.Secrets, random));
        var refused = await Assert.ThrowsAsync<KeyRingException>(() => StartKeys.Verify(file.Settings, ring.Add(RingPart.Lookup, random)));
        Assert.Contains("more than one lookup key", refused.Message, StringComparison.Ordinal);
    }
}
