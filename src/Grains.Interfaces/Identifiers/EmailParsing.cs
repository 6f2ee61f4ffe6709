using System.Globalization;
using System.Text;

namespace AiCloud.Identifiers;

internal static class EmailParsing
{
    // RFC 5321 §4.5.3.1, in octets; 254 is what fits into a forward path with its brackets.
    private const int LongestLocal = 64, LongestDomain = 255, LongestAddress = 254;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    public static ParsedIdentifier Read(string? text, bool smtpUtf8)
    {
        if (text is null || text.Length > 2 * LongestAddress || !IsWellFormed(text)) return IdentifierFault.EmailInvalid;
        var address = text.Trim().Normalize(NormalizationForm.FormC);
        var at = address.IndexOf('@');
        if (at <= 0 || at != address.LastIndexOf('@')) return IdentifierFault.EmailInvalid;

        var local = address[..at];
        if (!IsLocal(local, smtpUtf8) || ToALabels(address[(at + 1)..]) is not { } domain) return IdentifierFault.EmailInvalid;
        var normalised = $"{local}@{domain}";
        return Encoding.UTF8.GetByteCount(local) <= LongestLocal && Encoding.UTF8.GetByteCount(normalised) <= LongestAddress
            ? new Identifier(IdentifierKind.Email, normalised)
            : IdentifierFault.EmailInvalid;
    }

    /// <summary>Folds ASCII only: beyond it case folding differs between mail systems and languages.</summary>
    public static string Compared(string address) =>
        string.Create(address.Length, address, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        });

    /// <summary>RFC 5321 Dot-string, so no quoted local part and no comment; with SMTPUTF8 also letters, marks and digits of RFC 6531.</summary>
    private static bool IsLocal(string local, bool smtpUtf8)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return false;
        foreach (var rune in local.EnumerateRunes())
        {
            var allowed = rune.IsAscii
                ? Rune.IsLetterOrDigit(rune) || "!#$%&'*+-/=?^_`{|}~.".Contains((char)rune.Value)
                : smtpUtf8 && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
            if (!allowed) return false;
        }
        return true;
    }

    /// <summary>Lower-case A-labels, or null. There and back again, so that a typed "xn--" label and its Unicode form end as one.</summary>
    private static string? ToALabels(string domain)
    {
        if (domain.Length is 0 or > LongestDomain) return null;
        string ascii;
        try { ascii = Idn.GetAscii(Idn.GetUnicode(Idn.GetAscii(domain))).ToLowerInvariant(); }
        catch (ArgumentException) { return null; }

        var labels = ascii.Split('.');
        var sound = labels.Length >= 2 && ascii.Length <= LongestDomain && labels.All(IsLabel);
        // A numeric last label is an IPv4 address without brackets.
        return sound && !labels[^1].All(char.IsAsciiDigit) ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
