using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AiCloud.Protection;

/// <summary>One account's key, in the clear and in memory only. Dispose it: the bytes are overwritten.</summary>
public sealed class DataKey : IDisposable
{
    private readonly byte[] _material; // key id, then 32 bytes of key
    private readonly AesGcm _cipher;
    private readonly IRandomness _random;
    private bool _disposed;

    internal DataKey(byte[] material, IRandomness random)
    {
        _material = material;
        _random = random;
        _cipher = new AesGcm(material.AsSpan(Sealed.KeyIdBytes), Sealed.TagBytes);
    }

    internal static int MaterialBytes => Sealed.KeyIdBytes + KeySet.KeyBytes;

    /// <summary>Throws once disposed: the zeros left there must never be wrapped and stored as a key.</summary>
    internal ReadOnlySpan<byte> Material
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _material;
        }
    }

    private ReadOnlySpan<byte> KeyId => _material.AsSpan(0, Sealed.KeyIdBytes);

    /// <summary>Encrypts with a fresh nonce.</summary>
    /// <param name="plaintext">What to hide.</param>
    /// <param name="context">What and whose it is, for instance "account/{id}/facts": it must be said again to open the value, so that no
    /// value can be moved to another place.</param>
    public byte[] Protect(ReadOnlySpan<byte> plaintext, string context) => Sealed.Seal(_cipher, KeyId, plaintext, context, _random);

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">Another key, another context, or a changed value; it does not say which.</exception>
    public byte[] Unprotect(ReadOnlySpan<byte> value, string context) => Sealed.Open(_cipher, KeyId, value, context);

    /// <summary>Encrypts a text.</summary>
    public byte[] ProtectText(string text, string context) => ProtectAndErase(Encoding.UTF8.GetBytes(text), context);

    /// <summary>Decrypts a text.</summary>
    public string UnprotectText(ReadOnlySpan<byte> value, string context)
    {
        var plaintext = Unprotect(value, context);
        try { return Encoding.UTF8.GetString(plaintext); }
        finally { CryptographicOperations.ZeroMemory(plaintext); }
    }

    /// <summary>Encrypts a value as JSON.</summary>
    public byte[] ProtectJson<T>(T item, JsonTypeInfo<T> type, string context) => ProtectAndErase(JsonSerializer.SerializeToUtf8Bytes(item, type), context);

    /// <summary>Encrypts a value as JSON, its shape found by reflection.</summary>
    public byte[] ProtectJson<T>(T item, string context) => ProtectAndErase(JsonSerializer.SerializeToUtf8Bytes(item), context);

    /// <summary>Decrypts a value from JSON.</summary>
    public T? UnprotectJson<T>(ReadOnlySpan<byte> value, JsonTypeInfo<T> type, string context)
    {
        var plaintext = Unprotect(value, context);
        try { return JsonSerializer.Deserialize(plaintext, type); }
        finally { CryptographicOperations.ZeroMemory(plaintext); }
    }

    /// <summary>Decrypts a value from JSON, its shape found by reflection.</summary>
    public T? UnprotectJson<T>(ReadOnlySpan<byte> value, string context)
    {
        var plaintext = Unprotect(value, context);
        try { return JsonSerializer.Deserialize<T>(plaintext); }
        finally { CryptographicOperations.ZeroMemory(plaintext); }
    }

    public void Dispose()
    {
        _disposed = true;
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_material);
    }

    private byte[] ProtectAndErase(byte[] plaintext, string context)
    {
        try { return Protect(plaintext, context); }
        finally { CryptographicOperations.ZeroMemory(plaintext); }
    }
}
