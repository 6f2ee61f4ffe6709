using System.Globalization;
using System.Text;

namespace AiCloud.Identity;

/// <summary>A name as it stands in a certificate.</summary>
public static class RealName
{
    /// <summary>The longest name that is taken, in characters.</summary>
    public const int Longest = 60;

    /// <summary>
    /// Reads a name as people type it: letters of any script with marks, spaces, hyphens, apostrophes, full stops and the dot between the parts of a name
    /// in Chinese, which has several look-alikes. Null for anything else.
    /// </summary>
    public static string? Read(string? text)
    {
        if (text is null || text.Length > 4 * Longest) return null;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) kept.Append(rune.ToString());
            else if (rune.Value is '·' or '•' or '・' or '‧' or '∙' or '⋅' or '･') kept.Append('·');
            else if (rune.Value is '-' or '‐' or '‑' or '.' or '\'' or '’') kept.Append(rune.Value is '‐' or '‑' ? "-" : rune.Value == '’' ? "'" : rune.ToString());
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator) { if (kept.Length > 0 && kept[^1] != ' ') kept.Append(' '); }
            else return null;
        }
        var name = kept.ToString().Trim();
        var letters = name.EnumerateRunes().Count(Rune.IsLetter);
        return letters >= 2 && name.Length <= Longest ? name : null;
    }

    /// <summary>The first letter, and that more follow.</summary>
    public static string Masked(string name)
    {
        var first = name.EnumerateRunes().First();
        return $"{first}**";
    }
}
