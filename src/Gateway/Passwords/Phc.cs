using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiCloud.Passwords;

/// <summary>A hash with everything needed to verify it: <c>$argon2id$v=19$m=…,t=…,p=1[,keyid=…]$salt$hash</c> (PHC string format).</summary>
internal sealed partial record Phc
{
    /// <summary>A stored text never makes the process use more than this.</summary>
    public const int MaximumMemoryKib = 131_072, MaximumPasses = 10;

    public const int SaltBytes = 16, HashBytes = 32;
    private const int LongestText = 256;

    public required int MemoryKib { get; init; }
    public required int Passes { get; init; }

    /// <summary>The secrets root whose pepper went in; null for none.</summary>
    public string? PepperRoot { get; init; }

    public required byte[] Salt { get; init; }
    public required byte[] Hash { get; init; }

    public static bool TryParse(string text, [NotNullWhen(true)] out Phc? phc)
    {
        phc = null;
        if (text.Length > LongestText || Pattern().Match(text) is not { Success: true } match) return false;
        var memory = int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        var passes = int.Parse(match.Groups["t"].ValueSpan, CultureInfo.InvariantCulture);
        // libsodium: at least 8 KiB, and one lane only, which the pattern fixes.
        if (memory is < 8 or > MaximumMemoryKib || passes is < 1 or > MaximumPasses) return false;
        if (Decode(match.Groups["salt"].Value) is not { Length: SaltBytes } salt || Decode(match.Groups["hash"].Value) is not { Length: HashBytes } hash) return false;
        string? root = null;
        if (match.Groups["keyid"] is { Success: true, Value: var keyId })
        {
            if (Decode(keyId) is not { } bytes) return false;
            root = Encoding.ASCII.GetString(bytes);
        }
        phc = new Phc { MemoryKib = memory, Passes = passes, PepperRoot = root, Salt = salt, Hash = hash };
        return true;
    }

    public string Write()
    {
        var keyId = PepperRoot is null ? "" : $",keyid={Encode(Encoding.ASCII.GetBytes(PepperRoot))}";
        return string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKib},t={Passes},p=1{keyId}${Encode(Salt)}${Encode(Hash)}");
    }

    public override string ToString() => nameof(Phc);

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) && Encode(bytes[..length]) == text ? bytes[..length] : null;
    }

    [GeneratedRegex(@"\A\$argon2id\$v=19\$m=(?<m>[1-9]\d{0,6}),t=(?<t>[1-9]\d{0,1}),p=1(,keyid=(?<keyid>[A-Za-z0-9+/]{1,11}))?\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
