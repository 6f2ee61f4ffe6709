using AiCloud.Pages;
using AiCloud.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Objections.Pages;

/// <summary>"This was not me" (C2.1f, C2.4c). Opening the link changes nothing, since mailboxes open links unasked; the button does.</summary>
internal sealed class NotMeModel(ObjectionDesk desk) : PageModel
{
    public string Token { get; private set; } = "";

    public AlarmView? Notice { get; private set; }

    public Task<IActionResult> OnGet(CancellationToken cancellation) => Show(Request.Query["token"].ToString(), token => desk.View(token, cancellation));

    public async Task<IActionResult> OnPost(CancellationToken cancellation) => await Show((await Request.ReadFormAsync(cancellation))["token"].ToString(), async token =>
    {
        var objected = await desk.Object(token);
        // The browser may have a session that has just ended.
        if (objected.Problem is null) PageCookies.Clear(HttpContext, PageCookies.Session);
        return objected;
    });

    private async Task<IActionResult> Show(string token, Func<string, Task<Answer<AlarmView>>> act)
    {
        var answer = await act(token);
        if (answer.Problem is { Code: not ProblemCode.NotFound } problem) return new ProblemAnswer(problem);
        (Token, Notice) = (token, answer.Value);
        if (Notice is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
