using System.Collections.Frozen;
using System.Text;

namespace AiCloud.Names;

/// <summary>
/// One form for the traditional, regional and Japanese forms of a character, so that <c>人民日報</c> is read as what everybody reads it as. Only to compare with:
/// which form a text should have is not said.
/// </summary>
internal static class Simplified
{
    private static readonly FrozenDictionary<Rune, string> Forms = Read();

    public static string Of(string text)
    {
        var forms = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) forms.Append(Forms.TryGetValue(rune, out var form) ? form : rune.ToString());
        return forms.ToString();
    }

    private static FrozenDictionary<Rune, string> Read()
    {
        using var stream = typeof(Simplified).Assembly.GetManifestResourceStream("names/simplified.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var forms = new Dictionary<Rune, string>();
        while (reader.ReadLine() is { } line)
            if (line.Split('\t') is [var source, var form] && Rune.DecodeFromUtf16(source, out var rune, out _) == System.Buffers.OperationStatus.Done) forms[rune] = form;
        return forms.ToFrozenDictionary();
    }
}
