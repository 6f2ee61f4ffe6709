using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Protection;

/// <summary>
/// One sealed value: algorithm (1 byte), key id (4), nonce (12), ciphertext, tag (16). The algorithm stands in every value so that
/// another can take over value by value (C-01).
/// </summary>
internal static class Sealed
{
    public const byte Aes256Gcm = 1;
    public const int KeyIdBytes = 4, NonceBytes = 12, TagBytes = 16, Overhead = 1 + KeyIdBytes + NonceBytes + TagBytes;

    public static byte[] Seal(AesGcm cipher, ReadOnlySpan<byte> keyId, ReadOnlySpan<byte> plaintext, string context, IRandomness random)
    {
        var value = new byte[Overhead + plaintext.Length];
        value[0] = Aes256Gcm;
        keyId.CopyTo(value.AsSpan(1));
        var (nonce, ciphertext, tag) = Parts(value);
        random.Fill(nonce);
        cipher.Encrypt(nonce, plaintext, ciphertext, tag, AssociatedData(value, context));
        return value;
    }

    /// <exception cref="CryptographicException">Another key, another context, or a changed value; it does not say which.</exception>
    public static byte[] Open(AesGcm cipher, ReadOnlySpan<byte> keyId, ReadOnlySpan<byte> value, string context)
    {
        if (value.Length < Overhead || value[0] != Aes256Gcm || !KeyId(value).SequenceEqual(keyId)) throw Unopened();
        var copy = value.ToArray();
        var (nonce, ciphertext, tag) = Parts(copy);
        var plaintext = new byte[ciphertext.Length];
        try { cipher.Decrypt(nonce, ciphertext, tag, plaintext, AssociatedData(value, context)); }
        catch (AuthenticationTagMismatchException) { throw Unopened(); }
        return plaintext;
    }

    public static ReadOnlySpan<byte> KeyId(ReadOnlySpan<byte> value) => value.Slice(1, KeyIdBytes);

    public static CryptographicException Unopened() => new("A sealed value does not open with this key and context.");

    private static Parted Parts(byte[] value)
    {
        var rest = value.AsSpan(1 + KeyIdBytes);
        return new Parted(rest[..NonceBytes], rest[NonceBytes..^TagBytes], rest[^TagBytes..]);
    }

    // Algorithm and key id are bound too: a value cannot be relabelled.
    private static byte[] AssociatedData(ReadOnlySpan<byte> value, string context) =>
        [.. value[..(1 + KeyIdBytes)], .. Encoding.UTF8.GetBytes(context)];

    private readonly ref struct Parted(Span<byte> nonce, Span<byte> ciphertext, Span<byte> tag)
    {
        private readonly Span<byte> _nonce = nonce, _ciphertext = ciphertext, _tag = tag;

        public void Deconstruct(out Span<byte> nonce, out Span<byte> ciphertext, out Span<byte> tag)
        {
            nonce = _nonce;
            ciphertext = _ciphertext;
            tag = _tag;
        }
    }
}
