using System.Globalization;
using System.Text;
using AiCloud.Identifiers;
using Microsoft.Extensions.Options;

namespace AiCloud.Passwords;

/// <summary>
/// What a new password must satisfy (C2.2c, P-01, P-02): length and not being guessable, no rules of composition. Applied when a password is
/// chosen, never at sign-in, so that raising the floor locks nobody out.
/// </summary>
internal sealed class PasswordRules(IOptions<PasswordOptions> options, CommonPasswords common)
{
    private static readonly string[] BuiltInWords = ["caih", "aicloud", "云"];

    // Four octets of UTF-8: four Latin letters or two Chinese characters. Shorter pieces occur by chance.
    private const int ShortestPiece = 4, PhoneTail = 8;

    /// <summary>The first rule that <paramref name="password"/> breaks, or null.</summary>
    /// <param name="password">As read; null when it could not be.</param>
    /// <param name="own">The person's contacts.</param>
    /// <param name="displayName">What the person is to be called, if stated.</param>
    public PasswordFault? Check(Password? password, IEnumerable<Identifier> own, string? displayName = null)
    {
        if (password is null) return PasswordFault.Invalid;
        if (password.Length < options.Value.MinimumLength) return PasswordFault.TooShort;
        if (password.Length > options.Value.MaximumLength) return PasswordFault.TooLong;
        if (common.Contains(password)) return PasswordFault.Compromised;

        var squeezed = Squeeze(password.Text);
        var pieces = own.SelectMany(Pieces).Concat(NamePieces(displayName)).Where(piece => Encoding.UTF8.GetByteCount(piece) >= ShortestPiece);
        var words = BuiltInWords.Concat(options.Value.OwnWords.Select(Squeeze));
        return pieces.Concat(words).Any(piece => squeezed.Contains(piece, StringComparison.Ordinal)) ? PasswordFault.ContainsIdentifier : null;
    }

    /// <summary>Lower case, letters and digits only: "AI-Cloud" is "ai cloud" is "aicloud", and 138-0013-8000 is a phone number.</summary>
    internal static string Squeeze(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                kept.Append(rune);
        }
        return kept.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    private static IEnumerable<string> Pieces(Identifier identifier) => identifier.Kind switch
    {
        // The last eight digits are what people know their number by; they also cover every way to write the country.
        IdentifierKind.Phone => [identifier.Address[^Math.Min(PhoneTail, identifier.Address.Length - 1)..]],
        IdentifierKind.Email => LocalParts(identifier.Address[..identifier.Address.LastIndexOf('@')]),
    };

    /// <summary>Words, and what stands before a "+tag".</summary>
    private static IEnumerable<string> LocalParts(string local) => Words(local).Append(Squeeze(local.Split('+')[0]));

    private static IEnumerable<string> NamePieces(string? name) => name is null || Password.Read(name) is not { } read ? [] : Words(read.Text);

    /// <summary>The whole, and each of the words it is made of.</summary>
    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', '.', '_', '-', '+', '·', '\u3000'], StringSplitOptions.RemoveEmptyEntries).Append(text).Select(Squeeze).Distinct();
}
