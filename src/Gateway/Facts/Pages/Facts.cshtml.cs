using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Challenges;
using AiCloud.Identifiers;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Facts.Pages;

/// <summary>How one's facts stand: proving anew, objecting, and the yearly question (C2.1f, C2.1g). No visit and no form here is an act of use.</summary>
internal sealed class FactsModel(FactsDesk desk, Tokens tokens) : SignedInPage(tokens)
{
    public FactStandings View { get; private set; } = null!;

    /// <summary>The code under way, and its id.</summary>
    public (string Id, ChallengeView View)? Code { get; private set; }

    public FormState Form { get; private set; } = new();

    /// <summary>The mark to which an objection was refused for want of words.</summary>
    public string? Contested { get; private set; }

    public Task<IActionResult> OnGet(string? code, CancellationToken cancellation) => With(who => Show(who, code, new FormState(), cancellation));

    public Task<IActionResult> OnPostConfirm(CancellationToken cancellation) => With(async who =>
        await desk.Confirm(who, OperationId.Fresh(HttpContext), cancellation) is { Problem: { } problem } ? Failed(problem) : Redirect("/account/fact-marks?notice=facts-confirmed"));

    public Task<IActionResult> OnPostCode(CancellationToken cancellation) => With(async who =>
    {
        var contact = (await Request.ReadFormAsync(cancellation))["contact"].ToString();
        var started = await desk.SendCode(who, contact, Caller.Of(HttpContext, channel: "web"), OperationId.Fresh(HttpContext), cancellation);
        if (started.Problem is { } problem) return await Again(who, null, new FormState(), problem, cancellation);
        return Redirect($"/account/fact-marks?code={Uri.EscapeDataString(started.Value!.Id)}");
    });

    public Task<IActionResult> OnPostProve(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var (challenge, form) = (sent["challenge"].ToString(), new FormState());
        var (request, fault) = Parse<FactProofAnswerRequest>(new { code = sent["code"].ToString().Trim() });
        if (fault is not null) form.Refuse("code", FactsTexts.CodeMissing);
        if (form.IsRefused) return await Show(who, challenge, form, cancellation);
        var answer = await desk.Prove(who, challenge, request!.Code, Caller.Of(HttpContext, channel: "web"), OperationId.Fresh(HttpContext), cancellation);
        if (answer.Problem is { Code: ProblemCode.CodeWrong } wrong) form.Refuse("code", ProblemWords.Of(wrong));
        else if (answer.Problem is { } problem) return await Again(who, null, form, problem, cancellation);
        return form.IsRefused ? await Show(who, challenge, form, cancellation) : Redirect("/account/fact-marks?notice=fact-proven");
    });

    public Task<IActionResult> OnPostContest(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, "words");
        var (request, fault) = Parse<ContestRequest>(new { words = sent["words"].ToString().ReplaceLineEndings("\n").Trim() });
        if (fault is not null) (form, Contested) = (Refused(form), sent["mark"].ToString());
        if (form.IsRefused) return await Show(who, null, form, cancellation);
        var answer = await desk.Contest(who, sent["mark"].ToString(), request!.Words, OperationId.Fresh(HttpContext), cancellation);
        return answer.Problem is { } problem ? await Again(who, null, form, problem, cancellation) : Redirect("/account/fact-marks?notice=fact-contested");
    });

    private static FormState Refused(FormState form)
    {
        form.Refuse("words", FactsTexts.ContestMissing);
        return form;
    }

    /// <summary>Contacts by which a fact can be proven anew.</summary>
    public IEnumerable<ContactView> ContactsOf(AccountFact fact) => View.Contacts.Where(contact => fact switch
    {
        AccountFact.Phone => contact.Kind == IdentifierKind.Phone,
        AccountFact.Email => contact.Kind == IdentifierKind.Email,
        _ => false,
    });

    private async Task<IActionResult> Again(SignedIn who, string? code, FormState form, Problem problem, CancellationToken cancellation)
    {
        form.Refuse(problem, _ => null);
        return await Show(who, code, form, cancellation);
    }

    private async Task<IActionResult> Show(SignedIn who, string? code, FormState form, CancellationToken cancellation)
    {
        var view = await desk.View(who, cancellation);
        if (view.Problem is { } problem) return Failed(problem);
        View = view.Value!;
        if (code is not null && await desk.Code(who, code, cancellation) is { Value: { Proven: false } waits }) Code = (code, waits);
        Form = form;
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private IActionResult Failed(Problem problem) => problem.Code == ProblemCode.NotFound ? Ended() : new ProblemAnswer(problem);

    private static (T? Value, Problem? Problem) Parse<T>(object body) where T : class => RequestBody.Parse<T>(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));
}
