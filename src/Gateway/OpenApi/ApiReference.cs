using System.Security.Cryptography;
using AiCloud.Headers;
using Scalar.AspNetCore;

namespace AiCloud.OpenApi;

/// <summary>The reference at <c>/docs</c>: Scalar from our own assembly, without its web fonts, telemetry or proxies.</summary>
public static class ApiReference
{
    /// <summary>Maps <c>/docs</c>.</summary>
    public static void MapApiReference(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference("/docs", (options, context) =>
    {
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        // Scalar sets style elements and attributes while it runs; its scripts go by nonce, and nothing may be loaded or sent elsewhere.
        context.Response.Headers.ContentSecurityPolicy =
            $"{SecurityHeaders.ContentSecurityPolicy}; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:";
        options.OpenApiRoutePattern = $"/openapi/{ApiDocument.Version}.json";
        options.Title = "AI Cloud Accounts";
        options.DefaultFonts = false;
        options.Telemetry = false;
        options.ProxyUrl = null;
        options.Nonce = nonce;
    }).ExcludeFromDescription();
}
