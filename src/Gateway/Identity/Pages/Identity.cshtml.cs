using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Languages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Reauthentication;
using AiCloud.Requests;
using AiCloud.Services;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Identity.Pages;

/// <summary>Proving the real name: the separate consent first, then kind, name and number (C2.1e, L-09).</summary>
internal sealed class IdentityModel(AccountDesk accounts, IdentityDesk desk, ReauthenticationDesk authentication, Tokens tokens, IRandomness randomness) : SignedInPage(tokens)
{
    public IdentityView View { get; private set; } = null!;

    /// <summary>The purpose in force; null when the text says nothing of a check.</summary>
    public ConsentView? Purpose { get; private set; }

    public FormState Form { get; private set; } = new();

    /// <summary>The authentication is too old, so the form asks for the password with the rest (S-06).</summary>
    public bool NeedsPassword { get; private set; }

    /// <summary>Names the act of the form handed out now: sent twice, it acts once.</summary>
    public string Operation { get; } = DerivedIds.New(randomness);

    /// <summary>The type of service that the proof is for; null for none in particular.</summary>
    public ServiceType? Service { get; private set; }

    public Task<IActionResult> OnGet(string? service, CancellationToken cancellation)
    {
        Service = desk.Service(service);
        return With(who => Show(who, new FormState(), cancellation));
    }

    public Task<IActionResult> OnPostConsent(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = new FormState();
        Service = desk.Service(CertificateFields.Given(sent["service"]));
        if (sent["consent"] != "yes")
        {
            form.Refuse("consent", IdentityTexts.ConsentMissing);
            return await Show(who, form, cancellation);
        }
        var document = new DocumentReference { Kind = DocumentCatalog.PrivacyKind, Version = sent["version"].ToString(), Sha256 = sent["sha256"].ToString() };
        var answer = await accounts.Decide(who, ConsentEndpoints.Decision(IdentityView.Purpose, given: true, document, Caller.Of(HttpContext, channel: "web")), cancellation);
        if (answer.Problem is { Code: not ProblemCode.NotFound } problem) form.Refuse("consent", ProblemWords.Of(problem));
        return answer.Problem is null ? Redirect(Service is { } service ? $"/account/identity?service={service.Id}" : "/account/identity") : await Show(who, form, cancellation);
    });

    public Task<IActionResult> OnPostSubmit(CancellationToken cancellation) => Submit(CertificateFields.Kept, (sent, form) =>
    {
        // The number is entered anew: it must not come back in a page.
        if (string.IsNullOrWhiteSpace(sent["name"])) form.Refuse("name", IdentityTexts.NameMissing);
        if (string.IsNullOrWhiteSpace(sent["number"])) form.Refuse("number", IdentityTexts.NumberMissing);
        return CertificateFields.Body(sent);
    }, "password", cancellation);

    public Task<IActionResult> OnPostNetworkId(CancellationToken cancellation) => Submit([], (sent, form) =>
    {
        if (string.IsNullOrWhiteSpace(sent["credential"])) form.Refuse("credential", IdentityTexts.CredentialMissing);
        return new { method = "network_id", credential = sent["credential"].ToString().Trim(), service = CertificateFields.Given(sent["service"]) };
    }, "password-network", cancellation);

    private Task<IActionResult> Submit(string[] kept, Func<IFormCollection, FormState, object> read, string passwordField, CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, kept);
        Service = desk.Service(CertificateFields.Given(sent["service"]));
        var body = read(sent, form);
        if (form.IsRefused) return await Show(who, form, cancellation);
        if (sent["password"].ToString() is { Length: > 0 } password && (await authentication.ByPassword(who, password, OperationId.Fresh(HttpContext), cancellation)).Problem is { } wrong)
        {
            form.Refuse(passwordField, wrong.Code == ProblemCode.CredentialsWrong ? IdentityTexts.PasswordWrong : ProblemWords.Of(wrong));
            return await Show(who, form, cancellation);
        }
        var (request, fault) = RequestBody.Parse<IdentityRequestBody>(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));
        var language = LanguageChoice.Speak(HttpContext);
        var problem = fault ?? (await desk.Submit(who, request!, language, OperationId.OfForm(HttpContext, sent["operation"]), cancellation)).Problem;
        if (problem is null) return Redirect("/account/identity");
        if (problem.Code == ProblemCode.NotFound) return Ended();
        if (problem.Code == ProblemCode.ReauthenticationRequired) form.Refuse(passwordField, IdentityTexts.Again);
        else form.Refuse(problem, pointer => pointer.TrimStart('/'));
        return await Show(who, form, cancellation);
    });

    private async Task<IActionResult> Show(SignedIn who, FormState form, CancellationToken cancellation)
    {
        var view = await desk.View(who, cancellation);
        if (view.Problem is { Code: ProblemCode.NotFound }) return Ended();
        var (consents, standing) = (await accounts.Consents(who, cancellation), await authentication.View(who, cancellation));
        if ((view.Problem ?? consents.Problem ?? standing.Problem) is { } problem) return new ProblemAnswer(problem);
        View = view.Value!;
        Purpose = consents.Value!.FirstOrDefault(purpose => purpose.Purpose.Id == IdentityView.Purpose && purpose.Document.Kind == DocumentCatalog.PrivacyKind);
        NeedsPassword = standing.Value!.ValidUntil <= HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + TimeSpan.FromMinutes(2);
        Form = form;
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
