using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Challenges;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Reauthentication.Pages;

/// <summary>"Confirm that it is you", on the way to something sensitive (S-06).</summary>
internal sealed class ConfirmModel(ReauthenticationDesk desk, ChallengeDesk challenges, Tokens tokens, IRandomness randomness, TimeProvider clock) : SignedInPage(tokens)
{
    public ReauthenticationView View { get; private set; } = null!;

    /// <summary>The code asked for; null before one was.</summary>
    public ChallengeView? Code { get; private set; }

    public string? CodeId { get; private set; }

    /// <summary>Where the person is going: a word, since an address could lead anywhere.</summary>
    public string To => Request.Query["to"].ToString() is "facts" or "password" or "data" or "guardian" ? Request.Query["to"].ToString() : "contacts";

    public string Operation { get; } = DerivedIds.New(randomness);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(who => Show(who, Request.Query["challenge"], new FormState(), cancellation));

    public Task<IActionResult> OnPostPassword(CancellationToken cancellation) => With(async who =>
    {
        var form = new FormState();
        var password = (await Request.ReadFormAsync(cancellation))["password"].ToString();
        if (password.Length is 0 or > 4096) form.Refuse("password", AccountTexts.PasswordMissing);
        if (form.IsRefused) return await Show(who, null, form, cancellation);
        var answer = await desk.ByPassword(who, password, OperationId.Fresh(HttpContext), cancellation);
        return answer.Problem is { } problem ? await Again(who, null, problem, cancellation) : Redirect(Destination);
    });

    public Task<IActionResult> OnPostSend(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var answer = await desk.SendCode(who, sent["contact"].ToString(), Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(who, null, problem, cancellation) : Redirect($"/account/confirm?to={To}&challenge={answer.Value!.Id}");
    });

    public Task<IActionResult> OnPostCode(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var (challenge, code) = (sent["challenge"].ToString(), sent["code"].ToString());
        if (code.Length is 0 or > 32) return await Again(who, challenge, Problem.Of(ProblemCode.CodeWrong), cancellation);
        var answer = await desk.ByCode(who, challenge, code, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(who, challenge, problem, cancellation) : Redirect(Destination);
    });

    public Task<IActionResult> OnPostResend(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var challenge = sent["challenge"].ToString();
        if (!ChallengeDesk.IsId(challenge)) return Redirect($"/account/confirm?to={To}");
        var answer = await challenges.Resend(challenge, ChallengeDesk.SubjectOf(who), Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(who, challenge, problem, cancellation) : Redirect($"/account/confirm?to={To}&challenge={challenge}&notice=code-sent");
    });

    private string Destination => To == "password" ? "/account#change-password" : $"/account/{To}";

    private Task<IActionResult> Again(SignedIn who, string? challenge, Problem problem, CancellationToken cancellation)
    {
        var form = new FormState();
        var field = problem.Code switch
        {
            ProblemCode.CredentialsWrong => "password",
            ProblemCode.CodeWrong or ProblemCode.CodeExpired or ProblemCode.CodeAttemptsExhausted => "code",
            _ => null,
        };
        var words = problem.Code == ProblemCode.CredentialsWrong ? AccountTexts.PasswordCurrentWrong : ProblemWords.Of(problem);
        if (field is null) form.Refuse(words);
        else form.Refuse(field, words);
        return Show(who, challenge, form, cancellation);
    }

    private async Task<IActionResult> Show(SignedIn who, string? challenge, FormState form, CancellationToken cancellation)
    {
        var view = await desk.View(who, cancellation);
        if (view.Problem is { Code: ProblemCode.NotFound }) return Ended();
        if (view.Problem is { } problem) return new ProblemAnswer(problem);
        View = view.Value!;
        if (challenge is not null && ChallengeDesk.IsId(challenge) && (await challenges.View(challenge, ChallengeDesk.SubjectOf(who), cancellation)).Value is { } code)
            (CodeId, Code) = (challenge, code);
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
