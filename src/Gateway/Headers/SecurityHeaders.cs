using AiCloud.Problems;
using Microsoft.Extensions.Options;

namespace AiCloud.Headers;

/// <summary>Headers that every reply carries (standards W-01; ASVS 3.4). An endpoint that sets one itself keeps its own.</summary>
public sealed class SecurityHeaders(RequestDelegate next, IOptions<HeadersOptions> options)
{
    /// <summary>No inline script or style, no outside asset, no frame.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:";

    private readonly string transport = $"max-age={(long)options.Value.StrictTransport.TotalSeconds}; includeSubDomains";

    /// <summary>Adds the headers when the reply starts, so that no Clear() on the way loses them.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var (self, context) = ((SecurityHeaders, HttpContext))state;
            self.Add(context);
            return Task.CompletedTask;
        }, (this, context));
        return next(context);
    }

    private void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        headers.TryAdd("Cache-Control", "no-store");
        // Our own origin and no other: pages of others may not read replies, and cannot by any Origin they send make it theirs.
        headers.TryAdd("Access-Control-Allow-Origin", PublicAddress.Of(context));
        // RFC 6797 §7.2: not over plain http; a loopback try-out must not pin its host name.
        if (context.Request.IsHttps && options.Value.StrictTransport > TimeSpan.Zero) headers.StrictTransportSecurity = transport;
    }
}
