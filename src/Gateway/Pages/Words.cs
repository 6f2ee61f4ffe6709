using System.Globalization;
using System.Xml;
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
    public IHtmlContent Time(DateTimeOffset instant)
    {
        var element = new TagBuilder("time");
        element.Attributes["datetime"] = instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        element.InnerHtml.Append(InChina(instant, Language));
        return element;
    }

    /// <summary>An instant as people in China read it.</summary>
    public static string InChina(DateTimeOffset instant, Language language) => InChina(instant).ToString(language switch
    {
        Language.ZhCn => "yyyy'年'M'月'd'日' HH:mm'（北京时间）'",
        Language.En => "d MMM yyyy, HH:mm '(Beijing time)'",
    }, CultureInfo.InvariantCulture);

    /// <summary>How long it is until an instant, in days and hours or in what is left of them.</summary>
    public IHtmlContent Countdown(DateTimeOffset instant, DateTimeOffset now)
    {
        var left = instant > now ? instant - now : TimeSpan.Zero;
        var element = new TagBuilder("time");
        element.Attributes["datetime"] = XmlConvert.ToString(TimeSpan.FromMinutes(Math.Floor(left.TotalMinutes)));
        element.InnerHtml.Append(Left(left, Language));
        return element;
    }

    /// <summary>A length of time as words.</summary>
    public static string Left(TimeSpan left, Language language)
    {
        (int Many, Localized One, Localized Other)[] units =
        [
            (left.Days, SiteTexts.OneDay, SiteTexts.Days), (left.Hours, SiteTexts.OneHour, SiteTexts.Hours), (left.Minutes, SiteTexts.OneMinute, SiteTexts.Minutes),
        ];
        var first = Array.FindIndex(units, unit => unit.Many > 0);
        if (first < 0) return SiteTexts.UnderOneMinute.In(language);
        return string.Join(' ', units.Skip(first).Take(2).Where(unit => unit.Many > 0)
            .Select(unit => string.Format(CultureInfo.InvariantCulture, (unit.Many == 1 ? unit.One : unit.Other).In(language), unit.Many)));
    }

    /// <summary>The time of day alone.</summary>
    public static string Clock(DateTimeOffset instant) => InChina(instant).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The calendar day in China.</summary>
    public string Day(DateTimeOffset instant) => Day(Age.ShanghaiDay(instant));

    /// <summary>A calendar day.</summary>
    public string Day(DateOnly day) => day.ToString(Language switch { Language.ZhCn => "yyyy'年'M'月'd'日'", Language.En => "d MMM yyyy" }, CultureInfo.InvariantCulture);

    private static DateTimeOffset InChina(DateTimeOffset instant) => AiCloud.Clock.Shanghai.At(instant);
}
