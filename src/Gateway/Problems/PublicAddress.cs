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
        var request = context.Request;
        return $"{request.Scheme}://{(request.Host.HasValue ? request.Host.ToUriComponent() : "localhost")}";
    }
}
