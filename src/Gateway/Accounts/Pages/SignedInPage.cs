using AiCloud.Pages;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Accounts.Pages;

/// <summary>A page of a person's own account. A session that ended elsewhere is noticed by the account's own answer, at the next request (S-05).</summary>
internal abstract class SignedInPage(Tokens tokens) : PageModel
{
    private protected async Task<IActionResult> With(Func<SignedIn, Task<IActionResult>> act)
    {
        if (PageCookies.Read(HttpContext, PageCookies.Session) is not { } text) return Redirect("/sign-in");
        return SessionTokens.Read(tokens, text) is { } who ? await act(who) : Ended("/sign-in?notice=session-ended");
    }

    private protected RedirectResult Ended(string address = "/sign-in?notice=session-ended")
    {
        PageCookies.Clear(HttpContext, PageCookies.Session);
        return Redirect(address);
    }
}
