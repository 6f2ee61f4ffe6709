using AiCloud.Admission;
using Microsoft.OpenApi;

namespace AiCloud.OpenApi;

/// <summary>The served OpenAPI 3.1 document.</summary>
public static class ApiDocument
{
    /// <summary>Registers the document.</summary>
    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);

    /// <summary>Maps <c>/openapi/v1.json</c>.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json").WithMetadata(AdmissionExempt.Instance);
}
