using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace AiCloud.Protection;

/// <summary>
/// Names the network a request came from without keeping the address: IPv4 by /24, IPv6 by /64, wide enough for carrier NAT and
/// for one household's changing addresses. IPv6 by /48 besides, which one customer of a provider may have whole.
/// </summary>
public sealed class NetworkDigest(KeyRing ring)
{
    /// <summary>The network of <paramref name="address"/>; an IPv4 address mapped into IPv6 counts as IPv4.</summary>
    public NetworkPrefix Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var isV4 = plain.AddressFamily == AddressFamily.InterNetwork;
        var prefix = plain.GetAddressBytes().AsSpan(0, isV4 ? 3 : 8);
        var digest = Digest(isV4 ? "4" : "6", prefix);
        var tag = BinaryPrimitives.ReadInt64BigEndian(digest);
        var site = isV4 ? tag : BinaryPrimitives.ReadInt64BigEndian(Digest("6/48", prefix[..6]));
        return new NetworkPrefix($"{ring.CurrentRoot}.{Base64Url.EncodeToString(digest)}", tag, site);
    }

    private byte[] Digest(string kind, ReadOnlySpan<byte> prefix) => KeyedHash.Compute(ring.Secret(SecretPurpose.NetworkPrefix), kind, Convert.ToHexString(prefix));
}

/// <summary>A network by keyed digest.</summary>
/// <param name="Digest">For keys and evidence: "s1.…", 256 bits.</param>
/// <param name="Tag">For the short lists inside a state: the first 64 bits.</param>
/// <param name="Site">The same of what one customer can have whole: IPv6 /48, IPv4 /24.</param>
public readonly record struct NetworkPrefix(string Digest, long Tag, long Site);
