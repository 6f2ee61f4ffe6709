using System.Text.Json;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Accounts.Pages;

/// <summary>Signing in. One answer for a wrong password and an unknown person, by words and by time.</summary>
internal sealed class SignInModel(AccountDesk desk, TimeProvider clock) : PageModel
{
    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, "identifier");
        var (identifier, password) = (sent["identifier"].ToString().Trim(), sent["password"].ToString());
        if (identifier.Length == 0) form.Refuse("identifier", AccountTexts.IdentifierMissing);
        if (password.Length == 0) form.Refuse("password", AccountTexts.PasswordMissing);
        if (form.IsRefused) return Show(form);

        // By the API's rules; what breaks them is nobody's identifier or password.
        var (request, fault) = RequestBody.Parse<SignInRequest>(JsonSerializer.SerializeToUtf8Bytes(new { identifier, password, knownClient = Mark() }, WireJson.Options));
        if (fault is not null)
        {
            form.Refuse(ProblemWords.Of(ProblemCode.CredentialsWrong));
            return Show(form);
        }
        var answer = await desk.SignIn(request!, Caller.Of(HttpContext, channel: "web"), OperationId.Fresh(HttpContext), cancellation);
        if (answer.Problem is { } problem)
        {
            form.Refuse(ProblemWords.Of(problem));
            return Show(form);
        }
        PageCookies.Write(HttpContext, PageCookies.Session, answer.Value!.Token, answer.Value.Opened.Session.ExpiresAt);
        PageCookies.Write(HttpContext, PageCookies.KnownClient, answer.Value.KnownClient, clock.GetUtcNow() + KnownClients.Lasts);
        // Shown at every sign-in until it is decided: signing in itself accepts nothing (C2.5c).
        return Redirect(answer.Value.Opened.Account is { NoticeDue: [], ConsentDue: [] } ? "/account" : "/account/changes");
    }

    // What is no mark by its length is nobody's fault in the form.
    private string? Mark() => PageCookies.Read(HttpContext, PageCookies.KnownClient) is { Length: <= Protection.Tokens.LongestText } mark ? mark : null;

    private PageResult Show(FormState form)
    {
        ViewData.Form(form);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
