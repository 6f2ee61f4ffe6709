using System.Globalization;
using System.Text;

namespace AiCloud.Documents.Comparison;

/// <summary>
/// The words of a paragraph. Scripts that write no spaces between words (Han, kana, hangul and the like) give a word for each character;
/// others a word for each run of letters and digits, the points within a number included. Spaces and signs stand alone. Together they are the paragraph, character by character.
/// </summary>
internal static class TextTokens
{
    public static List<string> Of(string paragraph)
    {
        var tokens = new List<string>();
        var start = 0;
        var former = Sort.None;
        for (var at = 0; at < paragraph.Length;)
        {
            // A lone surrogate reads as the replacement character, one char long.
            _ = Rune.DecodeFromUtf16(paragraph.AsSpan(at), out var rune, out var length);
            var sort = IsInNumber(paragraph, at) ? Sort.Letter : SortOf(rune, former);
            if (at > start && (sort != former || sort is Sort.Sign or Sort.Ideograph))
            {
                if (sort != Sort.Mark)
                {
                    tokens.Add(paragraph[start..at]);
                    start = at;
                }
            }
            // A mark belongs to the letter before it.
            if (sort != Sort.Mark) former = sort;
            at += length;
        }
        if (start < paragraph.Length) tokens.Add(paragraph[start..]);
        return tokens;
    }

    /// <summary>Whether a token says something, other than spaces and signs.</summary>
    public static bool IsWord(string token) => Rune.DecodeFromUtf16(token, out var rune, out _) == System.Buffers.OperationStatus.Done && Rune.IsLetterOrDigit(rune);

    private static bool IsInNumber(string text, int at) =>
        text[at] is '.' or ',' && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);

    private static Sort SortOf(Rune rune, Sort former)
    {
        if (Rune.IsWhiteSpace(rune)) return Sort.Space;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark && former != Sort.None) return Sort.Mark;
        if (!Rune.IsLetterOrDigit(rune)) return Sort.Sign;
        return IsUnspaced(rune.Value) ? Sort.Ideograph : Sort.Letter;
    }

    // Han with its extensions and compatibility forms, kana, bopomofo, hangul, Thai, Lao, Khmer, Myanmar.
    private static bool IsUnspaced(int rune) => rune is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1100 and <= 0x11FF)
        or (>= 0x20000 and <= 0x3FFFF) or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1780 and <= 0x17FF) or (>= 0x1000 and <= 0x109F);

    private enum Sort { None, Space, Letter, Ideograph, Sign, Mark }
}
