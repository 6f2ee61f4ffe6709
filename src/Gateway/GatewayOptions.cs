using System.ComponentModel.DataAnnotations;

namespace AiCloud;

/// <summary>How the gateway is reached. Section <c>AiCloud:Gateway</c>.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Gateway";

    /// <summary>
    /// Absolute http(s) address under which people and apps reach this gateway, without a trailing path. Absent: links in replies have scheme and host of each request,
    /// which is right for loopback and for a proxy that keeps the Host header; receipts name the address listened on as who signed, so that a gateway which listens on
    /// every address of its machine does not start; messages carry no link unless the request came from this machine.
    /// </summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>
    /// Addresses or CIDR networks of the proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Too narrow: every person
    /// seems to come from the proxy and shares one network budget. Too wide: strangers choose the address they are counted under.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicBaseUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            yield return new("It must be an absolute http or https address.", [nameof(PublicBaseUrl)]);
        for (var i = 0; i < TrustedProxies.Count; i++)
            if (!Requests.TrustedProxy.TryParse(TrustedProxies[i], out _))
                yield return new("It is neither an address nor a network.", [$"{nameof(TrustedProxies)}:{i}"]);
    }
}
