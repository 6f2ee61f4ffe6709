using System.Globalization;
using System.Text.Json;
using AiCloud.Live;
using AiCloud.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.OpenApi;

/// <summary>The document that the real gateway serves agrees with what it does. That no test met an undeclared refusal, LiveGateway sees to.</summary>
public sealed class ServedDocumentTests(SharedGateways gateways)
{
    [Fact]
    public async Task Every_route_of_the_API_stands_in_the_document_with_every_refusal()
    {
        var gateway = await gateways.Steady;
        var paths = (await gateway.Get("/openapi/v1.json")).Is(200).Json.GetProperty("paths");
        var operations = new List<string>();
        foreach (var endpoint in gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal)))
        {
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0].ToLower(CultureInfo.InvariantCulture);
            var operation = paths.GetProperty("/" + endpoint.RoutePattern.RawText!.Trim('/')).GetProperty(method);
            operations.Add(operation.GetProperty("operationId").GetString()!);
            foreach (var code in DeclaredRefusals.Of(endpoint))
                Assert.Equal(code.Name(), operation.GetProperty("responses").GetProperty($"{code.Entry().Status}").GetProperty("content").GetProperty("application/problem+json")
                    .GetProperty("examples").GetProperty(code.Name()).GetProperty("value").GetProperty("code").GetString());
        }
        Assert.Equal(operations.Count, operations.Distinct().Count());
        Assert.Equal(operations.Count, paths.EnumerateObject().Sum(path => path.Value.EnumerateObject().Count()));
        Assert.True(operations.Count >= 18, $"{operations.Count}");
    }

    [Fact]
    public async Task Every_act_of_a_guardian_may_hear_that_their_number_cannot_be_asked_about()
    {
        var paths = (await (await gateways.Steady).Get("/openapi/v1.json")).Is(200).Json.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/v1/guardian/accounts", StringComparison.Ordinal) || path.Name.StartsWith("/v1/guardian/self", StringComparison.Ordinal)).ToArray();
        Assert.Equal(10, paths.Length);
        Assert.All(paths.SelectMany(path => path.Value.EnumerateObject()), act =>
            Assert.True(act.Value.GetProperty("responses").GetProperty("503").GetProperty("content").GetProperty("application/problem+json").GetProperty("examples").TryGetProperty("number_check_unavailable", out _), act.Value.GetProperty("operationId").GetString()));
    }

    [Theory]
    [InlineData("StartRequest", "method", "phone email")]
    [InlineData("StartRequest", "locale", "zh-CN en")]
    [InlineData("RegistrationBody", "state", "code_sent verified account_exists awaiting_guardian completed expired")]
    [InlineData("RegistrationBody", "delivery", "queued handed_over number_refused unknown")]
    [InlineData("SignedInBody", "scope", "full limited")]
    [InlineData("AcceptedBody", "manner", "explicit deemed")]
    [InlineData("VersionFactsBody", "class", "wording contract processing")]
    [InlineData("VersionFactsBody", "ground", "business law")]
    [InlineData("DocumentVersionBody", "status", "announced in_force superseded")]
    [InlineData("DocumentChangeBody", "change", "added removed changed unchanged")]
    public async Task Members_with_a_list_of_values_say_which(string schema, string member, string values)
    {
        var property = (await Schema(schema)).GetProperty("properties").GetProperty(member);
        Assert.Equal(values.Split(' '), property.GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public void No_two_types_of_the_wire_share_a_name_since_the_document_would_describe_one_by_the_other() =>
        Assert.Empty(typeof(Answer<>).Assembly.GetTypes()
            .Where(type => type.IsPublic && (type.Name.EndsWith("Body", StringComparison.Ordinal) || type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("Patch", StringComparison.Ordinal)))
            .GroupBy(type => type.Name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => string.Join(", ", same.Select(type => type.FullName))));

    [Fact]
    public async Task An_instant_that_may_be_null_says_so()
    {
        var type = (await Schema("DocumentVersionBody")).GetProperty("properties").GetProperty("until").GetProperty("type");
        Assert.Equal(["null", "string"], type.EnumerateArray().Select(each => each.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_text_is_described_in_every_form_in_which_it_comes()
    {
        var paths = (await (await gateways.Steady).Get("/openapi/v1.json")).Is(200).Json.GetProperty("paths");
        var answer = paths.GetProperty("/v1/documents/{kind}/versions/{version}").GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content");
        Assert.Equal(["application/json", "text/html", "text/markdown"], answer.EnumerateObject().Select(form => form.Name).Order(StringComparer.Ordinal));
        Assert.Equal("#/components/schemas/StandingConsentBody",
            paths.GetProperty("/v1/account/consents").GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("items").GetProperty("$ref").GetString());
    }

    [Fact]
    public async Task A_text_of_several_lines_is_not_described_as_one_line()
    {
        var canonical = (await Schema("LedgerEntryBody")).GetProperty("properties").GetProperty("canonical");
        Assert.False(canonical.TryGetProperty("pattern", out _));
        Assert.True(canonical.GetProperty("maxLength").GetInt32() > 256);
    }

    [Theory]
    [InlineData("RegistrationBody", "expiresAt")]
    [InlineData("AccountBody", "createdAt")]
    [InlineData("VersionFactsBody", "effectiveAt")]
    public async Task Instants_are_date_times(string schema, string member)
    {
        var property = (await Schema(schema)).GetProperty("properties").GetProperty(member);
        Assert.Equal(("string", "date-time"), (property.GetProperty("type").GetString(), property.GetProperty("format").GetString()));
    }

    [Fact]
    public async Task Every_request_has_an_example_that_its_own_rules_take()
    {
        var gateway = await gateways.Steady;
        var paths = (await gateway.Get("/openapi/v1.json")).Is(200).Json.GetProperty("paths");
        var seen = 0;
        foreach (var operation in paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value))
        {
            if (!operation.TryGetProperty("requestBody", out var request)) continue;
            foreach (var content in request.GetProperty("content").EnumerateObject())
            {
                var example = content.Value.GetProperty("example").GetRawText();
                var shape = RequestShape(content.Value.GetProperty("schema").GetProperty("$ref").GetString()!);
                Assert.Null(Requests.StrictReader.Check(System.Text.Encoding.UTF8.GetBytes(example), shape));
                seen++;
            }
        }
        Assert.True(seen >= 6, $"{seen}");
    }

    [Fact]
    public async Task Replies_have_the_members_that_the_document_promises()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        AllPromised((await person.Start()).Json, await Schema("RegistrationBody"));
        await person.Answer(await gateway.Code(person.Contact));
        var completed = (await person.Complete()).Is(201);
        AllPromised(completed.Json, await Schema("CompletionBody"));
        AllPromised(completed.Json.GetProperty("account"), await Schema("AccountBody"));
        AllPromised((await person.SignIn()).Json, await Schema("SignedInBody"));
        AllPromised((await gateway.Get("/v1/documents")).Json[0], await Schema("DocumentBody"));
    }

    private static void AllPromised(JsonElement reply, JsonElement schema)
    {
        foreach (var required in schema.GetProperty("required").EnumerateArray()) Assert.True(reply.TryGetProperty(required.GetString()!, out _), required.GetString());
        foreach (var member in reply.EnumerateObject()) Assert.True(schema.GetProperty("properties").TryGetProperty(member.Name, out _), member.Name);
    }

    // Every request type of the gateway by its name, which is unique in the document.
    private static Requests.Shape RequestShape(string reference)
    {
        var type = typeof(Requests.Shape).Assembly.GetTypes().Single(type => type.Name == reference.Split('/')[^1]);
        return (Requests.Shape)typeof(Requests.Shape).GetMethod(nameof(Requests.Shape.Of))!.MakeGenericMethod(type).Invoke(null, null)!;
    }

    private async Task<JsonElement> Schema(string name) =>
        (await (await gateways.Steady).Get("/openapi/v1.json")).Is(200).Json.GetProperty("components").GetProperty("schemas").GetProperty(name);
}
