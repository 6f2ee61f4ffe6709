using System.Net;

namespace AiCloud.Hosting;

/// <summary>What the embedded mode and development delivery need: nobody but this machine reaches the process (DESIGN §2, fails closed).</summary>
internal static class Safeguards
{
    public static bool InKubernetes(IConfiguration configuration) => !string.IsNullOrEmpty(configuration["KUBERNETES_SERVICE_HOST"]);

    /// <summary>Whether an address that a server listens on is reachable from this machine only. Wildcards and names other than localhost are not.</summary>
    public static bool IsLoopback(string url)
    {
        // Kestrel's wildcards are no URIs; what cannot be read is not known to be safe.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return false;
        return IsLoopbackHost(uri.Host.Trim('[', ']'));
    }

    /// <inheritdoc cref="IsLoopback"/>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a server listens on every address of its machine there. Kestrel does so for any name but localhost too, and for what is no URI.</summary>
    public static bool IsWildcard(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var uri)
        || (!IsLoopbackHost(uri.Host.Trim('[', ']')) && (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>Every address that the web server was told to listen on, whichever way it was told.</summary>
    public static IReadOnlyList<string> Addresses(IConfiguration configuration, string fallback)
    {
        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        foreach (var setting in new[] { ("http_ports", "http"), ("https_ports", "https") })
            urls.AddRange((configuration[setting.Item1] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"{setting.Item2}://*:{port}"));
        urls.AddRange(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").Where(url => url.Length > 0));
        return urls.Count > 0 ? urls : [fallback];
    }
}
