using System.Security.Cryptography;

namespace AiCloud.Protection;

/// <summary>The operating system's generator.</summary>
public sealed class CryptographicRandomness : IRandomness
{
    public void Fill(Span<byte> target) => RandomNumberGenerator.Fill(target);

    public int NextInt(int exclusiveMax) => RandomNumberGenerator.GetInt32(exclusiveMax);
}
