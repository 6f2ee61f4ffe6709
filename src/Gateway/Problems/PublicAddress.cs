using Microsoft.Extensions.Options;

namespace AiCloud.Problems;

/// <summary>Scheme and host that links in replies begin with.</summary>
public static class PublicAddress
{
    /// <summary>The configured public address, else scheme and host of the request; never with a trailing slash.</summary>
    public static string Of(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.PublicBaseUrl is { } configured)
            return configured.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return OfRequest(context);
    }

    /// <summary>
    /// The address for links in messages; null when none is certain. The Host header is whoever asks to choose, and a message with a link to another site
    /// would hand that site the token in it: so it is believed only where it names this very machine.
    /// </summary>
    public static string? ForMessages(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.PublicBaseUrl is not null ? Of(context)
        : context.Connection.LocalIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)
            && (context.Request.Host.Host is "localhost" || (System.Net.IPAddress.TryParse(context.Request.Host.Host, out var host) && System.Net.IPAddress.IsLoopback(host)))
            ? OfRequest(context) : null;

    private static string OfRequest(HttpContext context)
    {
        var request = context.Request;
        return $"{request.Scheme}://{(request.Host.HasValue ? request.Host.ToUriComponent() : "localhost")}";
    }
}
