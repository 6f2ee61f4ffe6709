using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Contacts.Pages;

/// <summary>Contacts of the account (C2.1f). Each change asks for full re-authentication first, and comes back here.</summary>
internal sealed class ContactsModel(ContactDesk desk, AccountDesk accounts, Tokens tokens, IRandomness randomness) : SignedInPage(tokens)
{
    public AccountView View { get; private set; } = null!;

    /// <summary>Names the act of the form handed out now: sent twice, it acts once.</summary>
    public string Operation { get; } = DerivedIds.New(randomness);

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(who => Show(who, new FormState(), cancellation));

    public Task<IActionResult> OnPostBegin(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, "method", "phone", "email", "replaces");
        var method = sent["method"].ToString();
        string? Typed(string name) => method == name && sent[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        var replaces = sent["replaces"].ToString();
        var (request, fault) = RequestBody.Parse<NewContactRequest>(JsonSerializer.SerializeToUtf8Bytes(
            new { method, phone = Typed("phone"), email = Typed("email"), replaces = replaces.Length == 0 ? null : replaces }, WireJson.Options));
        if (fault is not null) return await Again(who, form, fault, cancellation);
        var answer = await desk.Begin(who, request!, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(who, form, problem, cancellation) : Redirect($"/account/contacts/{answer.Value!.Id}");
    });

    public Task<IActionResult> OnPostRemove(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var answer = await desk.Remove(who, sent["contact"].ToString(), Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(who, new FormState(), problem, cancellation) : Redirect("/account/contacts?notice=contact-removed");
    });

    private async Task<IActionResult> Again(SignedIn who, FormState form, Problem problem, CancellationToken cancellation)
    {
        if (problem.Code == ProblemCode.ReauthenticationRequired) return Redirect("/account/confirm?to=contacts");
        if (problem.Code != ProblemCode.NotFound) form.Refuse(problem, pointer => pointer.TrimStart('/'));
        return await Show(who, form, cancellation);
    }

    private async Task<IActionResult> Show(SignedIn who, FormState form, CancellationToken cancellation)
    {
        var view = await accounts.View(who, cancellation);
        if (view.Problem is { Code: ProblemCode.NotFound }) return Ended();
        if (view.Problem is { } problem) return new ProblemAnswer(problem);
        View = view.Value!;
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
