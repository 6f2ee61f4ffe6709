using System.Text.Json;
using AiCloud.Documents;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Consent;

/// <summary>Consent by purpose over HTTP (C2.5c, L-02, L-04).</summary>
public sealed class ConsentTests(AmendedGateway amended) : IClassFixture<AmendedGateway>
{
    private LiveGateway Gateway => amended.Gateway;

    [Fact]
    public async Task L_02_registering_gives_the_necessary_purposes_and_infers_no_optional_one()
    {
        var session = await Visitor.ByPhone(Gateway).Registered();
        var consents = (await Gateway.Get("/v1/account/consents", session, ("Accept-Language", "en"))).Is(200).Json.EnumerateArray().ToArray();
        Assert.NotEmpty(consents);
        Assert.All(consents, consent => Assert.Equal(consent.GetProperty("necessary").GetBoolean() ? "given" : "undecided", consent.GetProperty("state").GetString()));
        Assert.Contains(consents, consent => consent.GetProperty("purpose").GetString() == "Age check");
        Assert.Equal("[]", (await Gateway.Get("/v1/account", session)).Is(200)["consentDue"]);
    }

    [Fact]
    public async Task L_04_wider_processing_asks_and_limits_until_it_is_decided()
    {
        var person = Visitor.ByPhone(Gateway);
        await person.Registered();
        var version = await Widen();
        var signedIn = (await person.SignIn()).Is(201);
        var token = signedIn["token"];
        Assert.Equal("limited", signedIn["scope"]);
        Assert.Contains("consents", signedIn.Json.GetProperty("allowed").EnumerateArray().Select(allowed => allowed.GetString()));
        var due = signedIn.Json.GetProperty("consentDue")[0];
        Assert.Equal((version.Version, version.Sha256), (due.GetProperty("version").GetString(), due.GetProperty("sha256").GetString()));
        var purposes = due.GetProperty("purposes").EnumerateArray().ToArray();
        Assert.All(purposes, purpose => Assert.Contains(purpose.GetProperty("change").GetString(), new[] { "new", "widened" }));

        var refused = await (await Gateway.Send(HttpMethod.Patch, "/v1/account", new { locale = "en" }, token)).Problem(403, "consent_required");
        Assert.Equal(purposes.Length, refused.GetProperty("consentDue")[0].GetProperty("purposes").GetArrayLength());
        // What a person needs to read, to secure the account, to decide and to leave stays.
        foreach (var path in new[] { "/v1/account", "/v1/account/acceptances", "/v1/account/acceptances/1/receipt", "/v1/account/sessions", "/v1/account/consents", "/v1/documents" })
            (await Gateway.Get(path, token)).Is(200);
        (await Gateway.Post("/v1/account/continuation", null, token)).Is(200);
        (await Gateway.Post("/v1/account/password", new { currentPassword = person.Password, newPassword = "another horse battery" }, token)).Is(204);

        foreach (var purpose in purposes)
        {
            var decided = (await Decide(token, purpose.GetProperty("id").GetString()!, purpose.GetProperty("necessary").GetBoolean(), version)).Is(200);
            Assert.Equal(purpose.GetProperty("necessary").GetBoolean() ? "given" : "refused", decided["state"]);
        }
        (await Gateway.Send(HttpMethod.Patch, "/v1/account", new { locale = "en" }, token)).Is(200);
        var accepted = (await Gateway.Get("/v1/account/acceptances", token)).Is(200).Json.EnumerateArray().Single(one => one.GetProperty("sha256").GetString() == version.Sha256);
        Assert.Equal(("explicit", "consent"), (accepted.GetProperty("manner").GetString(), accepted.GetProperty("act").GetString()));
        Assert.Equal("full", (await person.SignIn("another horse battery")).Is(201)["scope"]);
        (await Gateway.Delete("/v1/sessions/current", token)).Is(204);
    }

    [Fact]
    public async Task L_02_withdrawing_is_the_same_call_as_giving()
    {
        var session = await Visitor.ByEmail(Gateway).Registered();
        foreach (var (given, state) in new[] { (true, "given"), (false, "withdrawn"), (false, "withdrawn"), (true, "given") })
        {
            var decided = (await Decide(session, "display-name", given)).Is(200);
            Assert.Equal(state, decided["state"]);
            Assert.Equal("/v1/account/consents/display-name/receipt", decided["receipt"]);
        }
        (await Gateway.Send(HttpMethod.Patch, "/v1/account", new { locale = "en" }, session)).Is(200);
    }

    [Fact]
    public async Task A_decision_under_another_text_or_on_no_purpose_changes_nothing()
    {
        var session = await Visitor.ByEmail(Gateway).Registered();
        var privacy = Gateway.InForce(DocumentCatalog.PrivacyKind);
        var outdated = await (await Put(session, "display-name", new { given = true, document = new { privacy.Kind, version = "0.9", privacy.Sha256 } })).Problem(409, "document_not_in_force");
        Assert.Equal(privacy.Sha256, outdated.GetProperty("documents")[0].GetProperty("sha256").GetString());
        await (await Put(session, "no-such", new { given = true, document = new { privacy.Kind, privacy.Version, privacy.Sha256 } })).Problem(404, "not_found");
        await (await Put(session, "display-name", new { given = true })).Problem(422, "invalid");
        await (await Put(session, "display-name", new { given = "yes", document = new { privacy.Kind, privacy.Version, privacy.Sha256 } })).Problem(422, "invalid");
        await (await Put(session, "display-name", new { given = true, document = new { privacy.Kind, privacy.Version, sha256 = "no digest" } })).Problem(422, "invalid");
        Assert.Equal("undecided", (await Gateway.Get("/v1/account/consents", session)).Is(200).Json.EnumerateArray().Single(one => one.GetProperty("id").GetString() == "display-name").GetProperty("state").GetString());
        await (await Gateway.Get("/v1/account/consents/display-name/receipt", session)).Problem(404, "not_found");
    }

    [Theory]
    [InlineData("POST", "/v1/account/continuation")]
    [InlineData("GET", "/v1/account/consents")]
    [InlineData("PUT", "/v1/account/consents/display-name")]
    [InlineData("GET", "/v1/account/acceptances/1/receipt")]
    [InlineData("GET", "/v1/account/consents/display-name/receipt")]
    public async Task Every_call_asks_for_a_session_and_takes_no_other_token(string method, string path)
    {
        var person = Visitor.ByPhone(Gateway);
        await person.Start();
        var privacy = Gateway.InForce(DocumentCatalog.PrivacyKind);
        object? body = method == "PUT" ? new { given = true, document = new { privacy.Kind, privacy.Version, privacy.Sha256 } } : null;
        await (await Gateway.Send(new HttpMethod(method), path, body)).Problem(401, "unauthorized");
        foreach (var wrong in new[] { person.Token, "ses.a.b.c.d", "token" })
            await (await Gateway.Send(new HttpMethod(method), path, body, wrong)).Problem(404, "not_found");
    }

    private async Task<DocumentVersion> Widen()
    {
        var version = await amended.Announce(DocumentCatalog.PrivacyKind, draft => amended.WithPurposes(draft,
            Amendments.Purpose("maps", necessary: false, "location", draft.Version), Amendments.Purpose("safety", necessary: true, "device", draft.Version)));
        amended.MoveTo(version.EffectiveAt);
        return version;
    }

    private Task<Reply> Decide(string token, string purpose, bool given, DocumentVersion? version = null)
    {
        var document = version?.Reference ?? Gateway.InForce(DocumentCatalog.PrivacyKind);
        return Put(token, purpose, new { given, document = new { document.Kind, document.Version, document.Sha256 } });
    }

    private Task<Reply> Put(string token, string purpose, object body) => Gateway.Send(HttpMethod.Put, $"/v1/account/consents/{purpose}", body, token);
}
