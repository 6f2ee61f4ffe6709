using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Challenges;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Contacts.Pages;

/// <summary>The code that a new contact received (C2.1f).</summary>
internal sealed class ContactCodeModel(ContactDesk desk, ChallengeDesk challenges, Tokens tokens, IRandomness randomness, TimeProvider clock) : SignedInPage(tokens)
{
    public string Id { get; private set; } = "";

    public ChallengeView Code { get; private set; } = null!;

    public string Operation { get; } = DerivedIds.New(randomness);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public Task<IActionResult> OnGet(string id, CancellationToken cancellation) => With(who => Show(who, id, new FormState(), cancellation));

    public Task<IActionResult> OnPostConfirm(string id, CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = new FormState();
        var code = sent["code"].ToString();
        if (code.Length is 0 or > 32) form.Refuse("code", ProblemWords.Of(ProblemCode.CodeWrong));
        if (form.IsRefused) return await Show(who, id, form, cancellation);
        var answer = await desk.Confirm(who, id, code, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is not { } problem) return Redirect("/account/contacts?notice=contact-added");
        form.Refuse(problem.Code is ProblemCode.CodeWrong or ProblemCode.CodeExpired or ProblemCode.CodeAttemptsExhausted ? "code" : "", ProblemWords.Of(problem));
        return await Show(who, id, form, cancellation);
    });

    public Task<IActionResult> OnPostResend(string id, CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (!ChallengeDesk.IsId(id)) return Redirect("/account/contacts");
        var answer = await challenges.Resend(id, ChallengeDesk.SubjectOf(who), Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is not { } problem) return Redirect($"/account/contacts/{id}?notice=code-sent");
        var form = new FormState();
        form.Refuse(ProblemWords.Of(problem));
        return await Show(who, id, form, cancellation);
    });

    private async Task<IActionResult> Show(SignedIn who, string id, FormState form, CancellationToken cancellation)
    {
        if (!ChallengeDesk.IsId(id)) return Redirect("/account/contacts");
        var view = await challenges.View(id, ChallengeDesk.SubjectOf(who), cancellation);
        if (view.Problem is { Code: ProblemCode.NotFound }) return Redirect("/account/contacts?notice=code-lapsed");
        if (view.Problem is { } problem) return new ProblemAnswer(problem);
        (Id, Code) = (id, view.Value!);
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
