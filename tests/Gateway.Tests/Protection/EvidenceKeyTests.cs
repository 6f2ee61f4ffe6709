using AiCloud.Live;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Protection;

/// <summary>The public keys of evidence, as strangers fetch them (RFC 7517).</summary>
public sealed class EvidenceKeyTests(SharedGateways gateways)
{
    private const string Path = "/.well-known/jwks.json";

    [Fact]
    public async Task Anybody_can_fetch_the_keys_and_ask_whether_they_changed()
    {
        var gateway = await gateways.Steady;
        var reply = (await gateway.Get(Path)).Is(200);
        Assert.Equal(("application/jwk-set+json", "public, max-age=300"), (reply.Header("Content-Type"), reply.Header("Cache-Control")));
        var key = reply.Json.GetProperty("keys")[0];
        Assert.Equal(("EC", "P-256", "sig", "ES256"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString(), key.GetProperty("use").GetString(), key.GetProperty("alg").GetString()));
        Assert.False(key.TryGetProperty("d", out _));
        (await gateway.Get(Path, null, ("If-None-Match", reply.Header("ETag")!))).Is(304);
        (await gateway.Get(Path, null, ("If-None-Match", "\"another\""))).Is(200);
        await (await gateway.Post(Path, new { })).Problem(405, "method_not_allowed");
    }

    [Fact]
    [Trait("Takes", "long")]
    public async Task A_key_is_served_for_ever_although_its_root_left_the_ring()
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-rotation-").FullName;
        var file = System.IO.Path.Combine(folder, "keys.json");
        string first;
        await using (var gateway = await LiveGateway.Start(folder, null)) first = Kids(await gateway.Get(Path)).Single();

        var chance = new CryptographicRandomness();
        var rotated = KeyRing.Load(file).Add(RingPart.Secrets, chance).Promote(RingPart.Secrets);
        File.Delete(file);
        rotated.SaveNew(file);
        await using (var gateway = await LiveGateway.Start(folder, null))
        {
            var kids = Kids(await gateway.Get(Path));
            Assert.Equal((2, first), (kids.Length, kids[1]));
            Assert.StartsWith("s2.", kids[0], StringComparison.Ordinal);
        }

        await Retire(folder, file);
        await using (var gateway = await LiveGateway.Start(folder, null))
            Assert.Equal(first, Kids(await gateway.Get(Path))[1]);
        Directory.Delete(folder, recursive: true);
    }

    // As Protection/README.md says: out of the ring, and its row of check values with it.
    private static async Task Retire(string folder, string file)
    {
        var ring = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var keys = ring["secrets"]!["keys"]!.AsArray();
        keys.Remove(keys.Single(key => key!["id"]!.GetValue<string>() == "s1"));
        await File.WriteAllTextAsync(file, ring.ToJsonString());
        await using var database = Database.Open(new DatabaseSettings { Provider = DatabaseProvider.Sqlite, File = System.IO.Path.Combine(folder, "accounts.db") });
        await using var connection = await database.State.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM keycheck WHERE keyid = 'secrets.s1'");
    }

    private static string[] Kids(Reply reply) => [.. reply.Is(200).Json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
}
