using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AiCloud.Protection;

/// <summary>
/// Key-encryption keys in a vault. An epoch is a version of the vault's key, <c>vault:{key}:{version}</c>. The owner of a data key stands in what
/// is encrypted, as a digest, and not in the vault's associated data: so the vault can re-wrap without the data key leaving it.
/// </summary>
internal sealed class TransitKeyEncryption(TransitClient client, string key) : IKeyEncryption
{
    private const int OwnerBytes = 16;
    private volatile int _latest;

    private string Prefix => $"vault:{key}:";

    /// <inheritdoc/>
    public string CurrentEpoch => _latest > 0 ? Epoch(_latest) : throw new KeysUnavailableException("The vault has not been asked for its key yet.");

    /// <inheritdoc/>
    public bool Has(string epoch) => epoch.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Learns which version is the latest, and which are still there.</summary>
    /// <returns>The epochs that open, newest first.</returns>
    public async Task<IReadOnlyList<string>> Renew(CancellationToken cancellation)
    {
        var known = await client.Key(cancellation);
        if (known["keys"] is not JsonObject versions || versions.Count == 0 || known["derived"]?.GetValue<bool>() == true || known["supports_decryption"]?.GetValue<bool>() == false)
            throw new KeyRingException(VaultOptions.Section + ":Key", "the vault's key is not one that encrypts as it is.");
        var least = known["min_decryption_version"]?.GetValue<int>() ?? 1;
        int[] there = [.. versions.Select(version => int.Parse(version.Key, CultureInfo.InvariantCulture)).Where(version => version >= least).OrderDescending()];
        _latest = there[0];
        return [.. there.Select(Epoch)];
    }

    public async ValueTask<WrappedKey[]> Wrap(IReadOnlyList<(byte[] Material, string Owner)> keys, CancellationToken cancellation = default)
    {
        var plain = keys.Select(one => (byte[])[.. Owner(one.Owner), .. one.Material]).ToArray();
        try { return Wrapped(await client.Batch("encrypt", "plaintext", "ciphertext", plain.Select(Convert.ToBase64String), cancellation)); }
        finally { foreach (var one in plain) CryptographicOperations.ZeroMemory(one); }
    }

    public async ValueTask<byte[][]> Unwrap(IReadOnlyList<HeldKey> keys, CancellationToken cancellation = default)
    {
        var opened = await client.Batch("decrypt", "ciphertext", "plaintext", keys.Select(held => Encoding.ASCII.GetString(held.Key.Bytes)), cancellation);
        return [.. keys.Zip(opened, (held, text) => Material(text, held.Owner))];
    }

    public async ValueTask<WrappedKey[]> Rewrap(IReadOnlyList<HeldKey> keys, CancellationToken cancellation = default) =>
        Wrapped(await client.Batch("rewrap", "ciphertext", "ciphertext", keys.Select(held => Encoding.ASCII.GetString(held.Key.Bytes)), cancellation));

    /// <summary>Makes a new version.</summary>
    public async Task Rotate(CancellationToken cancellation)
    {
        await client.Change("rotate", null, cancellation);
        await Renew(cancellation);
    }

    /// <summary>Destroys all versions up to one, for good. The vault first refuses them, then forgets them.</summary>
    public async Task Destroy(string upTo, CancellationToken cancellation)
    {
        var least = Version(upTo) + 1;
        await client.Change("config", new JsonObject { ["min_decryption_version"] = least, ["min_encryption_version"] = least }, cancellation);
        await client.Change("trim", new JsonObject { ["min_available_version"] = least }, cancellation);
        // So that the next rotation is encrypted with again.
        await client.Change("config", new JsonObject { ["min_encryption_version"] = 0 }, cancellation);
    }

    /// <summary>The number of an epoch's version.</summary>
    public int Version(string epoch) => int.TryParse(epoch.AsSpan(Has(epoch) ? Prefix.Length : 0), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw new KeyRingException(VaultOptions.Section + ":Key", $"\"{epoch}\" is no version of this key.");

    private WrappedKey[] Wrapped(string[] texts) => [.. texts.Select(text =>
    {
        // vault:v{version}:{base64}
        var version = text.Split(':') is ["vault", ['v', .. var digits], _] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new KeysUnavailableException("The vault's answer cannot be read.");
        if (version > _latest) _latest = version;
        return new WrappedKey { KekId = Epoch(version), Bytes = Encoding.ASCII.GetBytes(text) };
    })];

    private static byte[] Material(string text, string owner)
    {
        byte[] plain;
        try { plain = Convert.FromBase64String(text); }
        catch (FormatException) { throw new KeysUnavailableException("The vault's answer cannot be read."); }
        try
        {
            return plain.Length > OwnerBytes && CryptographicOperations.FixedTimeEquals(plain.AsSpan(0, OwnerBytes), Owner(owner)) ? plain[OwnerBytes..]
                : throw new CryptographicException("A wrapped key was opened for another owner.");
        }
        finally { CryptographicOperations.ZeroMemory(plain); }
    }

    private static byte[] Owner(string owner) => SHA256.HashData(Encoding.UTF8.GetBytes($"data key/{owner}"))[..OwnerBytes];

    private string Epoch(int version) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{version}");
}
