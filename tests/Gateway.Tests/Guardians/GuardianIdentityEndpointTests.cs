using System.Text.Json;
using AiCloud.Identity;
using AiCloud.Live;
using AiCloud.Services;

namespace AiCloud.Guardians;

/// <summary>A guardian's identity check over HTTP, by the development check and by a signed endpoint (C2.1b, L-09, L-11).</summary>
[Collection(MovingClock.Name)]
public sealed class GuardianIdentityEndpointTests(SharedGateways gateways)
{
    [Fact]
    public async Task C2_1b_a_check_that_is_not_answered_leaves_the_guardian_pending_until_it_is()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Proven();
        Assert.Equal("none", Identity(await gateway.Get(family.Path, family.Token)).GetProperty("state").GetString());
        var pending = (await gateway.Post($"{family.Path}/identity", family.Document(name: "测试稍后"), family.Token)).Is(202);
        Assert.Equal("pending", pending.Json.GetProperty("identity").GetProperty("state").GetString());
        var refused = await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token);
        await refused.Problem(409, "identity_pending");
        Assert.NotNull(refused.Header("Retry-After"));
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var grains = (Orleans.IGrainFactory)gateway.Services.GetService(typeof(Orleans.IGrainFactory))!;
        await grains.GetGrain<IGuardianInvitationGrain>(family.Id).Settle(TestContext.Current.CancellationToken);
        Assert.Equal("verified", Identity(await gateway.Get(family.Path, family.Token)).GetProperty("state").GetString());
        await (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Problem(422, "guardian_name_differs");
    }

    [Fact]
    public async Task C2_1b_below_eighteen_without_a_code_and_without_the_consent_nothing_is_checked()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Invited();
        await (await gateway.Post($"{family.Path}/identity", family.Document(), family.Token)).Problem(409, "not_verified");
        var (challenge, code) = await family.Asked();
        (await gateway.Post($"{family.Path}/verification", new { challenge, code }, family.Token)).Is(200);
        await (await gateway.Post($"{family.Path}/identity", family.Document(TestPersons.NewCard(family.BirthDate(17))), family.Token)).Problem(403, "guardian_not_adult");
        await (await gateway.Post($"{family.Path}/identity", family.Document("E12345678", kind: "passport", issuer: "CHN"), family.Token)).Problem(422, "birth_date_invalid");
        await (await gateway.Post($"{family.Path}/identity", family.Document("110105199002280027"), family.Token)).Problem(422, "certificate_checksum");
        var registration = gateway.InForce("registration-agreement");
        var other = new { consent = new { registration.Kind, registration.Version, registration.Sha256 }, method = "certificate", kind = "resident_id_card", number = TestPersons.NewCard(), name = Family.Name };
        await (await gateway.Post($"{family.Path}/identity", other, family.Token)).Problem(409, "document_not_in_force");
        await (await gateway.Post($"{family.Path}/identity", new { other.method, other.kind, other.number, other.name }, family.Token)).Problem(422, "invalid");
        await (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Problem(409, "guardian_identity_needed");
    }

    [Fact]
    public async Task L_11_the_state_network_ID_proves_a_guardian_with_the_birth_date_that_it_confirms()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Proven();
        var privacy = gateway.InForce("privacy-agreement");
        var (consent, credential) = (new { privacy.Kind, privacy.Version, privacy.Sha256 }, $"test-match-{Guid.NewGuid():N}");
        await (await gateway.Post($"{family.Path}/identity", new { consent, method = "network_id", credential }, family.Token)).Problem(422, "birth_date_invalid");
        await (await gateway.Post($"{family.Path}/identity", new { consent, method = "network_id", credential, birthDate = family.BirthDate(17) }, family.Token)).Problem(403, "guardian_not_adult");
        Assert.Equal("verified", Identity(await gateway.Post($"{family.Path}/identity", new { consent, method = "network_id", credential, birthDate = "1980-01-01" }, family.Token)).GetProperty("state").GetString());
        (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Is(200);
    }

    [Fact]
    public async Task C2_1b_by_a_signed_endpoint_the_answer_decides_and_a_service_that_demands_id_is_answered_by_it()
    {
        await using var checker = await StandInChecker.Start();
        var folder = Directory.CreateTempSubdirectory("aicloud-check-").FullName;
        var (key, catalogue) = (Path.Combine(folder, "key"), Path.Combine(folder, "services.json"));
        await File.WriteAllTextAsync(key, Convert.ToBase64String(StandInChecker.Key), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(catalogue, Catalogues.Everything, TestContext.Current.CancellationToken);
        await using (var gateway = await LiveGateway.Start(("AiCloud:Identity:Mode", "Http"), ("AiCloud:Identity:Check:Endpoint", checker.Endpoint.ToString()), ("AiCloud:Identity:Check:KeyFile", key),
            ("AiCloud:Services:Catalogue", catalogue)))
        {
            var family = await new Family(gateway).Proven();
            checker.Answer = id => $$"""{"requestId":"{{id}}","result":"mismatch"}""";
            Assert.Equal("mismatch", Identity(await gateway.Post($"{family.Path}/identity", family.Document(), family.Token)).GetProperty("reason").GetString());
            checker.Answer = id => $$"""{"requestId":"{{id}}","result":"match"}""";
            // Without the checker's word on it, a date that was merely typed beside a passport makes nobody of age.
            Assert.Equal("birth_date_unconfirmed", Identity(await gateway.Post($"{family.Path}/identity",
                family.Document("E12345678", kind: "passport", issuer: "CHN", birthDate: "1980-01-01"), family.Token)).GetProperty("reason").GetString());
            Assert.Equal("1980-01-01", JsonDocument.Parse(checker.Bodies[^1]).RootElement.GetProperty("birthDate").GetString());
            var proven = Identity(await gateway.Post($"{family.Path}/identity", family.Document(), family.Token));
            Assert.Equal("verified", proven.GetProperty("state").GetString());
            (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Is(200);
            var session = (await family.Minor.Complete(family.Minor.CompletionBody(family.BirthDate()))).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
            var families = (await gateway.Get("/v1/account/services", session)).Is(200).Json.EnumerateArray().Single(type => type.GetProperty("id").GetString() == "families");
            Assert.Empty(families.GetProperty("missing").EnumerateArray());
        }
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(null, "contact")]
    [InlineData("true", "id")]
    public async Task C2_1b_a_check_that_nobody_chose_is_asked_of_no_guardian_unless_settings_say_so(string? proves, string assurance)
    {
        await using var gateway = await LiveGateway.Start([("AiCloud:Identity:Mode", ""), .. proves is null ? [] : new[] { ("AiCloud:Guardians:ProvesIdentity", proves) }]);
        var family = await new Family(gateway).Proven();
        if (proves is null)
        {
            Assert.False((await gateway.Get(family.Path, family.Token)).Is(200).Json.TryGetProperty("identity", out _));
        }
        else
        {
            await (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Problem(409, "guardian_identity_needed");
            (await gateway.Post($"{family.Path}/identity", family.Document(), family.Token)).Is(200);
        }
        (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Is(200);
        var session = (await family.Minor.Complete(family.Minor.CompletionBody(family.BirthDate()))).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
        Assert.Equal(assurance, (await gateway.Get("/v1/account/guardian", session)).Is(200)["assurance"]);
    }

    private static JsonElement Identity(Reply reply) => reply.Is(200).Json.GetProperty("identity");
}
