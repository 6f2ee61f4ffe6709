using AiCloud.Protection;

namespace AiCloud.Challenges;

/// <summary>Draws codes: every digit uniform from a cryptographic source, leading zeros included (O-01).</summary>
internal static class CodeDigits
{
    public static string Draw(int length, IRandomness randomness) =>
        string.Create(length, randomness, static (digits, source) =>
        {
            for (var i = 0; i < digits.Length; i++) digits[i] = (char)('0' + source.NextInt(10));
        });
}
