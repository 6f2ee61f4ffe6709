using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Protection;

/// <summary>HMAC-SHA-256 over parts, each with its length before it: ("ab", "c") and ("a", "bc") differ, and so do null and "".</summary>
internal static class KeyedHash
{
    public static byte[] Compute(byte[] key, params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}
