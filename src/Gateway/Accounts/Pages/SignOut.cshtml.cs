using AiCloud.Pages;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Accounts.Pages;

/// <summary>Signing out: ends the session at the account, then forgets it here.</summary>
internal sealed class SignOutModel(AccountDesk desk, Tokens tokens) : PageModel
{
    /// <summary>Asks first: only a form's POST changes anything (W-02).</summary>
    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost(CancellationToken cancellation)
    {
        if (PageCookies.Read(HttpContext, PageCookies.Session) is { } text && SessionTokens.Read(tokens, text) is { } who)
            await desk.EndSessions(who, new SessionSelection { Id = who.Proof.Session }, cancellation);
        PageCookies.Clear(HttpContext, PageCookies.Session);
        return Redirect("/?notice=signed-out");
    }
}
