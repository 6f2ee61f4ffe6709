using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace AiCloud.Protection;

/// <summary>Secrets that must be nowhere, in every writing in which a log, a trace or a table could hold them.</summary>
internal sealed class Needles
{
    private readonly ConcurrentDictionary<string, string> _origins = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string what, string value)
    {
        // The search ignores case, but only that of ASCII.
        foreach (var cased in new[] { value, value.ToLowerInvariant(), value.ToUpperInvariant() }.Distinct())
            foreach (var writing in Writings(cased)) _origins.TryAdd(writing, what);
    }

    public void AddPhone(string what, string e164)
    {
        var national = e164[3..];
        Add(what, national);
        Add(what, $"{national[..3]} {national[3..7]} {national[7..]}");
        Add(what, $"{national[..3]}-{national[3..7]}-{national[7..]}");
    }

    public void AddEmail(string what, string address)
    {
        Add(what, address);
        Add(what, address[..address.IndexOf('@', StringComparison.Ordinal)]);
    }

    public void AddDate(string what, DateOnly date)
    {
        foreach (var format in new[] { "yyyy-MM-dd", "yyyyMMdd", "dd.MM.yyyy", "MM/dd/yyyy", "M/d/yyyy", "yyyy/MM/dd" })
            Add(what, date.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Of a token the id may be known; the whole, the secret and the mac may not.</summary>
    public void AddToken(string what, string token)
    {
        Add(what, token);
        foreach (var part in token.Split('.').TakeLast(2)) Add(what, part);
    }

    /// <summary>What is found in a text whose characters are bytes, with its surroundings.</summary>
    public IReadOnlyList<string> In(string haystack)
    {
        var values = SearchValues.Create([.. _origins.Keys], StringComparison.OrdinalIgnoreCase);
        var found = new List<string>();
        for (var from = 0; found.Count < 20 && haystack.AsSpan(from).IndexOfAny(values) is var at and >= 0; from += at + 1)
        {
            var start = from + at;
            foreach (var (writing, what) in _origins)
            {
                if (!haystack.AsSpan(start).StartsWith(writing, StringComparison.OrdinalIgnoreCase)) continue;
                // Eight digits stand by chance within longer numbers; a code would stand alone.
                if (writing.All(char.IsAsciiDigit) && writing.Length < 11 && (Adjoins(haystack, start - 1) || Adjoins(haystack, start + writing.Length))) continue;
                found.Add($"{what} as '{writing}' in: {haystack[Math.Max(0, start - 160)..Math.Min(haystack.Length, start + writing.Length + 40)]}");
            }
        }
        return found;
    }

    private static IEnumerable<string> Writings(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        yield return Encoding.Latin1.GetString(utf8);
        foreach (var text in new[]
        {
            Uri.EscapeDataString(value), WebUtility.UrlEncode(value), WebUtility.HtmlEncode(value), JavaScriptEncoder.Default.Encode(value),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value), string.Concat(value.Select(c => $"\\u{(int)c:x4}")),
        })
            yield return Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        foreach (var bytes in new[] { utf8, Encoding.Unicode.GetBytes(value), Encoding.BigEndianUnicode.GetBytes(value) })
        {
            if (bytes.Length != utf8.Length) yield return Encoding.Latin1.GetString(bytes).Trim('\0');
            yield return Convert.ToHexString(bytes);
            // Wherever it begins in what was encoded, the groups that hold nothing else are the same.
            for (var lead = 0; lead < 3; lead++)
            {
                var encoded = Convert.ToBase64String([.. new byte[lead], .. bytes]);
                var clean = encoded[(lead == 0 ? 0 : 4)..(((lead + bytes.Length) / 3) * 4)];
                if (clean.Length < 8) continue;
                yield return clean;
                yield return clean.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private static bool Adjoins(string text, int at) => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or '-');
}
