using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Passwords;

/// <summary>
/// The commonest passwords, some 103,000 of 8 characters and more, as sorted 40-bit prefixes of SHA-256 over the lower-case NFKC form
/// (sources and licences: NOTICE.md). Half a megabyte, read at first use. A password not in the list passes for one of it with a probability of
/// 103,000 / 2^40, one in ten million.
/// </summary>
internal sealed class CommonPasswords
{
    internal const int PrefixBytes = 5;
    private const string Resource = "AiCloud.Passwords.common.bin";

    private readonly Lazy<byte[]> _prefixes = new(Read);

    /// <summary>How many there are.</summary>
    public int Count => _prefixes.Value.Length / PrefixBytes;

    /// <summary>Whether the password is one of the commonest, in whatever case.</summary>
    public bool Contains(Password password)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(password.Text.ToLowerInvariant()), hash);
        return Contains(hash[..PrefixBytes]);
    }

    internal bool Contains(ReadOnlySpan<byte> prefix)
    {
        ReadOnlySpan<byte> prefixes = _prefixes.Value;
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (prefixes.Slice(middle * PrefixBytes, PrefixBytes).SequenceCompareTo(prefix))
            {
                case 0: return true;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }
        return false;
    }

    private static byte[] Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        var prefixes = new byte[stream.Length];
        stream.ReadExactly(prefixes);
        return prefixes;
    }
}
