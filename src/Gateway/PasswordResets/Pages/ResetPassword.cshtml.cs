using System.Text.Json;
using AiCloud.Accounts.Pages;
using AiCloud.Challenges;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.PasswordResets.Pages;

/// <summary>A new password without the old one. The server's state decides the step; nothing tells whether a contact has an account before its code came .</summary>
internal sealed class ResetPasswordModel(PasswordResetDesk desk, Tokens tokens, IRandomness randomness, TimeProvider clock) : PageModel
{
    public ResetView? Reset { get; private set; }

    /// <summary>The second contact's code, while it is asked for.</summary>
    public StartedChallenge? Second { get; private set; }

    /// <summary>The second contact's answered challenge.</summary>
    public string? SecondProven { get; private set; }

    public bool MaySet => SecondProven is not null || Reset?.Standing is { Allowed: true };

    public string Operation { get; } = DerivedIds.New(randomness);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public Task<IActionResult> OnGet(CancellationToken cancellation) => Show(new FormState(), cancellation);

    public async Task<IActionResult> OnPostStart(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, "method", "phone", "email");
        var method = sent["method"].ToString();
        string? Typed(string name) => method == name && sent[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        var (request, fault) = RequestBody.Parse<ResetRequest>(JsonSerializer.SerializeToUtf8Bytes(new { method, phone = Typed("phone"), email = Typed("email") }, WireJson.Options));
        if (fault is not null) return await Again(form, fault, cancellation);
        var answer = await desk.Start(request!, Web, OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is { } problem) return await Again(form, problem, cancellation);
        if (answer.Value!.Token is { } token) PageCookies.Write(HttpContext, PageCookies.PasswordReset, token);
        return Redirect("/reset-password");
    }

    public async Task<IActionResult> OnPostVerify(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Lapsed();
        var code = sent["code"].ToString();
        if (code.Length is 0 or > 32) return await Again(new FormState(), Problem.Of(ProblemCode.CodeWrong), cancellation);
        var answer = await desk.Verify(token, code, Web, OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(new FormState(), problem, cancellation) : Redirect("/reset-password");
    }

    public async Task<IActionResult> OnPostResend(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Lapsed();
        var answer = await desk.Resend(token, Web, OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(new FormState(), problem, cancellation) : Redirect("/reset-password?notice=code-sent");
    }

    public async Task<IActionResult> OnPostSecond(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Lapsed();
        var answer = await desk.SendSecond(token, sent["contact"].ToString(), Web, OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is { } problem) return await Again(new FormState(), problem, cancellation);
        Second = answer.Value;
        return await Show(new FormState(), cancellation);
    }

    public async Task<IActionResult> OnPostSecondVerify(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Lapsed();
        var (challenge, code) = (sent["challenge"].ToString(), sent["code"].ToString());
        var answer = code.Length is 0 or > 32 ? Problem.Of(ProblemCode.CodeWrong)
            : await desk.VerifySecond(token, challenge, code, Web, OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is { } problem)
        {
            Second = await desk.Second(token, challenge, cancellation);
            return await Again(new FormState(), problem, cancellation);
        }
        SecondProven = challenge;
        return await Show(new FormState(), cancellation);
    }

    public async Task<IActionResult> OnPostAnnounce(CancellationToken cancellation)
    {
        if (ReadToken() is not { } token) return Lapsed();
        var answer = await desk.Announce(token, Web, OperationId.Fresh(HttpContext), cancellation);
        return answer.Problem is { } problem ? await Again(new FormState(), problem, cancellation) : Redirect("/reset-password");
    }

    public async Task<IActionResult> OnPostComplete(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Lapsed();
        var (password, second) = (sent["password"].ToString(), sent["second"].ToString() is { Length: > 0 } id ? id : null);
        SecondProven = second;
        var form = new FormState();
        if (password.Length == 0) form.Refuse("password", AccountTexts.PasswordNewMissing);
        if (form.IsRefused) return await Show(form, cancellation);
        var (request, fault) = RequestBody.Parse<ResetCompletionRequest>(JsonSerializer.SerializeToUtf8Bytes(new { password, secondChallenge = second }, WireJson.Options));
        if (fault is not null) return await Again(form, fault, cancellation);
        var answer = await desk.Complete(token, request!, Web, OperationId.Fresh(HttpContext), cancellation);
        if (answer.Problem is { } problem) return await Again(form, problem, cancellation);
        PageCookies.Clear(HttpContext, PageCookies.PasswordReset);
        PageCookies.Clear(HttpContext, PageCookies.Session);
        return Redirect("/sign-in?notice=password-reset");
    }

    public IActionResult OnPostAgain()
    {
        PageCookies.Clear(HttpContext, PageCookies.PasswordReset);
        return Redirect("/reset-password");
    }

    private Caller Web => Caller.Of(HttpContext, channel: "web");

    private Token? ReadToken() => tokens.TryRead(PageCookies.Read(HttpContext, PageCookies.PasswordReset), Tokens.PasswordReset, out var token) ? token : null;

    private RedirectResult Lapsed()
    {
        PageCookies.Clear(HttpContext, PageCookies.PasswordReset);
        return Redirect("/reset-password?notice=code-lapsed");
    }

    private Task<IActionResult> Again(FormState form, Problem problem, CancellationToken cancellation)
    {
        if (problem.Code is ProblemCode.CodeWrong or ProblemCode.CodeAttemptsExhausted) form.Refuse("code", ProblemWords.Of(problem));
        else form.Refuse(problem, pointer => pointer.TrimStart('/'));
        return Show(form, cancellation);
    }

    private async Task<IActionResult> Show(FormState form, CancellationToken cancellation)
    {
        if (ReadToken() is { } token)
        {
            var view = await desk.View(token, cancellation);
            if (view.Problem is { Code: ProblemCode.CodeExpired or ProblemCode.NotFound }) return Lapsed();
            if (view.Problem is { } problem) return new ProblemAnswer(problem);
            if (view.Value!.Standing is { Done: true }) return Lapsed();
            Reset = view.Value;
        }
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
