using System.IO.Compression;
using System.Text.Json;
using AiCloud.Live;

namespace AiCloud.Guardians;

/// <summary>What is held about a guardian: seen, corrected and taken along by them over HTTP (L-11, L-16).</summary>
[Collection(MovingClock.Name)]
public sealed class GuardianSelfTests(SharedGateways gateways)
{
    [Fact]
    public async Task L_16_a_guardian_sees_corrects_and_takes_along_what_is_held_about_them_and_nobody_else_does()
    {
        var gateway = await gateways.Moving;
        var family = new Family(gateway);
        var session = await family.Registered();
        var guardian = await family.SignedIn();
        var seen = (await gateway.Get("/v1/guardian/self", guardian)).Is(200);
        Assert.Equal("no-store", seen.Header("Cache-Control"));
        var own = seen.Json.GetProperty("guardianships").EnumerateArray().Single();
        Assert.Equal((Family.Name, "father", "id", "certificate"), (own.GetProperty("name").GetString(), own.GetProperty("relationship").GetString(), own.GetProperty("assurance").GetString(),
            own.GetProperty("identity").GetProperty("method").GetString()));
        Assert.DoesNotContain(family.Phone[3..], seen.Text, StringComparison.Ordinal); // masked
        Assert.Equal(4, own.GetProperty("identity").GetProperty("last").GetString()!.Length);
        var kept = own.GetProperty("responsibilities").EnumerateArray().Single();
        Assert.Equal((Family.Name, 2, "api"), (kept.GetProperty("name").GetString(), kept.GetProperty("documents").GetArrayLength(), kept.GetProperty("channel").GetString()));
        Assert.Equal("privacy-agreement", kept.GetProperty("consentedTo").GetProperty("kind").GetString());
        Assert.Contains(own.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("what").GetString() == "guardian_acceptance");
        Assert.Single(seen.Json.GetProperty("sessions").EnumerateArray());

        // Corrected, and seen so by the minor too; what a certificate proved is not talked away.
        var account = own.GetProperty("account").GetString()!;
        var corrected = (await gateway.Send(HttpMethod.Patch, $"/v1/guardian/self/{account}", new { relationship = "grandparent" }, guardian)).Is(200);
        Assert.Equal("grandparent", corrected["relationship"]);
        Assert.Contains(corrected.Json.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("what").GetString() == "guardian_corrected_own");
        Assert.Equal("father", corrected.Json.GetProperty("responsibilities").EnumerateArray().Single().GetProperty("relationship").GetString()); // as it was accepted
        Assert.Equal("grandparent", (await gateway.Get("/v1/account/guardian", session)).Is(200)["relationship"]);
        await (await gateway.Send(HttpMethod.Patch, $"/v1/guardian/self/{account}", new { name = "王小明" }, guardian)).Problem(422, "guardian_name_differs");
        await (await gateway.Send(HttpMethod.Patch, $"/v1/guardian/self/{account}", new { name = "1" }, guardian)).Problem(422, "real_name_invalid");
        await (await gateway.Send(HttpMethod.Patch, $"/v1/guardian/self/{account}", new { relationship = "friend" }, guardian)).Problem(422, "invalid");
        (await gateway.Send(HttpMethod.Patch, $"/v1/guardian/self/{account}", new { name = Family.Name }, guardian)).Is(200);

        // Nobody else: the minor, an adult, another guardian.
        var stranger = new Family(gateway);
        var (_, other) = await stranger.Standing();
        foreach (var token in new[] { session, await Visitor.ByEmail(gateway).Registered() })
        {
            await (await gateway.Get("/v1/guardian/self", token)).Problem(404, "not_found");
            await (await gateway.Get("/v1/guardian/self/archive", token)).Problem(404, "not_found");
        }
        await (await gateway.Send(HttpMethod.Patch, $"/v1/guardian/self/{account}", new { relationship = "other" }, other)).Problem(404, "not_found");
        Assert.DoesNotContain(account, (await gateway.Get("/v1/guardian/self", other)).Is(200).Text, StringComparison.Ordinal);

        // To take along: whole, as JSON and as a page in both languages; by a recent sign-in.
        guardian = await family.SignedIn();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/guardian/self/archive");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {guardian}");
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["personal-data.en.html", "personal-data.json", "personal-data.zh-CN.html"], zip.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        await using var json = await zip.GetEntry("personal-data.json")!.OpenAsync(TestContext.Current.CancellationToken);
        using var document = await JsonDocument.ParseAsync(json, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("ai-cloud-guardian-data/1", family.Phone), (document.RootElement.GetProperty("format").GetString(),
            document.RootElement.GetProperty("guardianships").EnumerateArray().Single().GetProperty("contact").GetString()));
        await using var html = await zip.GetEntry("personal-data.en.html")!.OpenAsync(TestContext.Current.CancellationToken);
        var page = await new StreamReader(html).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("as a guardian", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything", page, StringComparison.Ordinal); // who also has an account has more
        // Every member of it has a name in the page.
        Assert.All(Members(document.RootElement).Distinct(), member => Assert.True(PersonalData.DataTexts.Labels.ContainsKey(member), member));
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await gateway.Get("/v1/guardian/self/archive", guardian)).Problem(403, "reauthentication_required");
        (await gateway.Get("/v1/guardian/self", guardian)).Is(200);

        // Who withdrew is held no more, and is shown nothing.
        (await gateway.Delete($"/v1/guardian/accounts/{account}", guardian)).Is(204);
        Assert.Empty((await gateway.Get("/v1/guardian/self", guardian)).Is(200).Json.GetProperty("guardianships").EnumerateArray());
    }

    private static IEnumerable<string> Members(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Members(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Members),
        _ => [],
    };
}
