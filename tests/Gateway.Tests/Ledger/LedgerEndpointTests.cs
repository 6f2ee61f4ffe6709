using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Ledger;

/// <summary>What a stranger can check with nothing but what the API serves and SHA-256.</summary>
public sealed class LedgerEndpointTests : IAsyncLifetime
{
    private LiveGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await LiveGateway.Start();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task C2_5c_ones_own_chain_is_proved_to_a_stranger_down_to_the_signature()
    {
        var session = await Visitor.ByPhone(_gateway).Registered();
        await Visitor.ByEmail(_gateway).Registered();
        await NextCheckpoint();
        var entries = (await _gateway.Get("/v1/account/ledger", session)).Is(200).Json.EnumerateArray().ToArray();
        var proof = (await _gateway.Get("/v1/account/ledger/proof", session)).Is(200).Json;

        // The chain: each entry's hash is that of its form, and is named by the next.
        var previous = new string('0', 64);
        foreach (var (entry, place) in entries.Select((entry, place) => (entry, place)))
        {
            var form = entry.GetProperty("canonical").GetString()!;
            Assert.EndsWith($"\nprevious:{previous}\n", form, StringComparison.Ordinal);
            Assert.Contains($"\nnumber:{place + 1}\n", form, StringComparison.Ordinal);
            previous = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(form)));
            Assert.Equal(entry.GetProperty("sha256").GetString(), previous);
        }

        // Its end is the leaf, and the leaf leads to the root.
        Assert.Equal((entries.Length, previous), (proof.GetProperty("number").GetInt32(), proof.GetProperty("sha256").GetString()));
        Assert.EndsWith($"\nnumber:{entries.Length}\nhash:{previous}\n", proof.GetProperty("leaf").GetString(), StringComparison.Ordinal);
        var hash = SHA256.HashData([0, .. Encoding.UTF8.GetBytes(proof.GetProperty("leaf").GetString()!)]);
        foreach (var step in proof.GetProperty("path").EnumerateArray())
        {
            var beside = Convert.FromHexString(step.GetProperty("sha256").GetString()!);
            hash = SHA256.HashData(step.GetProperty("side").GetString() == "left" ? [1, .. beside, .. hash] : [1, .. hash, .. beside]);
        }
        var checkpoint = proof.GetProperty("checkpoint");
        Assert.Equal(checkpoint.GetProperty("root").GetString(), Hex(hash));

        // The root is what was signed, by a key that the service publishes.
        var signed = await Signed(checkpoint.GetProperty("jws").GetString()!);
        Assert.Equal((Hex(hash), checkpoint.GetProperty("number").GetInt32(), 2L),
            (signed.GetProperty("root").GetString(), signed.GetProperty("number").GetInt32(), signed.GetProperty("accounts").GetInt64()));
    }

    [Fact]
    public async Task Checkpoints_are_for_everybody_and_each_names_the_one_before()
    {
        await NextCheckpoint();
        await NextCheckpoint();
        var latest = (await _gateway.Get("/v1/ledger/checkpoints/latest")).Is(200);
        Assert.Equal("no-cache", latest.Header("Cache-Control"));
        var number = latest.Json.GetProperty("number").GetInt32();
        var before = (await _gateway.Get($"/v1/ledger/checkpoints/{number - 1}")).Is(200);
        Assert.Contains("immutable", before.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(Hex(SHA256.HashData(Encoding.ASCII.GetBytes(before["jws"]))), latest["previous"]);
        await Signed(latest["jws"]);
        await Signed(before["jws"]);

        var all = (await _gateway.Get("/v1/ledger/checkpoints")).Is(200).Json.EnumerateArray().Select(one => one.GetProperty("number").GetInt32()).ToArray();
        Assert.Equal(Enumerable.Range(1, number).Reverse(), all);
        var older = (await _gateway.Get($"/v1/ledger/checkpoints?below={number}")).Is(200).Json.EnumerateArray().Select(one => one.GetProperty("number").GetInt32());
        Assert.Equal(Enumerable.Range(1, number - 1).Reverse(), older);
    }

    [Theory, InlineData("0"), InlineData("999999"), InlineData("-1"), InlineData("first"), InlineData("99999999999999999999")]
    public async Task A_checkpoint_that_is_not_there_is_not_found(string number) =>
        await (await _gateway.Get($"/v1/ledger/checkpoints/{number}")).Problem(404, "not_found");

    [Fact]
    public async Task Chain_and_proof_are_for_the_user_of_record_alone()
    {
        await (await _gateway.Get("/v1/account/ledger")).Problem(401, "unauthorized");
        await (await _gateway.Get("/v1/account/ledger/proof", "ses.s1.forged.forged.forged")).Problem(404, "not_found");
        await (await _gateway.Get("/v1/ledger/checkpoints?below=0")).Problem(422, "invalid");
    }

    [Fact]
    public async Task An_account_opened_within_the_hour_is_told_when_to_ask_again()
    {
        await NextCheckpoint();
        var session = await Visitor.ByPhone(_gateway).Registered();
        // The reminder of the hour is real; where it came first the proof is there already.
        var reply = await _gateway.Get("/v1/account/ledger/proof", session);
        if (reply.Status == 200) return;
        await reply.Problem(409, "not_in_checkpoint");
        Assert.NotNull(reply.Header("Retry-After"));
    }

    private async Task NextCheckpoint()
    {
        var driver = _gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<ICheckpointGrain>(0);
        await Flushed();
        do _gateway.Clock.Advance(TimeSpan.FromHours(1));
        while (await driver.Take() is null);
    }

    private async Task Flushed()
    {
        var store = _gateway.Services.GetRequiredService<ILedgerStore>();
        for (var tries = 0; (await store.Backlog(1)).Marks > 0; tries++)
        {
            Assert.True(tries < 400, "The flusher does not keep up.");
            await Task.Delay(25);
        }
    }

    private async Task<JsonElement> Signed(string jws)
    {
        var parts = jws.Split('.');
        var kid = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]).AsMemory()).RootElement.GetProperty("kid").GetString();
        var key = (await _gateway.Get("/.well-known/jwks.json")).Is(200).Json.GetProperty("keys").EnumerateArray().Single(one => one.GetProperty("kid").GetString() == kid);
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()) },
        });
        Assert.True(ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        return JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]).AsMemory()).RootElement;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
