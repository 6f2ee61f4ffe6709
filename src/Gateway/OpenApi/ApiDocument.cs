using System.Net.Mime;
using AiCloud.Admission;
using AiCloud.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AiCloud.OpenApi;

/// <summary>The served OpenAPI 3.1 document, generated from the endpoints and made once per process.</summary>
public sealed class ApiDocument([FromKeyedServices(ApiDocument.Version)] IOpenApiDocumentProvider provider) : IDisposable
{
    /// <summary>The contract's version, as in <c>/v1</c>.</summary>
    public const string Version = "v1";

    private readonly SemaphoreSlim one = new(1);
    private byte[]? json;

    /// <summary>The document as JSON. Endpoints do not change while the process runs, and making it anew for each request would be a cheap way to keep us busy.</summary>
    public async ValueTask<byte[]> Json(CancellationToken cancelled)
    {
        if (json is { } made) return made;
        await one.WaitAsync(cancelled);
        try
        {
            return json ??= System.Text.Encoding.UTF8.GetBytes(await (await provider.GetOpenApiDocumentAsync(cancelled)).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancelled));
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => one.Dispose();
}

/// <summary>Wires the document.</summary>
public static class ApiDocumentFeature
{
    /// <summary>Registers it.</summary>
    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddOpenApi(ApiDocument.Version, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer<DocumentedLimits>();
            options.AddOperationTransformer<DocumentedOperation>();
            options.AddDocumentTransformer<DocumentedService>();
        });
        services.AddSingleton<ApiDocument>();
    }

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/docs</c>.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/openapi/{ApiDocument.Version}.json", Serve).ExcludeFromDescription().WithMetadata(AnsweredFromMemory.Instance);
        routes.MapApiReference();
    }

    private static async Task<IResult> Serve(ApiDocument document, HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(await document.Json(context.RequestAborted), MediaTypeNames.Application.Json);
    }
}
