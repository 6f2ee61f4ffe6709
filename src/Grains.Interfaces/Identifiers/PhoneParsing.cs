using System.Globalization;
using System.Text;
using PhoneNumbers;

namespace AiCloud.Identifiers;

internal static class PhoneParsing
{
    // E.164 has 15 digits; twice that and more leaves room for any grouping while metadata never sees a long text.
    private const int LongestText = 48;

    public static ParsedIdentifier Read(string? text, RegionsOptions regions)
    {
        if (text is null || text.Length > LongestText || !TryClean(text, out var cleaned)) return IdentifierFault.PhoneInvalid;
        var util = PhoneNumberUtil.GetInstance();
        PhoneNumber number;
        try { number = util.Parse(cleaned, regions.Default); }
        catch (NumberParseException) { return IdentifierFault.PhoneInvalid; }

        if (!util.IsValidNumber(number)) return IdentifierFault.PhoneInvalid;
        // FIXED_LINE_OR_MOBILE: some numbering plans (US, CA) do not tell the two apart.
        if (util.GetNumberType(number) is not (PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE))
            return IdentifierFault.PhoneInvalid;
        var region = util.GetRegionCodeForNumber(number);
        if (region is null) return IdentifierFault.PhoneInvalid;
        return regions.Serves(region)
            ? new Identifier(IdentifierKind.Phone, util.Format(number, PhoneNumberFormat.E164))
            : IdentifierFault.CountryNotServed;
    }

    /// <summary>
    /// Keeps digits and a leading plus. Letters are refused, since the metadata library would read "1-800-FLOWERS" and
    /// "ext. 5" as numbers; so is every sign that nobody puts into a phone number.
    /// </summary>
    private static bool TryClean(string text, out string cleaned)
    {
        var kept = new StringBuilder(text.Length);
        cleaned = "";
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
                kept.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else if (rune.Value is '+' or '＋' && kept.Length == 0) kept.Append('+');
            else if (!IsPunctuation(rune)) return false;
        }
        cleaned = kept.ToString();
        return cleaned.Length > 0;
    }

    // Address books put invisible direction marks around numbers, which a paste carries along.
    private static bool IsPunctuation(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation
        || rune.Value is '\t' or '.' or '(' or ')' or '（' or '）' or '．' or '−'
            or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200B or 0x2060 or 0xFEFF;
}
