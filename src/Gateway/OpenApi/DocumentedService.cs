using AiCloud.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace AiCloud.OpenApi;

/// <summary>Writes what is said once for all operations: title, servers, tags, the token, and the parts that operations refer to.</summary>
public sealed class DocumentedService(IOptions<GatewayOptions> options) : IOpenApiDocumentTransformer
{
    internal const string Problem = "Problem";
    internal const string Bearer = "bearer";
    internal const string AcceptLanguage = "AcceptLanguage";

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Registration"] = "One sign-up attempt, from the first code to the account.",
        ["Documents"] = "The agreements and policies in force, announced and past.",
        ["Sessions"] = "Signing in and out.",
        ["Account"] = "A person's own account.",
        ["Services"] = "What other AI Cloud services need of an account, and whether one has it.",
        ["Guardians"] = "What the guardian of somebody of 16 or 17 answers and does.",
        ["Staff"] = "What staff publish and decide.",
        ["Operations"] = "The process and its development tools.",
    };

    /// <inheritdoc />
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "AI Cloud Accounts",
            Version = "1.0",
            Description = "Accounts under an agreement that is actually enforced. Every 4xx and 5xx is application/problem+json; codes are stable, words follow Accept-Language.",
            License = new() { Name = "Proprietary", Identifier = "LicenseRef-Proprietary" },
        };
        document.Servers =
        [
            new()
            {
                Url = options.Value.PublicBaseUrl?.GetLeftPart(UriPartial.Path).TrimEnd('/') ?? "/",
                Description = "This gateway: local when embedded, else production",
                Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(false) },
            },
        ];
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            tag.Description ??= Tags.GetValueOrDefault(tag.Name ?? "", tag.Name ?? "");
        LeaveRepliesOpen(document);
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A registration, session, service or staff token, each only where it belongs. Opaque; a wrong one is answered 404 as if the thing did not exist.",
        });
        document.AddComponent<IOpenApiSchema>(Problem, ProblemSchema());
        document.AddComponent<IOpenApiParameter>(AcceptLanguage, new OpenApiParameter
        {
            Name = "Accept-Language",
            In = ParameterLocation.Header,
            Description = "Language of title and message: zh-CN (default) or en. Quality values are honoured.",
            Schema = Text(256, "^[ -~]*$"),
            Example = "zh-CN",
        });
        AddHeader(document, "Access-Control-Allow-Origin", "The service's own origin: pages of others may not read replies.", Text(300, "^https?://[!-~]+$"));
        AddHeader(document, "RateLimit-Policy", "The limits that count this call (draft-ietf-httpapi-ratelimit-headers-10); absent when none does.", Text(1024, "^[ -~]+$"));
        AddHeader(document, "RateLimit", "What is left of them; absent when none counts this call.", Text(1024, "^[ -~]+$"));
        AddHeader(document, "Retry-After", "Seconds after which asking again can help.", Number(1, 86400));
        AddHeader(document, "WWW-Authenticate", "The challenge.", Text(64, "^Bearer$"));
        AddHeader(document, "Location", "Where the created thing is.", Text(1024, "^/[!-~]*$"));
        return Task.CompletedTask;
    }

    // "Fields may be added" (API.md): only what is received is closed. A client that checks replies against the document must survive a new field.
    private static void LeaveRepliesOpen(OpenApiDocument document)
    {
        var received = new HashSet<string>(StringComparer.Ordinal);
        var operations = document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());
        foreach (var media in operations.SelectMany(operation => operation.RequestBody?.Content?.Values ?? Enumerable.Empty<OpenApiMediaType>()))
            Collect(media.Schema, received);
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
            if (!received.Contains(name) && schema is OpenApiSchema { AdditionalProperties: null } reply) reply.AdditionalPropertiesAllowed = true;
    }

    private static void Collect(IOpenApiSchema? schema, HashSet<string> names)
    {
        if (schema is null || (schema is OpenApiSchemaReference { Reference.Id: { } name } && !names.Add(name))) return;
        Collect(schema.Items, names);
        Collect(schema.AdditionalProperties, names);
        foreach (var part in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.AllOf ?? [])) Collect(part, names);
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457. More members may come along, such as attemptsLeft, reference, appeal or documents.",
        Required = new HashSet<string> { "type", "title", "status", "code", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri", MaxLength = 2048, Description = "The page that explains the code." },
            ["title"] = Text(100, null, "For a person, in the language asked for."),
            ["status"] = Number(400, 599),
            ["code"] = Text(64, "^[a-z0-9_]+$", "Stable; programs decide by it."),
            ["traceId"] = Text(128, "^[!-~]+$", "Names this request when reporting it."),
            ["attemptsLeft"] = Number(0, 100),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MaxItems = StrictReader.MaxErrors,
                Description = "The members at fault.",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "pointer", "code", "message" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["pointer"] = Text(4096, null, "JSON pointer (RFC 6901) into the request's body."),
                        ["code"] = Text(64, "^[a-z0-9_]+$", "Stable."),
                        ["message"] = Text(200, null, "For a person."),
                    },
                },
            },
        },
    };

    private static OpenApiSchema Text(int maxLength, string? pattern, string? description = null) =>
        new() { Type = JsonSchemaType.String, MaxLength = maxLength, Pattern = pattern, Description = description };

    private static OpenApiSchema Number(int min, int max) =>
        new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = $"{min}", Maximum = $"{max}" };

    private static void AddHeader(OpenApiDocument document, string name, string description, OpenApiSchema schema) =>
        document.AddComponent<IOpenApiHeader>(name, new OpenApiHeader { Description = description, Schema = schema });
}
