namespace AiCloud.Protection;

/// <summary>A data key as it is stored: encrypted under a key-encryption key, useless without the ring.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.wrapped-key")]
public sealed record WrappedKey
{
    /// <summary>The key-encryption key's epoch.</summary>
    [Id(0)] public required string KekId { get; init; }

    /// <summary>Algorithm, data key id, nonce, ciphertext, tag.</summary>
    [Id(1)] public required byte[] Bytes { get; init; }

    public override string ToString() => $"WrappedKey({KekId})";
}
