using AiCloud.Languages;

namespace AiCloud.Pages;

/// <summary>Lets the language chosen on a page win over Accept-Language. The API never reads cookies (API.md, General).</summary>
internal sealed class PageLanguage(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
            && TryParse(PageCookies.Read(context, PageCookies.Language)) is { } chosen) LanguageChoice.Override(context, chosen);
        return next(context);
    }

    /// <summary>The language of a tag; null for any other text.</summary>
    public static Language? TryParse(string? tag) => tag switch { "zh-CN" => Language.ZhCn, "en" => Language.En, _ => null };
}
