using System.Text.Json;
using AiCloud.Documents;
using AiCloud.Live;
using AiCloud.OpenApi;
using AiCloud.Probe;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Consent;

/// <summary>Continued use over HTTP (C2.5c).</summary>
public sealed class UseTests(AmendedGateway amended) : IClassFixture<AmendedGateway>, IAsyncLifetime
{
    private const string Contract = "registration-agreement", Rules = "violation-rules";
    private LiveGateway Gateway => amended.Gateway;

    public async ValueTask InitializeAsync() => await amended.Settle();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task C2_5c_signing_in_shows_the_change_and_does_not_count_and_going_on_does()
    {
        var person = Visitor.ByPhone(Gateway);
        await person.Registered();
        var announced = await amended.Announce(Contract);
        var before = Due((await person.SignIn()).Is(201)).Single(due => due.GetProperty("version").GetString() == announced.Version);
        Assert.Equal((Contract, "contract", false, $"What {announced.Version} changes"), (before.GetProperty("kind").GetString(), before.GetProperty("class").GetString(), before.GetProperty("inForce").GetBoolean(),
            (await person.SignIn(headers: ("Accept-Language", "en"))).Is(201).Json.GetProperty("noticeDue")[0].GetProperty("summary").GetString()));
        (await Gateway.Get(before.GetProperty("href").GetString()!)).Is(200);
        Assert.Contains(announced.Version, (await Gateway.Get(before.GetProperty("diffHref").GetString()!)).Is(200).Text, StringComparison.Ordinal);

        amended.MoveTo(announced.EffectiveAt);
        var signedIn = (await person.SignIn()).Is(201);
        Assert.True(Due(signedIn).Single().GetProperty("inForce").GetBoolean());
        Assert.Empty(await Deemed(signedIn["token"]));
        var gone = (await Gateway.Post("/v1/account/continuation", null, signedIn["token"])).Is(200);
        Assert.Empty(Due(gone));
        var deemed = Assert.Single(await Deemed(signedIn["token"]));
        Assert.Equal((announced.Version, announced.Sha256, "go_on"), (deemed.GetProperty("version").GetString(), deemed.GetProperty("sha256").GetString(), deemed.GetProperty("act").GetString()));
        Assert.Equal(announced.AnnouncedAt, deemed.GetProperty("noticeAnnouncedAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.True(deemed.GetProperty("noticeShownAt").GetDateTimeOffset() < announced.EffectiveAt);
        (await Gateway.Post("/v1/account/continuation", null, signedIn["token"])).Is(200); // again, since the answer may have been lost
        Assert.Single(await Deemed(signedIn["token"]));
    }

    [Theory]
    [InlineData("GET", "/v1/account")]
    [InlineData("GET", "/v1/account/acceptances")]
    [InlineData("GET", "/v1/account/acceptances/1/receipt")]
    [InlineData("GET", "/v1/account/consents")]
    [InlineData("PUT", "/v1/account/consents/display-name")]
    [InlineData("GET", "/v1/account/consents/display-name/receipt")]
    [InlineData("GET", "/v1/account/sessions")]
    [InlineData("DELETE", "/v1/account/sessions")]
    [InlineData("DELETE", "/v1/account/sessions/AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("POST", "/v1/account/password")]
    [InlineData("GET", "/v1/documents")]
    [InlineData("GET", "/v1/documents/registration-agreement/versions/1.0")]
    [InlineData("POST", "/v1/sessions")]
    [InlineData("DELETE", "/v1/sessions/current")]
    public async Task C2_5c_no_other_call_counts_as_use(string method, string path)
    {
        var person = Visitor.ByPhone(Gateway);
        var session = await person.Registered();
        var announced = await amended.Announce(Rules);
        amended.MoveTo(announced.EffectiveAt);
        var privacy = Gateway.InForce(DocumentCatalog.PrivacyKind);
        object? body = (method, path) switch
        {
            ("PUT", _) => new { given = true, document = new { privacy.Kind, privacy.Version, privacy.Sha256 } },
            (_, "/v1/sessions") => new { identifier = person.Contact, password = person.Password },
            ("POST", _) => new { currentPassword = person.Password, newPassword = "another horse battery" },
            _ => null,
        };
        if (path.EndsWith("display-name/receipt", StringComparison.Ordinal))
            (await Gateway.Send(HttpMethod.Put, "/v1/account/consents/display-name", new { given = true, document = new { privacy.Kind, privacy.Version, privacy.Sha256 } }, session)).Is(200);
        Assert.InRange((await Gateway.Send(new HttpMethod(method), path, body, session)).Status, 200, 299);
        var token = (await person.SignIn(path.EndsWith("password", StringComparison.Ordinal) ? "another horse battery" : null)).Is(201)["token"];
        Assert.Empty(await Deemed(token));
        (await Gateway.Send(HttpMethod.Patch, "/v1/account", new { locale = "en" }, token)).Is(200);
        Assert.Equal("account_change", Assert.Single(await Deemed(token)).GetProperty("act").GetString());
    }

    [Fact]
    public async Task C2_5c_the_document_marks_exactly_the_endpoints_that_count()
    {
        var paths = (await Gateway.Get("/openapi/v1.json")).Is(200).Json.GetProperty("paths");
        var written = from path in paths.EnumerateObject()
                      from operation in path.Value.EnumerateObject()
                      where operation.Value.TryGetProperty(MarkedActOfUse.Extension, out _)
                      select $"{operation.Name} {path.Name.TrimEnd('/')} {operation.Value.GetProperty(MarkedActOfUse.Extension).GetString()}";
        var done = from endpoint in Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                   let act = endpoint.Metadata.GetMetadata<MarkedActOfUse>()
                   where act is not null
                   select $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant()} {endpoint.RoutePattern.RawText!.TrimEnd('/')} {act.Kind}";
        Assert.Equal(["patch /v1/account account_change", "post /v1/account/continuation go_on"], written.Order(StringComparer.Ordinal));
        Assert.Equal(written.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task C2_5c_parallel_uses_of_many_sessions_are_recorded_once()
    {
        var person = Visitor.ByEmail(Gateway);
        var session = await person.Registered();
        var announced = await amended.Announce(Rules);
        amended.MoveTo(announced.EffectiveAt);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i => (i % 2 == 0
            ? await Gateway.Post("/v1/account/continuation", null, session)
            : await Gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = $"name {i}" }, session)).Is(200)));
        Assert.Single(await Deemed(session));
    }

    [Fact]
    public async Task A_completion_that_began_before_the_instant_is_told_what_is_in_force_and_can_be_finished__C0_1_C2_5b()
    {
        foreach (var kind in new[] { Contract, DocumentCatalog.PrivacyKind })
        {
            var announced = await amended.Announce(kind, draft => kind == Contract ? draft : amended.WithPurposes(draft, Amendments.Purpose("maps", necessary: false, "location", draft.Version)));
            amended.MoveTo(announced.EffectiveAt.AddMinutes(-2));
            var person = await Visitor.ByPhone(Gateway).Verified();
            var outdated = person.CompletionBody();
            amended.MoveTo(announced.EffectiveAt);
            var refused = await (await person.Complete(outdated)).Problem(409, "document_not_in_force");
            Assert.Contains(refused.GetProperty("documents").EnumerateArray(), document => document.GetProperty("sha256").GetString() == announced.Sha256);
            var session = (await person.Complete()).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
            Assert.Contains((await Gateway.Get("/v1/account/acceptances", session)).Is(200).Json.EnumerateArray(),
                accepted => accepted.GetProperty("sha256").GetString() == announced.Sha256 && accepted.GetProperty("manner").GetString() == "explicit");
            Assert.Equal("[]", (await Gateway.Get("/v1/account", session)).Is(200)["consentDue"]);
        }
    }

    private static JsonElement[] Due(Reply reply) => [.. reply.Json.GetProperty("noticeDue").EnumerateArray()];

    private async Task<JsonElement[]> Deemed(string token) =>
        [.. (await Gateway.Get("/v1/account/acceptances", token)).Is(200).Json.EnumerateArray().Where(accepted => accepted.GetProperty("manner").GetString() == "deemed")];
}
