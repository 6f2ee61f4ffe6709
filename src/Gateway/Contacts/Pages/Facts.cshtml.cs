using System.Globalization;
using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Consent;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration.Pages;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Contacts.Pages;

/// <summary>The account's own facts, unmasked, after full re-authentication (S-06), and the correction of a stated birth date (C2.1a, C2.1f).</summary>
internal sealed class FactsModel(ContactDesk desk, AccountDesk accounts, Tokens tokens) : SignedInPage(tokens)
{
    private static readonly string[] BirthFields = ["birthYear", "birthMonth", "birthDay"];

    public FactsView Facts { get; private set; } = null!;

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(who => Show(who, new FormState(), cancellation));

    public Task<IActionResult> OnPostBirth(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, BirthFields);
        if (BirthFields.Any(field => string.IsNullOrWhiteSpace(sent[field])))
        {
            form.Refuse("birthYear", RegistrationTexts.BirthDateMissing);
            return await Show(who, form, cancellation);
        }
        var (patch, fault) = RequestBody.Parse<AccountPatch>(JsonSerializer.SerializeToUtf8Bytes(new { birthDate = RegistrationForms.BirthDate(sent) }, WireJson.Options));
        if (fault is not null) return await Again(who, form, fault, cancellation);
        var acting = who.Acting(ActsOfUse.AccountChange, Caller.Of(HttpContext, channel: "web"));
        var answer = await accounts.Change(acting, AccountEndpoints.ChangeOf(patch!), cancellation);
        return answer.Problem is { } problem ? await Again(who, form, problem, cancellation) : Redirect("/account/facts?notice=saved");
    });

    private Task<IActionResult> Again(SignedIn who, FormState form, Problem problem, CancellationToken cancellation)
    {
        switch (problem.Code)
        {
            case ProblemCode.NotFound: return Task.FromResult<IActionResult>(Ended());
            case ProblemCode.ConsentRequired: return Task.FromResult<IActionResult>(Redirect("/account/changes?notice=consent-needed"));
            case ProblemCode.Invalid or ProblemCode.BirthDateInvalid: form.Refuse("birthYear", RegistrationTexts.BirthDateWrong); break;
            case ProblemCode.BirthDateNeedsProof: form.Refuse("birthYear", ProblemWords.Of(problem)); break;
            default: form.Refuse(ProblemWords.Of(problem)); break;
        }
        return Show(who, form, cancellation);
    }

    private async Task<IActionResult> Show(SignedIn who, FormState form, CancellationToken cancellation)
    {
        var answer = await desk.Facts(who, cancellation);
        if (answer.Problem is { Code: ProblemCode.ReauthenticationRequired }) return Redirect("/account/confirm?to=facts");
        if (answer.Problem is { Code: ProblemCode.NotFound }) return Ended();
        if (answer.Problem is { } problem) return new ProblemAnswer(problem);
        Facts = answer.Value!;
        if (!form.IsRefused)
        {
            foreach (var (field, part) in BirthFields.Zip([Facts.BirthDate.Year, Facts.BirthDate.Month, Facts.BirthDate.Day]))
                form.With(field, part.ToString(CultureInfo.InvariantCulture));
        }
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
