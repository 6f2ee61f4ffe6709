namespace AiCloud.Protection;

/// <summary>
/// The key-encryption keys: a door, since they may stand in the key ring file or in a vault that never hands them out. They rotate in
/// epochs; what was wrapped under one stays openable until the epoch is destroyed.
/// </summary>
public interface IKeyEncryption
{
    /// <summary>The epoch that new wraps get, as last learnt.</summary>
    string CurrentEpoch { get; }

    /// <summary>Whether an epoch is one of those behind this door.</summary>
    bool Has(string epoch);

    /// <summary>Wraps under the current epoch, all or none.</summary>
    /// <param name="keys">What to wrap, and for which owner: a wrap opens for no other.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="KeysUnavailableException">The keys cannot be reached now.</exception>
    ValueTask<WrappedKey[]> Wrap(IReadOnlyList<(byte[] Material, string Owner)> keys, CancellationToken cancellation = default);

    /// <summary>Opens wraps, all or none.</summary>
    /// <exception cref="KeysUnavailableException">The keys cannot be reached now.</exception>
    /// <exception cref="KeyRingException">An epoch is gone.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Another owner, another key, or changed bytes.</exception>
    ValueTask<byte[][]> Unwrap(IReadOnlyList<HeldKey> keys, CancellationToken cancellation = default);

    /// <summary>Brings wraps under the current epoch; where the keys stand in a vault, without the data keys leaving it.</summary>
    /// <exception cref="KeysUnavailableException">The keys cannot be reached now.</exception>
    ValueTask<WrappedKey[]> Rewrap(IReadOnlyList<HeldKey> keys, CancellationToken cancellation = default);
}

/// <summary>
/// The key-encryption keys cannot be reached now; nothing was lost, and a later try may succeed. A time-out, because that is what it is to a
/// caller, and because that type travels between processes.
/// </summary>
public sealed class KeysUnavailableException(string what, Exception? inner = null) : TimeoutException(what, inner);
