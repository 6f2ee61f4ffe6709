using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace AiCloud.Names;

/// <summary>
/// What a text looks like (UTS 39 §4): two texts with one skeleton can be taken for each other. Only to compare with; it is no text. Case, marks above and
/// below, spaces and punctuation are left out on top, since "C-C-T-V" reads as "cctv"; and a character has one form (<see cref="Simplified"/>).
/// </summary>
internal sealed class Skeleton
{
    private readonly FrozenDictionary<Rune, string> _prototypes;

    public Skeleton()
    {
        using var stream = typeof(Skeleton).Assembly.GetManifestResourceStream("names/confusables.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var prototypes = new Dictionary<Rune, string>();
        while (reader.ReadLine() is { } line)
            if (line.Split('\t') is [var source, var prototype] && Rune.DecodeFromUtf16(source, out var rune, out _) == System.Buffers.OperationStatus.Done) prototypes[rune] = prototype;
        _prototypes = prototypes.ToFrozenDictionary();
    }

    public string Of(string text)
    {
        // Folded first, so that capitals and full-width letters are looked up as what they are read as; and again after, since prototypes have capitals.
        var folded = Simplified.Of(text.Normalize(NormalizationForm.FormKC)).ToLowerInvariant().Normalize(NormalizationForm.FormD);
        var looks = new StringBuilder(folded.Length);
        foreach (var rune in folded.EnumerateRunes())
            looks.Append(_prototypes.TryGetValue(rune, out var prototype) ? prototype : rune.ToString());
        var kept = new StringBuilder(looks.Length);
        foreach (var rune in looks.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark) kept.Append(rune);
        // "O" and "l" are the prototypes of nought and one: lower case makes them one with their letters.
        return Simplified.Of(kept.ToString().ToLowerInvariant());
    }

    /// <summary>With the letters that look like Latin ones as these, and everything else as it stands.</summary>
    public string Latin(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            latin.Append(!rune.IsAscii && _prototypes.TryGetValue(rune, out var prototype) && prototype.All(char.IsAsciiLetter) ? prototype.ToLowerInvariant() : rune.ToString());
        return latin.ToString();
    }
}
