using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Reauthentication;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.PersonalData.Pages;

/// <summary>"My data": asks for a copy, shows how far it is, and hands it over.</summary>
internal sealed class DataModel(DataDesk desk, ReauthenticationDesk reauthentication, TimeProvider clock, Tokens tokens) : SignedInPage(tokens)
{
    private static readonly TimeSpan TimeToRead = TimeSpan.FromMinutes(1);

    /// <summary>The newest copy; null when none was asked for.</summary>
    public ExportView? Newest { get; private set; }

    /// <summary>Whether the person has to confirm who they are: the last authentication is too old, or soon will be (S-06).</summary>
    public bool Confirms { get; private set; }

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(who => Show(who, new FormState(), cancellation));

    public Task<IActionResult> OnPostAsk(CancellationToken cancellation) => With(async who =>
    {
        var answer = await desk.Request(who, OperationId.Fresh(HttpContext), cancellation);
        if (answer.Problem is not { } problem)
        {
            await Wait(who, answer.Value!, cancellation);
            return Redirect("/account/data");
        }
        if (problem.Code == ProblemCode.NotFound) return Ended();
        var form = new FormState();
        form.Refuse(ProblemWords.Of(problem));
        return await Show(who, form, cancellation);
    });

    // Most copies are made before anybody could press a key: whoever has no script is spared looking again.
    private async Task Wait(SignedIn who, ExportView view, CancellationToken cancellation)
    {
        for (var looks = 0; looks < 10 && view.State == ExportState.Preparing; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            if ((await desk.Read(who, view.Id, cancellation)).Value is not { } now) return;
            view = now;
        }
    }

    private async Task<IActionResult> Show(SignedIn who, FormState form, CancellationToken cancellation)
    {
        var standing = await reauthentication.View(who, cancellation);
        if (standing.Problem is { } ended) return ended.Code == ProblemCode.NotFound ? Ended() : new ProblemAnswer(ended);
        Confirms = standing.Value!.ValidUntil < clock.GetUtcNow() + TimeToRead;
        var newest = await desk.Read(who, null, cancellation);
        if (newest.Problem is { Code: not ProblemCode.NotFound } problem) return new ProblemAnswer(problem);
        Newest = newest.Value;
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
