using System.Globalization;
using System.Text.Json.Nodes;
using AiCloud.Consent;
using AiCloud.Languages;
using AiCloud.Problems;
using AiCloud.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AiCloud.OpenApi;

/// <summary>Writes into each operation what its endpoint declared: refusals by status with an example each, headers, token, Idempotency-Key.</summary>
public sealed class DocumentedOperation : IOpenApiOperationTransformer
{
    /// <inheritdoc />
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        operation.Responses ??= [];
        foreach (var answer in metadata.OfType<ProducesResponseTypeMetadata>())
            if (answer.Description is { } words && operation.Responses.TryGetValue(answer.StatusCode.ToString(CultureInfo.InvariantCulture), out var described))
                described.Description = words;
        foreach (var text in metadata.OfType<AlsoText>())
            foreach (var type in text.ContentTypes)
                operation.Responses["200"].Content![type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = text.MaxLength } };
        foreach (var codes in DeclaredRefusals.Of(metadata).GroupBy(code => code.Entry().Status))
            operation.Responses[codes.Key.ToString(CultureInfo.InvariantCulture)] = Refusal(codes, document);
        foreach (var (status, response) in operation.Responses) AddHeaders((OpenApiResponse)response, status, document);

        if (metadata.OfType<RequestExample>().FirstOrDefault() is { } example)
            foreach (var media in operation.RequestBody?.Content?.Values ?? []) ((OpenApiMediaType)media).Example = JsonNode.Parse(example.Json);
        if (metadata.OfType<MarkedActOfUse>().FirstOrDefault() is { } act)
        {
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions[MarkedActOfUse.Extension] = new JsonNodeExtension(act.Kind);
        }
        operation.Parameters ??= [];
        if (metadata.OfType<TakesIdempotencyKey>().FirstOrDefault() is { } key) operation.Parameters.Add(Key(key.Strong));
        operation.Parameters.Add(new OpenApiParameterReference(DocumentedService.AcceptLanguage, document));
        // An empty requirement says "no token" in so many words.
        operation.Security = [metadata.OfType<NeedsBearer>().Any() ? new() { [new OpenApiSecuritySchemeReference(DocumentedService.Bearer, document)] = [] } : []];
        return Task.CompletedTask;
    }

    private static OpenApiResponse Refusal(IEnumerable<ProblemCode> codes, OpenApiDocument document) => new()
    {
        Description = string.Join(" ", codes.Select(code => $"`{code.Name()}`: {code.Entry().Text.En}")),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem.MediaType] = new()
            {
                Schema = new OpenApiSchemaReference(DocumentedService.Problem, document),
                Examples = codes.ToDictionary(code => code.Name(), code => (IOpenApiExample)new OpenApiExample { Summary = code.Entry().Title.In(Language.En), Value = Example(code) }),
            },
        },
    };

    private static JsonObject Example(ProblemCode code)
    {
        var example = new JsonObject
        {
            ["type"] = $"https://accounts.example.com/problems/{code.Name()}",
            ["title"] = code.Entry().Title.In(Language.En),
            ["status"] = code.Entry().Status,
            ["code"] = code.Name(),
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        if (code is ProblemCode.Invalid or ProblemCode.UnknownMember)
        {
            var error = new FieldError("/displayName", code == ProblemCode.Invalid ? FieldFault.TooLong : FieldFault.UnknownMember);
            example["errors"] = new JsonArray(new JsonObject { ["pointer"] = error.Pointer, ["code"] = error.Code, ["message"] = error.Message.En });
        }

        return example;
    }

    private static void AddHeaders(OpenApiResponse response, string status, OpenApiDocument document)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var name in new[] { "Access-Control-Allow-Origin", "RateLimit", "RateLimit-Policy" })
            response.Headers[name] = new OpenApiHeaderReference(name, document);
        if (status is "409" or "429" or "503") response.Headers["Retry-After"] = new OpenApiHeaderReference("Retry-After", document);
        if (status is "401") response.Headers["WWW-Authenticate"] = new OpenApiHeaderReference("WWW-Authenticate", document);
        if (status is "201") response.Headers["Location"] = new OpenApiHeaderReference("Location", document);
    }

    private static OpenApiParameter Key(bool strong) => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "Names this act: the same key with the same body has the same outcome. Bare or quoted."
            + (strong ? " Must be a UUID or at least 22 characters of base64url, since the call has no session." : ""),
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = strong ? Protection.DerivedIds.StrongLength : 1, MaxLength = IdempotencyKey.MaxLength + 2, Pattern = "^[ -~]+$" },
        Example = "0192f0c1-7e2b-4c3d-8a4e-5f6071829304",
    };
}
