using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiCloud.Probe;
using AiCloud.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.OpenApi;

public sealed class ApiDocumentTests(SharedProbe probe) : IClassFixture<SharedProbe>
{
    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_says_who_may_call_what()
    {
        var document = await Document();
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
        var show = document.GetProperty("paths").GetProperty("/v1/things/{id}").GetProperty("get");
        Assert.Equal("showThing", show.GetProperty("operationId").GetString());
        Assert.True(show.GetProperty("security")[0].TryGetProperty("bearer", out _));
        Assert.Empty(document.GetProperty("paths").GetProperty("/v1/things").GetProperty("post").GetProperty("security")[0].EnumerateObject());
    }

    [Fact]
    public async Task Every_declared_refusal_stands_in_the_document_with_an_example()
    {
        var document = await Document();
        var seen = 0;
        foreach (var endpoint in probe.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true) continue;
            var path = document.GetProperty("paths").GetProperty("/" + endpoint.RoutePattern.RawText!.Trim('/'));
            var operation = path.GetProperty(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0].ToLower(CultureInfo.InvariantCulture));
            foreach (var code in DeclaredRefusals.Of(endpoint))
            {
                var response = operation.GetProperty("responses").GetProperty($"{code.Entry().Status}").GetProperty("content").GetProperty("application/problem+json");
                Assert.Equal("#/components/schemas/Problem", response.GetProperty("schema").GetProperty("$ref").GetString());
                Assert.Equal(code.Name(), response.GetProperty("examples").GetProperty(code.Name()).GetProperty("value").GetProperty("code").GetString());
                seen++;
            }
        }

        Assert.True(seen > 20, $"{seen}");
    }

    [Fact]
    public async Task What_the_reader_enforces_the_schema_says()
    {
        var thing = (await Document()).GetProperty("components").GetProperty("schemas").GetProperty("ThingRequest");
        var members = thing.GetProperty("properties");
        Assert.Equal(["code", "colour", "fresh"], thing.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal));
        Assert.False(thing.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("^(?:[0-9]{4,8})$", members.GetProperty("code").GetProperty("pattern").GetString());
        Assert.Equal(8, members.GetProperty("code").GetProperty("maxLength").GetInt32());
        Assert.Equal(3, members.GetProperty("parts").GetProperty("maxItems").GetInt32());
    }

    [Fact]
    public async Task What_is_received_is_closed_and_what_is_sent_may_grow()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        Assert.False(schemas.GetProperty("Part").GetProperty("additionalProperties").GetBoolean()); // inside a request
        Assert.False(schemas.GetProperty("ThingResponse").TryGetProperty("additionalProperties", out var open) && !open.GetBoolean());
    }

    [Fact]
    public async Task A_patch_may_come_as_a_merge_patch()
    {
        var patch = (await Document()).GetProperty("paths").GetProperty("/v1/things/{id}").GetProperty("patch");
        Assert.Equal(["application/json", "application/merge-patch+json"], patch.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(content => content.Name));
        using var body = new StringContent("{\"name\":\"ab\"}", System.Text.Encoding.UTF8, "application/merge-patch+json");
        Assert.Equal(200, (int)(await probe.App.Send(HttpMethod.Patch, "/v1/things/7", body, ("Authorization", "Bearer right"))).StatusCode);
    }

    [Fact]
    public async Task An_answer_says_what_its_author_wrote() =>
        Assert.Equal("Added.", (await Document()).GetProperty("paths").GetProperty("/v1/things/{id}/parts").GetProperty("post").GetProperty("responses").GetProperty("200").GetProperty("description").GetString());

    [Fact]
    public async Task The_reference_page_loads_nothing_from_outside_and_lets_no_foreign_script_in()
    {
        var page = await probe.App.Get("/docs");
        if (page.Headers.Location is { } moved) page = await probe.App.Client.GetAsync(new Uri(new Uri(probe.App.Address, "/docs"), moved));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(200, (int)page.StatusCode);
        Assert.DoesNotMatch("""(src|href)\s*=\s*["'](https?:)?//""", html);
        var csp = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", csp, StringComparison.Ordinal);
        var nonce = Regex.Match(csp, "'nonce-([^']+)'").Groups[1].Value;
        Assert.All(Regex.Matches(html, "<script[^>]*>"), script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
        var scripts = Regex.Matches(html, "<script[^>]*src=\"([^\"]+)\"").Select(script => script.Groups[1].Value).ToArray();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            var loaded = await probe.App.Client.GetAsync(new Uri(page.RequestMessage!.RequestUri!, script));
            Assert.Equal((200, "text/javascript"), ((int)loaded.StatusCode, loaded.Content.Headers.ContentType?.MediaType?.Replace("application", "text", StringComparison.Ordinal)));
        }

        Assert.Equal(200, (int)(await probe.App.Get("/openapi/v1.json")).StatusCode);
    }

    private async Task<JsonElement> Document()
    {
        var response = await probe.App.Get("/openapi/v1.json");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }
}
