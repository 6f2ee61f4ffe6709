using AiCloud.Accounts.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Contacts.Pages;

/// <summary>The account's own facts, unmasked, after full re-authentication (S-06).</summary>
internal sealed class FactsModel(ContactDesk desk, Tokens tokens) : SignedInPage(tokens)
{
    public FactsView Facts { get; private set; } = null!;

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(async who =>
    {
        var answer = await desk.Facts(who, cancellation);
        if (answer.Problem is { Code: ProblemCode.ReauthenticationRequired }) return Redirect("/account/confirm?to=facts");
        if (answer.Problem is { Code: ProblemCode.NotFound }) return Ended();
        if (answer.Problem is { } problem) return new ProblemAnswer(problem);
        Facts = answer.Value!;
        return Page();
    });
}
