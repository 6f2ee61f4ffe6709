using System.IO.Compression;
using System.Text.Json;
using AiCloud.Live;

namespace AiCloud.Guardians;

/// <summary>A guardian takes a copy along, cancels, and takes it back, over HTTP (C2.1b, C2.5d).</summary>
[Collection(MovingClock.Name)]
public sealed class GuardianLeavingTests(SharedGateways gateways)
{
    [Fact]
    public async Task C2_5d_a_guardian_exports_cancels_and_after_the_cooling_off_the_account_is_gone()
    {
        var gateway = await gateways.Moving;
        var family = new Family(gateway);
        var session = await family.Registered();
        var guardian = await family.SignedIn();
        var path = $"/v1/guardian/accounts/{Family.First(await gateway.Get("/v1/guardian/accounts", guardian)).GetProperty("account").GetProperty("id").GetString()}";

        var asked = (await gateway.Post($"{path}/exports", null, guardian)).Is(202);
        var copy = asked;
        for (var tries = 0; copy["state"] == "preparing"; tries++)
        {
            Assert.True(tries < 200);
            await Task.Delay(25, TestContext.Current.CancellationToken);
            copy = (await gateway.Get($"{path}/exports/latest", guardian)).Is(200);
        }
        Assert.Equal(("ready", $"{path}/exports/{copy["id"]}/archive"), (copy["state"], copy["archive"]));
        using var request = new HttpRequestMessage(HttpMethod.Get, copy["archive"]);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {guardian}");
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Contains(zip.Entries, entry => entry.Name.EndsWith(".json", StringComparison.Ordinal));
        // Nobody else's session opens it, the minor's on the guardian's path included.
        await (await gateway.Get($"{path}/exports/latest", session)).Problem(404, "not_found");
        await (await gateway.Post($"{path}/cancellation", new { understood = true }, session)).Problem(404, "not_found");

        await (await gateway.Post($"{path}/cancellation", new { understood = false }, guardian)).Problem(422, "declaration_missing");
        var ending = (await gateway.Post($"{path}/cancellation", new { understood = true }, guardian)).Is(202).Json.GetProperty("guardianship").GetProperty("ending");
        Assert.Equal("guardian", ending.GetProperty("ground").GetString());
        var shown = (await gateway.Get("/v1/account/guardian", session)).Is(200).Json.GetProperty("ending");
        Assert.Equal(ending.GetProperty("endsAt").GetDateTimeOffset(), shown.GetProperty("endsAt").GetDateTimeOffset());
        await (await gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = "No" }, session)).Problem(403, "account_limited");
        Assert.False((await gateway.Delete($"{path}/cancellation", guardian)).Is(200).Json.GetProperty("guardianship").TryGetProperty("ending", out var none) && none.ValueKind != JsonValueKind.Null);
        (await gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = "Yes" }, session)).Is(200);

        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await gateway.Post($"{path}/cancellation", new { understood = true }, guardian)).Problem(403, "reauthentication_required");
        await (await gateway.Post($"{path}/exports", null, guardian)).Problem(403, "reauthentication_required");
        guardian = await family.SignedIn();
        (await gateway.Post($"{path}/cancellation", new { understood = true }, guardian)).Is(202);
        gateway.Clock.Advance(TimeSpan.FromDays(10));
        (await gateway.Get("/v1/account", session)).Is(200);
        gateway.Clock.Advance(TimeSpan.FromDays(5));
        await (await gateway.Get("/v1/account", session)).Problem(404, "not_found");
        await (await gateway.Get(path, guardian)).Problem(404, "not_found");
    }
}
