using AiCloud.Identity;
using AiCloud.Pages;
using AiCloud.Problems;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Registration.Pages;

/// <summary>"The account with this number is not mine" (C2.1g).</summary>
internal sealed partial class RegisterModel
{
    /// <summary>From when a number of which nobody knows yet may be claimed again; null before that was answered.</summary>
    public DateTimeOffset? ClaimableFrom { get; private set; }

    /// <summary>Why the number stays where it is.</summary>
    public Problem? Claim { get; private set; }

    /// <summary>Claims the number.</summary>
    public async Task<IActionResult> OnPostNotMine(CancellationToken cancellation)
    {
        if (ReadToken() is not { } token) return Redirect("/register");
        var answer = await HttpContext.RequestServices.GetRequiredService<NumberDesk>().NotMine(token, cancellation);
        if (answer.Value is { } view)
        {
            // The claim renews the attempt's lifetime, and so the cookie's.
            PageCookies.Write(HttpContext, PageCookies.Registration, PageCookies.Read(HttpContext, PageCookies.Registration)!, view.ExpiresAt);
            return Redirect("/register?notice=number-yours");
        }
        Claim = answer.Problem;
        ClaimableFrom = Claim!.Extensions.GetValueOrDefault("until") as DateTimeOffset?;
        var shown = await Look(cancellation);
        if (shown is not null || Step != Step.AccountExists) return shown ?? Redirect("/register");
        var page = Show(new());
        Response.StatusCode = Claim.Code.Entry().Status;
        return page;
    }
}
