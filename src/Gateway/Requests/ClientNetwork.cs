using System.Net;
using System.Net.Sockets;

namespace AiCloud.Requests;

/// <summary>
/// The network a request comes from: IPv4 /24, IPv6 /64 (DESIGN.md §8), wide enough for carrier NAT. Limits count by it. The address is the
/// connection's, or what a configured trusted proxy says it is; never what a stranger writes into a header.
/// </summary>
public sealed class ClientNetwork
{
    private ClientNetwork(string prefix, bool loopback) => (Prefix, IsLoopback) = (prefix, loopback);

    /// <summary>The network in CIDR form. Personal data: store a keyed digest of it only, and log nothing.</summary>
    public string Prefix { get; }

    /// <summary>Whether the peer is on this machine.</summary>
    public bool IsLoopback { get; }

    /// <summary>The network of this request.</summary>
    public static ClientNetwork Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>The network of an address.</summary>
    public static ClientNetwork Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        bytes.AsSpan(kept).Clear();
        return new($"{new IPAddress(bytes)}/{kept * 8}", IPAddress.IsLoopback(address));
    }

    /// <summary>Nothing of the address.</summary>
    public override string ToString() => "ClientNetwork";
}
