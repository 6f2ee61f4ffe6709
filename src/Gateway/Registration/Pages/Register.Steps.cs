using System.Globalization;
using AiCloud.Documents;
using AiCloud.Languages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Registration.Pages;

/// <summary>The acts of the steps.</summary>
internal sealed partial class RegisterModel
{
    private static readonly string[] BirthDateFields = ["birthYear", "birthMonth", "birthDay"];

    /// <summary>Consent to the privacy agreement, before a contact is asked for (C0.2).</summary>
    public async Task<IActionResult> OnPostPrivacy(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        Published = await catalog.Get(cancellation);
        if (PrivacyInForce() is { } privacy && sent["privacy"] == RegistrationForms.ValueOf(privacy))
        {
            PageCookies.Write(HttpContext, PageCookies.Consent, ConsentOf(privacy));
            return Redirect(At());
        }
        var form = Keep(sent);
        // A box of another version was ticked: the text changed while it was read.
        form.Refuse("privacy", ProblemWords.Of(sent["privacy"].Count == 0 ? ProblemCode.PrivacyConsentMissing : ProblemCode.DocumentNotInForce));
        return await Again(form, cancellation);
    }

    /// <summary>Takes the contact and sends a code.</summary>
    public async Task<IActionResult> OnPostStart(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        Published = await catalog.Get(cancellation);
        var form = Keep(sent);
        if (ReadConsent() is not { } consent)
        {
            PageCookies.Clear(HttpContext, PageCookies.Consent);
            form.Refuse("privacy", ProblemWords.Of(ConsentedTo().Any() ? ProblemCode.DocumentNotInForce : ProblemCode.PrivacyConsentMissing));
            return await Again(form, cancellation);
        }
        var field = sent["method"].ToString();
        if (field is not ("phone" or "email")) form.Refuse("method", RegistrationTexts.MethodMissing);
        else if (string.IsNullOrWhiteSpace(sent[field])) form.Refuse(field, field == "phone" ? RegistrationTexts.PhoneMissing : RegistrationTexts.EmailMissing);
        // Described no longer since the form was handed out: said so, and the form goes on without it.
        if (IsServiceUnknown) form.Refuse(RegistrationTexts.ServiceUnknown);
        if (form.IsRefused) return await Again(form, cancellation);

        var caller = Caller.Of(HttpContext, channel: "web");
        var (request, fault) = RegistrationForms.Start(sent, consent, caller.Language, Service?.Id);
        if (fault is not null) return await Again(sent, fault, cancellation);
        var answer = await desk.Start(request!, caller, OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        // The form of a former page, sent again with another contact: a new act.
        if (answer.Problem?.Code is ProblemCode.IdempotencyKeyReused or ProblemCode.RegistrationExpired)
            answer = await desk.Start(request!, caller, OperationId.Fresh(HttpContext), cancellation);
        if (answer.Problem is { } problem) return await Again(sent, problem, cancellation);
        if (answer.Value!.Token is { } token)
        {
            PageCookies.Write(HttpContext, PageCookies.Registration, token, answer.Value.View.ExpiresAt);
            PageCookies.Clear(HttpContext, PageCookies.Consent);
        }
        return Redirect("/register");
    }

    /// <summary>Sends another code.</summary>
    public async Task<IActionResult> OnPostResend(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Redirect("/register");
        var answer = await desk.Resend(token, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(sent, problem, cancellation) : Redirect("/register?notice=code-sent");
    }

    /// <summary>Answers the code.</summary>
    public async Task<IActionResult> OnPostVerify(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Redirect("/register");
        var code = TypedCode.Normalise(sent["code"].ToString());
        // What cannot be a code costs no try.
        if (code.Length is 0 or > 32 || !code.All(char.IsAsciiDigit))
        {
            var form = new FormState();
            form.Refuse("code", RegistrationTexts.CodeMissing);
            return await Again(form, cancellation);
        }
        var answer = await desk.Verify(token, code, OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is { } problem)
        {
            var form = new FormState();
            form.Refuse("code", ProblemWords.Of(problem));
            return await Again(form, cancellation);
        }
        // Verification renews the attempt's lifetime, and so the cookie's.
        PageCookies.Write(HttpContext, PageCookies.Registration, PageCookies.Read(HttpContext, PageCookies.Registration)!, answer.Value!.ExpiresAt);
        return Redirect("/register");
    }

    /// <summary>Opens the account.</summary>
    public async Task<IActionResult> OnPostComplete(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (ReadToken() is not { } token) return Redirect("/register");
        Published = await catalog.Get(cancellation);
        Required = Published.RequiredAt(Now);
        var form = Keep(sent);
        RefuseWhatIsMissing(form, sent);
        if (form.IsRefused) return await Again(form, cancellation);

        var (request, fault) = RegistrationForms.Completion(sent, Required);
        if (fault is not null) return await Again(sent, fault, cancellation);
        var answer = await desk.Complete(token, request!, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Value is { } completed)
        {
            PageCookies.Write(HttpContext, PageCookies.Session, completed.SessionToken, completed.Session.ExpiresAt);
            PageCookies.Write(HttpContext, PageCookies.KnownClient, completed.KnownClient, clock.GetUtcNow() + Accounts.KnownClients.Lasts);
            // What else the service needs is given there, if the person wants it.
            return Leave(sent["service"].ToString() is { Length: > 0 } came && services.Catalogue.Find(came) is { } service
                ? $"/account/services?notice=registered&for={Uri.EscapeDataString(service.Id)}" : "/account?notice=registered");
        }
        if (answer.Problem!.Code == ProblemCode.DeclarationMissing)
        {
            // The two asked of everybody were made.
            if (answer.Problem.Errors.Any(error => RegistrationForms.FieldOf(error.Pointer) is not null)) form.Refuse(answer.Problem, RegistrationForms.FieldOf);
            form.Refuse("capacity", RegistrationTexts.CapacityMissing);
            return await Again(form, cancellation);
        }
        // The next step is the guardian's; nothing in the form was wrong.
        if (answer.Problem.Code is ProblemCode.GuardianRequired or ProblemCode.GuardianPending) return Redirect("/register");
        if (answer.Problem.Code != ProblemCode.UnderAge) return await Again(sent, answer.Problem, cancellation);
        // Refused and erased at once (C2.1a): nothing is left to come back to, and another date is not asked for here for a day.
        PageCookies.Clear(HttpContext, PageCookies.Registration);
        UnderAgeCookie.Write(HttpContext, clock.GetUtcNow());
        return new ProblemAnswer(answer.Problem);
    }

    private void RefuseWhatIsMissing(FormState form, IFormCollection sent)
    {
        var missing = Missing(sent).ToArray();
        var password = sent["password"].ToString();
        if (password.Length == 0) form.Refuse("password", RegistrationTexts.PasswordMissing);
        // Told along with what is missing. By itself it is judged after the age (C2.1a).
        else if (missing.Length > 0 && desk.PasswordFault(password, sent["displayName"]) is { } fault) form.Refuse("password", ProblemWords.Of(fault));
        foreach (var (field, text) in missing) form.Refuse(field, text);
    }

    private IEnumerable<(string Field, Localized Text)> Missing(IFormCollection sent)
    {
        if (BirthDateFields.Any(field => string.IsNullOrWhiteSpace(sent[field]))) yield return ("birthYear", RegistrationTexts.BirthDateMissing);
        else if (!DateOnly.TryParseExact(RegistrationForms.BirthDate(sent), "yyyy-MM-dd", out _)) yield return ("birthYear", RegistrationTexts.BirthDateWrong);
        foreach (var document in Required)
        {
            var box = RegistrationForms.BoxOf(document.Reference.Kind);
            if (sent[box] == RegistrationForms.ValueOf(document)) continue;
            // A box of other versions was ticked: a text changed while the form was filled in.
            yield return (box, Named(sent[box].Count == 0 ? RegistrationTexts.DocumentMissing
                : RegistrationForms.TextsOf(sent[box]).Contains(document.Reference) ? RegistrationTexts.IncorporatedChanged : RegistrationTexts.DocumentChanged, Text(document.Reference)));
        }
        // Capacity is not asked of 16 and 17: the actor, which knows the day, decides (C2.1c).
        if (sent["information"] != RegistrationForms.Yes) yield return ("information", RegistrationTexts.InformationMissing);
        if (sent["eligibility"] != RegistrationForms.Yes) yield return ("eligibility", RegistrationTexts.EligibilityMissing);
    }

    private static Localized Named(Localized text, DocumentVersion document) => new(
        string.Format(CultureInfo.InvariantCulture, text.ZhCn, document.Titles[Language.ZhCn.Tag()]),
        string.Format(CultureInfo.InvariantCulture, text.En, document.Titles[Language.En.Tag()]));
}
