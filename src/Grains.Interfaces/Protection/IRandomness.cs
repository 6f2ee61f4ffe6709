namespace AiCloud.Protection;

/// <summary>The one source of chance: keys, nonces, ids, codes. Cryptographic in the product, recorded in tests.</summary>
public interface IRandomness
{
    /// <summary>Fills <paramref name="target"/> with unpredictable bytes.</summary>
    void Fill(Span<byte> target);

    /// <summary>A uniform number from 0 up to, not including, <paramref name="exclusiveMax"/> (at least 1).</summary>
    int NextInt(int exclusiveMax);
}
