using AiCloud.Guardians;
using AiCloud.Guardians.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AiCloud.Registration.Pages;

/// <summary>16 and 17: inviting a guardian, and waiting for them (C2.1b).</summary>
internal sealed partial class RegisterModel
{
    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // "I do not agree" works whatever was refused before.
        if (context.HandlerMethod?.Name == "Erase" || UnderAgeCookie.Wait(HttpContext, clock.GetUtcNow()) is not { } wait) return;
        context.Result = new ProblemAnswer(Problem.Of(ProblemCode.UnderAge, wait));
    }

    /// <summary>Invites, and does nothing else.</summary>
    public async Task<IActionResult> OnPostInvite(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Redirect("/register");
        var form = FormState.Of(sent, "guardianMethod", "guardianPhone", "guardianEmail");
        var (request, fault) = GuardianForms.Contact(sent, form);
        if (form.IsRefused) return await Again(form, cancellation);
        var problem = fault;
        if (problem is null)
        {
            var answer = await guardians.Invite(token, request!, GuardianLinks.Of(HttpContext), Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
            if (answer.Value is { } view)
            {
                KeepUntil(view.ExpiresAt);
                return Redirect("/register?notice=guardian-invited");
            }
            problem = answer.Problem;
        }
        form.Refuse(problem!, GuardianForms.FieldOf);
        return await Again(form, cancellation);
    }

    // The attempt lives as long as the guardian may take; whoever closes the browser meanwhile resumes.
    private void KeepUntil(DateTimeOffset until)
    {
        if (PageCookies.Read(HttpContext, PageCookies.Registration) is { } text) PageCookies.Write(HttpContext, PageCookies.Registration, text, until);
    }
}
