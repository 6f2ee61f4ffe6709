using System.Globalization;
using AiCloud.Languages;
using AiCloud.Registration;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AiCloud.Pages;

/// <summary>The words of a page in the language of its request.</summary>
internal sealed class Words(IHttpContextAccessor accessor)
{
    /// <summary>The language.</summary>
    public Language Language => LanguageChoice.Of(accessor.HttpContext!);

    /// <summary>A text.</summary>
    public string this[Localized text] => text.In(Language);

    /// <summary>A text with places for values.</summary>
    public string With(Localized text, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[text], values);

    /// <summary>An instant as people in China read it; machines find it in full.</summary>
    public IHtmlContent Time(DateTimeOffset instant) => Element(instant, Language switch
    {
        Language.ZhCn => "yyyy'年'M'月'd'日' HH:mm '（北京时间）'",
        Language.En => "d MMM yyyy, HH:mm '(Beijing time)'",
    });

    /// <summary>The time of day alone.</summary>
    public static string Clock(DateTimeOffset instant) => InChina(instant).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The calendar day in China.</summary>
    public string Day(DateTimeOffset instant) => Day(Age.ShanghaiDay(instant));

    /// <summary>A calendar day.</summary>
    public string Day(DateOnly day) => day.ToString(Language switch { Language.ZhCn => "yyyy'年'M'月'd'日'", Language.En => "d MMM yyyy" }, CultureInfo.InvariantCulture);

    private static TagBuilder Element(DateTimeOffset instant, string format)
    {
        var element = new TagBuilder("time");
        element.Attributes["datetime"] = instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        element.InnerHtml.Append(InChina(instant).ToString(format, CultureInfo.InvariantCulture));
        return element;
    }

    // One time, UTC+8, all year.
    private static DateTimeOffset InChina(DateTimeOffset instant) => instant.ToOffset(TimeSpan.FromHours(8));
}
