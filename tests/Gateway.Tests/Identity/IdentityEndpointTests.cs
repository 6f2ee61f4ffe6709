using AiCloud.Live;

namespace AiCloud.Identity;

/// <summary>Real-name proof over HTTP, with the development check (C2.1e, C2.1g, A5, L-09, L-11).</summary>
[Collection(MovingClock.Name)]
public sealed class IdentityEndpointTests(SharedGateways gateways)
{
    [Fact]
    public async Task A_person_proves_the_real_name_after_a_consent_of_its_own__L_09()
    {
        var gateway = await gateways.Moving;
        var session = await Visitor.ByPhone(gateway).Registered();
        var before = (await gateway.Get("/v1/account/identity", session)).Is(200);
        Assert.Equal("none", before["state"]);
        Assert.False(before.Json.GetProperty("consent").GetProperty("given").GetBoolean());
        var card = TestPersons.NewCard();
        await (await gateway.Post("/v1/account/identity", TestPersons.Body(card), session)).Problem(403, "identity_consent_missing");
        await TestPersons.Consent(gateway, session);
        var proven = (await gateway.Post("/v1/account/identity", TestPersons.Body(card), session)).Is(200);
        Assert.Equal("verified", proven["state"]);
        var proof = proven.Json.GetProperty("proof");
        Assert.Equal(("certificate", "resident_id_card", "测**", card[^4..], true),
            (proof.GetProperty("method").GetString(), proof.GetProperty("kind").GetString(), proof.GetProperty("name").GetString(), proof.GetProperty("numberEnd").GetString(), proof.GetProperty("birthDateProven").GetBoolean()));
        Assert.DoesNotContain(card, proven.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("测试通过", proven.Text, StringComparison.Ordinal);
        await TestPersons.Consent(gateway, session, given: false);
        Assert.Equal("none", (await gateway.Get("/v1/account/identity", session)).Is(200)["state"]);
    }

    [Fact]
    public async Task L_17_the_proven_name_is_shown_to_its_owner_in_full_after_reauthentication()
    {
        var gateway = await gateways.Moving;
        var session = await TestPersons.Consenting(gateway);
        Assert.False((await gateway.Get("/v1/account/facts", session)).Is(200).Json.TryGetProperty("realName", out _));
        var card = TestPersons.NewCard();
        (await gateway.Post("/v1/account/identity", TestPersons.Body(card), session)).Is(200);
        var facts = (await gateway.Get("/v1/account/facts", session)).Is(200);
        Assert.Equal(("测试通过", card[^4..]), (facts["realName"], facts["certificateLast"]));
        Assert.False(facts.Json.TryGetProperty("certificateNumber", out _)); // not kept
        await TestPersons.Consent(gateway, session, given: false);
        Assert.False((await gateway.Get("/v1/account/facts", session)).Is(200).Json.TryGetProperty("realName", out _)); // and not any more
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        await (await gateway.Get("/v1/account/facts", session)).Problem(403, "reauthentication_required");
    }

    [Theory]
    [InlineData("110105199002280027", "certificate_checksum")]
    [InlineData("110105199002300020", "certificate_impossible_date")]
    [InlineData("110105209002280020", "certificate_future_date")]
    [InlineData("110105199002280000", "certificate_order")]
    [InlineData("010105199002280020", "certificate_first_digit")]
    [InlineData("110105900228002", "certificate_fifteen_digits")]
    [InlineData("911000199002280020", "certificate_other_kind")]
    [InlineData("1101051990", "certificate_malformed")]
    public async Task Every_reason_to_refuse_a_number_has_a_code_at_the_field__A5(string number, string code)
    {
        var gateway = await gateways.Moving;
        var refused = await (await gateway.Post("/v1/account/identity", TestPersons.Body(number), await TestPersons.Consenting(gateway))).Problem(422, code);
        Assert.Equal(("/number", code), (refused.GetProperty("errors")[0].GetProperty("pointer").GetString(), refused.GetProperty("errors")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_number_may_be_typed_with_small_x_in_full_width_and_in_groups__A5()
    {
        var gateway = await gateways.Moving;
        var card = TestPersons.NewCard();
        var wide = string.Concat(card.Select(c => (char)(c + 0xFEE0)).Take(6)) + " " + card[6..14] + "-" + card[14..].ToLowerInvariant();
        Assert.Equal("verified", (await gateway.Post("/v1/account/identity", TestPersons.Body(wide), await TestPersons.Consenting(gateway))).Is(200)["state"]);
    }

    [Fact]
    public async Task The_birth_date_in_the_number_must_be_the_stated_one_or_the_correction__A5_C2_1g()
    {
        var gateway = await gateways.Moving;
        var session = await TestPersons.Consenting(gateway);
        var card = TestPersons.NewCard("1991-03-01");
        await (await gateway.Post("/v1/account/identity", TestPersons.Body(card), session)).Problem(422, "birth_date_mismatch");
        var corrected = (await gateway.Post("/v1/account/identity", new { method = "certificate", kind = "resident_id_card", number = card, name = "测试通过", birthDate = "1991-03-01" }, session)).Is(200);
        Assert.Equal("verified", corrected["state"]);
        Assert.Equal("1991-**-**", (await gateway.Get("/v1/account", session)).Is(200)["birthDate"]);
    }

    [Fact]
    public async Task C2_1a_whoever_is_found_to_be_below_sixteen_is_told_from_when_the_account_can_be_used()
    {
        var gateway = await gateways.Moving;
        var session = await TestPersons.Consenting(gateway);
        var born = Registration.Age.ShanghaiDay(gateway.Clock.GetUtcNow()).AddYears(-16).AddDays(10);
        var birthDate = born.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await gateway.Post("/v1/account/identity", new { method = "certificate", kind = "resident_id_card", number = TestPersons.NewCard(birthDate), name = "测试通过", birthDate }, session)).Is(200);
        var shown = (await gateway.Get("/v1/account/guardian", session)).Is(200);
        Assert.Equal(("under_age", Registration.Age.Reaches(born, 16)), (shown["state"], shown.Json.GetProperty("oldEnoughAt").GetDateTimeOffset()));
    }

    [Theory, InlineData("测试不符", "mismatch"), InlineData("王小明", "not_found"), InlineData("Test Mismatch", "mismatch")]
    public async Task What_the_check_does_not_confirm_is_refused_with_its_reason(string name, string reason)
    {
        var gateway = await gateways.Moving;
        var refused = (await gateway.Post("/v1/account/identity", TestPersons.Body(name: name), await TestPersons.Consenting(gateway))).Is(200);
        Assert.Equal(("refused", reason), (refused["state"], refused["reason"]));
    }

    [Fact]
    public async Task A_check_without_an_answer_is_pending_and_answered_by_itself_when_asked_again()
    {
        var gateway = await gateways.Moving;
        var session = await TestPersons.Consenting(gateway);
        var pending = (await gateway.Post("/v1/account/identity", TestPersons.Body(name: "测试稍后"), session)).Is(202);
        Assert.Equal("pending", pending["state"]);
        await (await gateway.Post("/v1/account/identity", TestPersons.Body(), session)).Problem(409, "identity_pending");
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var account = (await gateway.Get("/v1/account", session)).Is(200)["id"];
        var grains = (Orleans.IGrainFactory)gateway.Services.GetService(typeof(Orleans.IGrainFactory))!;
        await grains.GetGrain<Accounts.IAccountGrain>(Guid.Parse(account).ToString("N")).Settle(TestContext.Current.CancellationToken);
        Assert.Equal("verified", (await gateway.Get("/v1/account/identity", session)).Is(200)["state"]);
    }

    // The sample catalogue: billing states a legal ground, the others none.
    [Theory, InlineData("billing", true), InlineData("object-storage", false), InlineData(null, false)]
    public async Task The_full_number_is_kept_only_for_a_type_of_service_that_states_a_legal_ground__L_11(string? service, bool kept)
    {
        var gateway = await gateways.Moving;
        var session = await TestPersons.Consenting(gateway);
        var body = new { method = "certificate", kind = "resident_id_card", number = TestPersons.NewCard(), name = "测试通过", service };
        var proof = (await gateway.Post("/v1/account/identity", body, session, ("Accept-Language", "en"))).Is(200).Json.GetProperty("proof");
        Assert.Equal(kept, proof.TryGetProperty("numberKeptFor", out var ground));
        if (kept) Assert.StartsWith("Anti-Money Laundering Law", ground.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_of_service_that_is_in_no_catalogue_is_refused()
    {
        var gateway = await gateways.Moving;
        var refused = await (await gateway.Post("/v1/account/identity", new { method = "certificate", kind = "resident_id_card", number = TestPersons.NewCard(), name = "测试通过", service = "nothing-here" },
            await TestPersons.Consenting(gateway))).Problem(422, "invalid");
        Assert.Equal("/service", refused.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task The_state_network_ID_is_taken_with_nothing_in_plain_beside_it__L_11()
    {
        var gateway = await gateways.Moving;
        var session = await TestPersons.Consenting(gateway);
        await (await gateway.Post("/v1/account/identity", new { method = "network_id", credential = "test-match-a", name = "测试通过" }, session)).Problem(422, "invalid");
        var proven = (await gateway.Post("/v1/account/identity", new { method = "network_id", credential = $"test-match-{Guid.NewGuid():N}" }, session)).Is(200);
        Assert.Equal("verified", proven["state"]);
        Assert.False(proven.Json.GetProperty("proof").TryGetProperty("name", out _));
    }

    [Fact]
    public async Task One_certificate_proves_three_accounts__C2_1e()
    {
        var (gateway, card) = (await gateways.Moving, TestPersons.NewCard());
        for (var i = 0; i < 3; i++) Assert.Equal("verified", (await gateway.Post("/v1/account/identity", TestPersons.Body(card), await TestPersons.Consenting(gateway))).Is(200)["state"]);
        var fourth = (await gateway.Post("/v1/account/identity", TestPersons.Body(card), await TestPersons.Consenting(gateway))).Is(200);
        Assert.Equal(("refused", "document_limit"), (fourth["state"], fourth["reason"]));
    }

    [Fact]
    public async Task Without_a_recent_authentication_it_is_asked_for_first__S_06()
    {
        var gateway = await gateways.Moving;
        var session = await TestPersons.Consenting(gateway);
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        await (await gateway.Post("/v1/account/identity", TestPersons.Body(), session)).Problem(403, "reauthentication_required");
    }

    [Theory]
    [InlineData("""{"method":"certificate"}""", 3)]
    [InlineData("""{"method":"certificate","kind":"passport","number":"E12345678","name":"测试通过","credential":"x"}""", 1)]
    [InlineData("""{"method":"network_id"}""", 1)]
    public async Task What_belongs_to_the_other_way_is_refused_and_what_is_missing_is_named(string body, int faults)
    {
        var gateway = await gateways.Moving;
        var refused = await (await gateway.Post("/v1/account/identity", body, await TestPersons.Consenting(gateway))).Problem(422, "invalid");
        Assert.Equal(faults, refused.GetProperty("errors").GetArrayLength());
    }
}
