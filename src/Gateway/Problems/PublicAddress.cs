using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
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
        : context.Connection.LocalIpAddress is { } address && System.Net.IPAddress.IsLoopback(address) && NamesThisMachine(context) ? OfRequest(context) : null;

    /// <summary>
    /// Who signs, for what is signed: <see cref="ForMessages"/>, else the address that is listened on. Never a name that whoever asks made up: a receipt would send its
    /// reader to that site for the keys. Nor a wildcard: with one, a gateway that was not told its public address does not start.
    /// </summary>
    public static string OfIssuer(HttpContext context) => ForMessages(context)
        ?? context.RequestServices.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? "http://localhost";

    /// <summary>Whether the Host header is a name that means whatever machine uses it. One that does not is another site's, whose page a browser on this machine shows.</summary>
    public static bool NamesThisMachine(HttpContext context) =>
        context.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(context.Request.Host.Host, out var host) && System.Net.IPAddress.IsLoopback(host));

    private static string OfRequest(HttpContext context)
    {
        var request = context.Request;
        return $"{request.Scheme}://{(request.Host.HasValue ? request.Host.ToUriComponent() : "localhost")}";
    }
}
