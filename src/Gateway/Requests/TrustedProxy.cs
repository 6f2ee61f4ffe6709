using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace AiCloud.Requests;

/// <summary>Believes forwarding headers from configured proxies only; without any configured, from nobody, this machine included.</summary>
public sealed class TrustedProxy(IOptions<GatewayOptions> options) : IConfigureOptions<ForwardedHeadersOptions>
{
    /// <inheritdoc />
    public void Configure(ForwardedHeadersOptions forwarding)
    {
        // The framework trusts loopback by default; a co-hosted tunnel or side-car would then let anybody choose an address.
        forwarding.KnownProxies.Clear();
        forwarding.KnownIPNetworks.Clear();
        forwarding.ForwardedHeaders = ForwardedHeaders.None;
        foreach (var proxy in options.Value.TrustedProxies)
            if (TryParse(proxy, out var network)) forwarding.KnownIPNetworks.Add(network);
        if (forwarding.KnownIPNetworks.Count == 0) return;
        // X-Forwarded-Host is left out on purpose: links come from PublicBaseUrl or the Host header.
        forwarding.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // Read from the right, entry by entry, until one that no trusted proxy wrote.
        forwarding.ForwardLimit = null;
    }

    /// <summary>Reads an address or a CIDR network.</summary>
    public static bool TryParse(string text, out System.Net.IPNetwork network)
    {
        if (System.Net.IPNetwork.TryParse(text, out network)) return true;
        if (!IPAddress.TryParse(text, out var address)) return false;
        network = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
