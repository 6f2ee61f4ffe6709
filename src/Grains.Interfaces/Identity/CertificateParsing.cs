using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiCloud.Identity;

/// <summary>
/// Reads numbers of certificates as people type them (A5). Pure: the same text on the same day always gives the same answer. Of several faults the
/// first in the order of the number is told, the checksum last.
/// </summary>
public static partial class CertificateParsing
{
    internal const int CitizenLength = 18;

    // The longest number has 18 characters; three times that leaves room for any grouping.
    private const int LongestText = 54, OldestAge = 130;
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private const string CheckCharacters = "10X98765432";

    /// <summary>Reads a number.</summary>
    /// <param name="kind">What the person calls it.</param>
    /// <param name="text">As typed: full-width forms, lower case, spaces and hyphens are taken.</param>
    /// <param name="issuer">For a passport its issuing state by three letters; null for every other kind.</param>
    /// <param name="today">The day in Shanghai, against which a date in the number is held.</param>
    public static ParsedCertificate Read(CertificateKind kind, string? text, string? issuer, DateOnly today)
    {
        if (text is null || text.Length > LongestText || Cleaned(text) is not { } number) return CertificateFault.Malformed;
        var state = issuer is null ? null : Cleaned(issuer);
        if (kind == CertificateKind.Passport ? state is null || !State().IsMatch(state) : issuer is not null) return CertificateFault.Issuer;
        return kind switch
        {
            CertificateKind.ResidentIdCard or CertificateKind.ResidencePermit => Citizen(kind, number, today),
            CertificateKind.PermanentResidenceCard => OldPermanent().IsMatch(number) ? new Certificate(kind, number) : Citizen(kind, number, today),
            // Printed before 2013 with the count of renewals behind: the first nine stay the holder's for life.
            CertificateKind.HkMacauPermit => HkMacau().IsMatch(number) ? new Certificate(kind, number[..9]) : CertificateFault.Malformed,
            CertificateKind.TaiwanPermit => Taiwan().IsMatch(number) ? new Certificate(kind, number) : CertificateFault.Malformed,
            CertificateKind.Passport => (state == "CHN" ? ChinesePassport() : ForeignPassport()).IsMatch(number)
                ? new Certificate(kind, number, state) : CertificateFault.Malformed,
        };
    }

    /// <summary>The check character of the first 17 digits (GB 11643, ISO 7064 MOD 11-2).</summary>
    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += (body[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    internal static DateOnly? DateIn(string number) =>
        number.Length == CitizenLength && DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static ParsedCertificate Citizen(CertificateKind kind, string number, DateOnly today)
    {
        if (kind != CertificateKind.PermanentResidenceCard && number.Length == 15 && number.All(char.IsAsciiDigit)) return CertificateFault.FifteenDigits;
        if (!Eighteen().IsMatch(number)) return CertificateFault.Malformed;
        if (number[0] == '0') return CertificateFault.FirstDigit;
        if (KindOf(number) != kind) return CertificateFault.OtherKind;
        if (DateIn(number) is not { } birth || birth < today.AddYears(-OldestAge)) return CertificateFault.ImpossibleDate;
        if (birth > today) return CertificateFault.FutureDate;
        if (number.AsSpan(14, 3) is "000") return CertificateFault.Order;
        return CheckCharacter(number) == number[^1] ? new Certificate(kind, number) : CertificateFault.Checksum;
    }

    private static CertificateKind KindOf(string number) =>
        number[0] == '9' ? CertificateKind.PermanentResidenceCard
        : number.AsSpan(0, 6) is "810000" or "820000" or "830000" ? CertificateKind.ResidencePermit
        : CertificateKind.ResidentIdCard;

    /// <summary>ASCII letters and digits in upper case, without what people group them by; null when anything else is in it.</summary>
    private static string? Cleaned(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // The full-width block mirrors ASCII at a fixed distance.
            var value = rune.Value is >= 0xFF01 and <= 0xFF5E ? rune.Value - 0xFEE0 : rune.Value;
            if (value < 128 && char.IsAsciiLetterOrDigit((char)value)) kept.Append(char.ToUpperInvariant((char)value));
            else if (!IsGrouping(new Rune(value))) return null;
        }
        return kept.ToString();
    }

    // Copied numbers carry invisible marks of direction along.
    private static bool IsGrouping(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation
        || rune.Value is '\t' or 0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or 0x2060 or (>= 0x2066 and <= 0x2069) or 0xFEFF;

    [GeneratedRegex(@"^[0-9]{17}[0-9X]\z", RegexOptions.CultureInvariant)] private static partial Regex Eighteen();
    [GeneratedRegex(@"^[A-Z]{3}[0-9]{12}\z", RegexOptions.CultureInvariant)] private static partial Regex OldPermanent();
    [GeneratedRegex(@"^(?:[HM][0-9]{8}(?:[0-9]{2})?|[HM]A[0-9]{7})\z", RegexOptions.CultureInvariant)] private static partial Regex HkMacau();
    [GeneratedRegex(@"^[0-9]{8}\z", RegexOptions.CultureInvariant)] private static partial Regex Taiwan();
    [GeneratedRegex(@"^[EGDSP][0-9A-Z][0-9]{7}\z", RegexOptions.CultureInvariant)] private static partial Regex ChinesePassport();
    [GeneratedRegex(@"^[A-Z0-9]{5,15}\z", RegexOptions.CultureInvariant)] private static partial Regex ForeignPassport();
    [GeneratedRegex(@"^[A-Z]{3}\z", RegexOptions.CultureInvariant)] private static partial Regex State();
}
