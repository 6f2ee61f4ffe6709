using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiCloud.Names;

/// <summary>
/// A number to call, an address to write to or an account of a messenger in a name, however it is spelt out (L-12). Marks of a messenger alone are no contact
/// (<c>QQ糖</c>, <c>微信用户</c>), nor are initials with a year (<c>wxm1998</c>): what follows must be able to be its account.
/// </summary>
internal sealed partial class HiddenContact(Skeleton looks)
{
    private const int DigitsOfAContact = 7;

    // Also as they are spoken on the telephone (幺, 两, 洞, 拐, 勾), on cheques, and by traders.
    private static readonly string[] Numerals = ["零〇洞", "一壹弌幺〡", "二贰弍两〢", "三叁弎参〣", "四肆〤", "五伍〥", "六陆〦", "七柒拐〧", "八捌〨", "九玖勾〩"];

    public bool IsIn(string name)
    {
        var plain = Simplified.Of(name.Normalize(NormalizationForm.FormKC).ToLowerInvariant());
        return plain.Contains('@') || plain.Contains("://", StringComparison.Ordinal) || plain.Contains("www.", StringComparison.Ordinal)
            || HasANumber(plain) || Handle().IsMatch(looks.Latin(Digits(plain)));
    }

    /// <summary>
    /// So many digits anywhere; or in a row with numerals, whatever but letters stands between them. A verse that counts (<c>一去二三里</c>) has letters between.
    /// </summary>
    private static bool HasANumber(string plain)
    {
        var (digits, row) = (0, 0);
        foreach (var rune in plain.EnumerateRunes())
        {
            var isDigit = IsDigit(rune);
            if (isDigit) digits++;
            if (isDigit || Numeral(rune) is not null) row++;
            else if (Rune.IsLetter(rune)) row = 0;
            if (digits >= DigitsOfAContact || row >= DigitsOfAContact) return true;
        }
        return false;
    }

    private static string Digits(string plain)
    {
        var digits = new StringBuilder(plain.Length);
        foreach (var rune in plain.EnumerateRunes())
            digits.Append(Numeral(rune) is { } value ? value.ToString(CultureInfo.InvariantCulture)
                : IsDigit(rune) ? Rune.GetNumericValue(rune).ToString(CultureInfo.InvariantCulture) : rune.ToString());
        return digits.ToString();
    }

    // Digits of every script; and ones in a circle, that no compatible form is left of.
    private static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.DecimalDigitNumber => true,
        UnicodeCategory.OtherNumber => Rune.GetNumericValue(rune) is >= 0 and < 10 and var value && value == Math.Floor(value),
        _ => false,
    };

    private static int? Numeral(Rune rune) => Array.FindIndex(Numerals, forms => forms.Contains(rune.ToString(), StringComparison.Ordinal)) is >= 0 and var value ? value : null;

    /// <summary>
    /// In this order: a messenger named in Chinese, and an account; one that goes by numbers, and a number; its Latin mark and a number, or after a colon or
    /// the word for "number" any account, or one that has letters and digits; the mark that no initials can be, and such an account; and "add me on".
    /// </summary>
    [GeneratedRegex("""
        (?:微信|薇信|威信|v信|电报)(?:号|群|id)?[^\p{L}\p{N}]*[a-z0-9][a-z0-9_-]{4,}
        |(?:扣扣|企鹅)(?:号|群)?[^\p{L}\p{N}]*(?:[0-9][^\p{L}\p{N}]*){5,}
        |(?<![a-z0-9])(?:w[^\p{L}\p{N}]*x|v[^\p{L}\p{N}]*x|q[^\p{L}\p{N}]*q|weixin|wechat|telegram|tg)(?:
            (?:号|群|id)?[^\p{L}\p{N}]*(?:[0-9][^\p{L}\p{N}]*){5,}
            |(?:\s*[:=]\s*|(?:号|群|id)[^\p{L}\p{N}]*)[a-z0-9][a-z0-9_-]{4,}
            |[^\p{L}\p{N}]+(?=[a-z_-]*[0-9])[a-z0-9][a-z0-9_-]{5,})
        |(?<![a-z0-9])vx(?=[a-z_-]*[0-9])[a-z0-9][a-z0-9_-]{4,}
        |加我?(?:微|薇|扣|[vq+])[^\p{L}\p{N}]*(?=[a-z_-]*[0-9])[a-z0-9][a-z0-9_-]{4,}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Handle();
}
