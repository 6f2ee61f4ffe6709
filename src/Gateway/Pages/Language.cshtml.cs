using AiCloud.Languages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Pages;

/// <summary>The language switch: remembers the choice and goes back to where it was made.</summary>
internal sealed class LanguageSwitch(TimeProvider clock) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPost(CancellationToken cancellation)
    {
        var form = await Request.ReadFormAsync(cancellation);
        if (PageLanguage.TryParse(form["to"]) is { } chosen) PageCookies.Write(HttpContext, PageCookies.Language, chosen.Tag(), clock.GetUtcNow().AddYears(1));
        var back = form["back"].ToString();
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
