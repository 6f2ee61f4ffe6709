using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AiCloud.Languages;

namespace AiCloud.PersonalData;

/// <summary>A copy as a page that reads without a network and without a program of ours: one file, no script, nothing loaded from anywhere.</summary>
internal static class DataPage
{
    private const string Style = """
        body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430}h1{font-size:1.7rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid #cfd6e0;padding-bottom:.3rem}
        dl{display:grid;grid-template-columns:minmax(9rem,16rem) 1fr;gap:.25rem 1rem;margin:.4rem 0}dt{color:#586274}dd{margin:0;overflow-wrap:anywhere}li{margin:0 0 .9rem;padding:.5rem .8rem;background:#f5f7fa;border-radius:6px}ul,ol{padding-left:1.2rem}p.none{color:#586274}dd p.none{margin:0}
        @media(max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
        """;

    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    public static string Render(JsonElement document, Localized lead, Language language)
    {
        var page = new StringBuilder();
        var title = DataTexts.PageTitle.In(language);
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="{{language.Tag()}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>{{Text(title)}}</title>
            <style>{{Style}}</style></head><body><h1>{{Text(title)}}</h1><p>{{Text(lead.In(language))}}</p>
            """);
        page.Append("<dl>");
        foreach (var member in document.EnumerateObject().Where(member => IsPlain(member.Value))) Row(page, member, language);
        page.Append("</dl>");
        foreach (var member in document.EnumerateObject().Where(member => !IsPlain(member.Value)))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(DataTexts.Label(member.Name, language))}</h2>");
            if (member.Name == "disclosures") page.Append(CultureInfo.InvariantCulture, $"<p>{Text(DataTexts.HandOversNote.In(language))}</p>");
            Value(page, member.Name, member.Value, language);
        }
        return page.Append("</body></html>\n").ToString();
    }

    private static void Value(StringBuilder page, string name, JsonElement value, Language language)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                page.Append("<dl>");
                foreach (var member in value.EnumerateObject()) Row(page, member, language);
                page.Append("</dl>");
                break;
            case JsonValueKind.Array when value.GetArrayLength() == 0:
                page.Append(CultureInfo.InvariantCulture, $"<p class=\"none\">{Text(DataTexts.None.In(language))}</p>");
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(IsPlain):
                page.Append(Text(string.Join(language == Language.En ? ", " : "、", value.EnumerateArray().Select(item => Plain(name, item, language)))));
                break;
            case JsonValueKind.Array:
                page.Append("<ol>");
                foreach (var item in value.EnumerateArray())
                {
                    page.Append("<li>");
                    Value(page, name, item, language);
                    page.Append("</li>");
                }
                page.Append("</ol>");
                break;
            default:
                page.Append(Text(Plain(name, value, language)));
                break;
        }
    }

    private static void Row(StringBuilder page, JsonProperty member, Language language)
    {
        page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(DataTexts.Label(member.Name, language))}</dt><dd>");
        Value(page, member.Name, member.Value, language);
        page.Append("</dd>");
    }

    private static string Plain(string name, JsonElement value, Language language) => value.ValueKind switch
    {
        JsonValueKind.True => DataTexts.Yes.In(language),
        JsonValueKind.False => DataTexts.No.In(language),
        JsonValueKind.Null => DataTexts.None.In(language),
        JsonValueKind.String when value.GetString() is { Length: >= 20 } text && text[10] == 'T' && value.TryGetDateTimeOffset(out var at) =>
            at.ToOffset(Shanghai).ToString("yyyy-MM-dd HH:mm:ss 'UTC+8'", CultureInfo.InvariantCulture),
        JsonValueKind.String => DataWords.In(DataTexts.Known(name), value.GetString()!, language),
        _ => value.GetRawText(),
    };

    private static bool IsPlain(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
