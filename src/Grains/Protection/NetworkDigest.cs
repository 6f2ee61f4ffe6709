using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace AiCloud.Protection;

/// <summary>
/// Names the network a request came from without keeping the address: IPv4 by /24, IPv6 by /64, wide enough for carrier NAT and
/// for one household's changing addresses.
/// </summary>
public sealed class NetworkDigest(KeyRing ring)
{
    /// <summary>The network of <paramref name="address"/>; an IPv4 address mapped into IPv6 counts as IPv4.</summary>
    public NetworkPrefix Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var isV4 = plain.AddressFamily == AddressFamily.InterNetwork;
        var prefix = plain.GetAddressBytes().AsSpan(0, isV4 ? 3 : 8);
        var digest = KeyedHash.Compute(ring.Secret(SecretPurpose.NetworkPrefix), isV4 ? "4" : "6", Convert.ToHexString(prefix));
        return new NetworkPrefix($"{ring.CurrentRoot}.{Base64Url.EncodeToString(digest)}", BinaryPrimitives.ReadInt64BigEndian(digest));
    }
}

/// <summary>A network by keyed digest.</summary>
/// <param name="Digest">For keys and evidence: "s1.…", 256 bits.</param>
/// <param name="Tag">For the short lists inside a state: the first 64 bits.</param>
public readonly record struct NetworkPrefix(string Digest, long Tag);
