using System.Text;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.Extensions.Primitives;

namespace AiCloud.Requests;

/// <summary>
/// The <c>Idempotency-Key</c> header (draft-ietf-httpapi-idempotency-key-header): bare, or quoted as the draft's structured field asks. Both
/// forms of one key are the same key.
/// </summary>
public static class IdempotencyKey
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Characters that a key may have, quotes not counted.</summary>
    public const int MaxLength = 255;

    /// <summary>The key, or the problem; neither when the header is absent.</summary>
    /// <param name="header">As received.</param>
    /// <param name="strong">True for calls without a session: others must not be able to guess the key, since ids are derived from it.</param>
    public static (string? Key, ProblemCode? Problem) Parse(StringValues header, bool strong)
    {
        if (header.Count == 0) return (null, null);
        var key = header.Count == 1 ? Unquote(header[0]!.Trim(' ')) : null;
        if (strong) return DerivedIds.IsStrong(key) ? (key, null) : (null, ProblemCode.IdempotencyKeyWeak);
        return key is { Length: > 0 and <= MaxLength } ? (key, null) : (null, ProblemCode.IdempotencyKeyInvalid);
    }

    // RFC 9651 §3.3.3: visible ASCII and space, backslash escapes only itself and the quote. A bare key may hold nothing that a structured field would read otherwise.
    private static string? Unquote(string text)
    {
        if (!text.StartsWith('"')) return text.All(c => c is > ' ' and <= '~' and not ('"' or '\\' or ',' or ';')) ? text : null;
        var key = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"') return i == text.Length - 1 ? key.ToString() : null;
            if (c is < ' ' or > '~') return null;
            if (c == '\\' && (++i >= text.Length || (c = text[i]) is not ('"' or '\\'))) return null;
            key.Append(c);
        }

        return null;
    }
}
