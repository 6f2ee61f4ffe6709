using AiCloud.Problems;
using Microsoft.Extensions.Options;

namespace AiCloud.Guardians;

/// <summary>Scheme and host of the link in an invitation.</summary>
internal static class GuardianLinks
{
    /// <summary>
    /// The configured public address, or this very machine's. Never what a request's Host header claims: the message leaves in the platform's name, and
    /// whoever invites could else have it lead anywhere.
    /// </summary>
    public static string? Of(HttpContext context) =>
        PublicAddress.NamesThisMachine(context) || context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.PublicBaseUrl is not null ? PublicAddress.Of(context) : null;
}
