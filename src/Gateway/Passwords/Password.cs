using System.Globalization;
using System.Text;

namespace AiCloud.Passwords;

/// <summary>
/// A password as it is counted, compared and hashed: NFKC, so that a phone and a computer that compose letters differently give the
/// same one; never truncated. The only thing the hasher takes, so that nothing is hashed un-normalised. Hidden in texts.
/// </summary>
internal sealed class Password
{
    /// <summary>UTF-16 units looked at. Far above any setting; bounds what a sign-in can make the process normalise.</summary>
    public const int LongestText = 16 * 1024;

    private Password(string text)
    {
        Text = text;
        foreach (var _ in text.EnumerateRunes()) Length++;
    }

    internal string Text { get; }

    /// <summary>Code points.</summary>
    public int Length { get; }

    /// <summary>
    /// Normalises. Null for what nobody can have typed: lone surrogates (they have no UTF-8, and would collide once replaced) and
    /// control characters, NUL included (some devices drop them, and the person could not sign in there).
    /// </summary>
    public static Password? Read(string? text)
    {
        if (text is null || text.Length > LongestText) return null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control) return null;
            i += rune.Utf16SequenceLength - 1;
        }
        return new Password(text.Normalize(NormalizationForm.FormKC));
    }

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(Text);

    public override string ToString() => nameof(Password);
}
