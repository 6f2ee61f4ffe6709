using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Consent.Pages;

/// <summary>What changes, shown after sign-in with "go on" and "I do not agree" (C2.5c). Looking at it accepts nothing.</summary>
internal sealed class ChangesModel(AccountDesk desk, Tokens tokens) : SignedInPage(tokens)
{
    public IReadOnlyList<DueNotice> Notices { get; private set; } = [];

    public IReadOnlyList<ConsentView> Purposes { get; private set; } = [];

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(async who =>
    {
        var view = await desk.View(who, cancellation);
        if (view.Problem is { } problem) return problem.Code == ProblemCode.NotFound ? Ended() : new ProblemAnswer(problem);
        Notices = view.Value!.NoticeDue;
        Purposes = [.. view.Value.ConsentDue.SelectMany(due => due.Purposes)];
        return Page();
    });

    public Task<IActionResult> OnPostGoOn(CancellationToken cancellation) => With(async who =>
    {
        var answer = await desk.GoOn(who.Acting(ActsOfUse.GoOn, Caller.Of(HttpContext, channel: "web")), cancellation);
        if (answer.Problem is { } problem) return problem.Code == ProblemCode.NotFound ? Ended() : new ProblemAnswer(problem);
        return Redirect("/account?notice=going-on");
    });
}
