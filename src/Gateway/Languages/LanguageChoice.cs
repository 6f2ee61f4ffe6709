using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AiCloud.Languages;

/// <summary>
/// Picks the language of a reply from <c>Accept-Language</c> (RFC 9110 §12.5.4, quality values included). English only when asked for;
/// everything else, a missing or malformed header included, is zh-CN. Every Chinese (zh, zh-TW …) is answered zh-CN.
/// </summary>
public static class LanguageChoice
{
    private static readonly object Overridden = new();

    /// <summary>The BCP 47 tag.</summary>
    public static string Tag(this Language language) => language switch
    {
        Language.ZhCn => "zh-CN",
        Language.En => "en",
    };

    /// <summary>Lets a page's own switch win over the header.</summary>
    public static void Override(HttpContext context, Language language) => context.Items[Overridden] = language;

    /// <summary>The language of this request's reply. Reading it changes nothing; whoever writes words calls <see cref="Speak"/>.</summary>
    public static Language Of(HttpContext context) =>
        context.Items.TryGetValue(Overridden, out var chosen) ? (Language)chosen! : Choose(context.Request.Headers.AcceptLanguage);

    /// <summary>Picks the language and says so in the reply: Content-Language and Vary.</summary>
    public static Language Speak(HttpContext context)
    {
        var language = Of(context);
        context.Response.Headers.ContentLanguage = language.Tag();
        if (!context.Response.Headers.Vary.ToString().Contains(HeaderNames.AcceptLanguage, StringComparison.OrdinalIgnoreCase))
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return language;
    }

    /// <summary>The pure choice.</summary>
    public static Language Choose(StringValues header)
    {
        if (StringValues.IsNullOrEmpty(header) || !StringWithQualityHeaderValue.TryParseList(header, out var wishes)) return Language.ZhCn;
        var zhCn = Quality(wishes, "zh");
        var en = Quality(wishes, "en");
        if (zhCn.Quality != en.Quality) return en.Quality > zhCn.Quality ? Language.En : Language.ZhCn;
        return en.Named && en.Quality > 0 && en.Position < zhCn.Position ? Language.En : Language.ZhCn;
    }

    // The most specific range that matches a language decides, so that "en;q=0, *" refuses English.
    private static (double Quality, int Position, bool Named) Quality(IList<StringWithQualityHeaderValue> wishes, string language)
    {
        (double Quality, int Position, bool Named) best = (0, int.MaxValue, false);
        for (var i = 0; i < wishes.Count; i++)
        {
            var range = wishes[i].Value;
            var quality = wishes[i].Quality ?? 1;
            var names = range.StartsWith(language, StringComparison.OrdinalIgnoreCase)
                && (range.Length == language.Length || range[language.Length] == '-');
            if (names && (!best.Named || quality > best.Quality)) best = (quality, i, true);
            else if (range == "*" && !best.Named) best = (quality, i, false);
        }

        return best;
    }
}
