using AiCloud.Challenges;
using AiCloud.Documents;
using AiCloud.Documents.Pages;
using AiCloud.Identity;
using AiCloud.Identity.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration.Pages;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Guardians.Pages;

/// <summary>The guardian's own page (C2.1b). The link of the message carries the token, which goes into a cookie of this browser and out of the address.</summary>
internal sealed class InvitationModel(GuardianDesk desk, ChallengeDesk challenges, DocumentCatalog catalog, Tokens tokens, IRandomness randomness, TimeProvider clock) : PageModel
{
    private const string TokenCookie = "guardian-invitation", ChallengeCookie = "guardian-challenge";

    public InvitationView? View { get; private set; }

    /// <summary>The code under way; null before one was asked for.</summary>
    public ChallengeView? Code { get; private set; }

    public DocumentSet Published { get; private set; } = DocumentSet.Empty;

    public IReadOnlyList<RequiredDocument> Required { get; private set; } = [];

    public string Operation { get; } = DerivedIds.New(randomness);

    /// <summary>What the identity check is for, as the text in force says it.</summary>
    public ProcessingPurpose? IdentityPurpose => Published.InForce(DocumentCatalog.PrivacyKind, Now)?.Processing.FirstOrDefault(purpose => purpose.Id == IdentityView.Purpose);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public AnnouncedAmendments Announced => AnnouncedAmendments.Of(Published, catalog.AllKinds, Now) with { IsBrief = true };

    public DocumentVersion Text(DocumentReference document) => Published.Find(document.Kind, document.Version)!;

    public async Task<IActionResult> OnGet(string? token, CancellationToken cancellation)
    {
        if (token is null) return await Show(new FormState(), cancellation);
        if (tokens.TryRead(token, Tokens.GuardianInvitation, out _)) PageCookies.Write(HttpContext, TokenCookie, token, Now + TimeSpan.FromDays(7));
        PageCookies.Clear(HttpContext, ChallengeCookie);
        return Redirect("/guardian/invitation");
    }

    public Task<IActionResult> OnPostCode(CancellationToken cancellation) => With(async (token, sent) =>
    {
        var answer = await desk.SendCode(token, sent["guardianPhone"].ToString(), Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is { } problem) return await Again(FormState.Of(sent, "guardianPhone"), problem, cancellation);
        PageCookies.Write(HttpContext, ChallengeCookie, answer.Value!.Id, answer.Value.View.ExpiresAt);
        return Redirect("/guardian/invitation");
    }, cancellation);

    public Task<IActionResult> OnPostVerify(CancellationToken cancellation) => With(async (token, sent) =>
    {
        var code = sent["code"].ToString().Trim();
        if (code.Length is 0 or > 32 || PageCookies.Read(HttpContext, ChallengeCookie) is not { } challenge)
        {
            var form = new FormState();
            form.Refuse("code", RegistrationTexts.CodeMissing);
            return await Show(form, cancellation);
        }
        var answer = await desk.Prove(token, new GuardianCodeRequest { Challenge = challenge, Code = code }, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is { } problem)
        {
            var form = new FormState();
            form.Refuse("code", ProblemWords.Of(problem));
            return await Show(form, cancellation);
        }
        PageCookies.Clear(HttpContext, ChallengeCookie);
        return Redirect("/guardian/invitation");
    }, cancellation);

    public Task<IActionResult> OnPostIdentity(CancellationToken cancellation) => Check(CertificateFields.Kept, (sent, form) =>
    {
        // The number is entered anew: it must not come back in a page.
        if (sent["consent"] != RegistrationForms.Yes) form.Refuse("consent", IdentityTexts.ConsentMissing);
        if (string.IsNullOrWhiteSpace(sent["name"])) form.Refuse("name", IdentityTexts.NameMissing);
        if (string.IsNullOrWhiteSpace(sent["number"])) form.Refuse("number", IdentityTexts.NumberMissing);
        return new
        {
            consent = Consent(sent), method = "certificate", kind = sent["kind"].ToString(), number = sent["number"].ToString(), name = sent["name"].ToString(),
            issuer = CertificateFields.Given(sent["issuer"]), birthDate = CertificateFields.Given(sent["birthDate"]),
        };
    }, GuardianForms.FieldOf, cancellation);

    public Task<IActionResult> OnPostNetworkId(CancellationToken cancellation) => Check([], (sent, form) =>
    {
        if (sent["consent"] != RegistrationForms.Yes) form.Refuse("consent-network", IdentityTexts.ConsentMissing);
        if (string.IsNullOrWhiteSpace(sent["credential"])) form.Refuse("credential", IdentityTexts.CredentialMissing);
        return new { consent = Consent(sent), method = "network_id", credential = sent["credential"].ToString().Trim(), birthDate = CertificateFields.Given(sent["birthDate"]) };
    }, pointer => pointer == "/birthDate" ? "birthDate-network" : pointer == "/credential" ? "credential" : null, cancellation);

    private Task<IActionResult> Check(string[] kept, Func<IFormCollection, FormState, object> read, Func<string, string?> fieldOf, CancellationToken cancellation) => With(async (token, sent) =>
    {
        var form = FormState.Of(sent, kept);
        var body = read(sent, form);
        if (form.IsRefused) return await Show(form, cancellation);
        var (request, fault) = GuardianForms.Parse<GuardianIdentityRequest>(body);
        fault ??= (await desk.SubmitIdentity(token, request!, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation)).Problem;
        if (fault is null) return Redirect("/guardian/invitation");
        form.Refuse(fault, fieldOf);
        return await Show(form, cancellation);
    }, cancellation);

    private static object Consent(IFormCollection sent) => new { kind = DocumentCatalog.PrivacyKind, version = sent["version"].ToString(), sha256 = sent["sha256"].ToString() };

    public Task<IActionResult> OnPostAccept(CancellationToken cancellation) => With(async (token, sent) =>
    {
        Published = await catalog.Get(cancellation);
        Required = Published.RequiredAt(Now);
        var form = FormState.Of(sent, ["name", "relationship", "adult", "responsibility", .. catalog.AllKinds.Select(RegistrationForms.BoxOf)]);
        if (sent.ContainsKey("name") && string.IsNullOrWhiteSpace(sent["name"])) form.Refuse("name", GuardianPageTexts.NameMissing);
        if (string.IsNullOrEmpty(sent["relationship"])) form.Refuse("relationship", GuardianPageTexts.RelationshipMissing);
        foreach (var document in Required)
        {
            var box = RegistrationForms.BoxOf(document.Reference.Kind);
            if (sent[box] != RegistrationForms.ValueOf(document)) form.Refuse(box, ProblemWords.Of(sent[box].Count == 0 ? ProblemCode.AcceptanceMissing : ProblemCode.DocumentNotInForce));
        }
        if (sent["adult"] != RegistrationForms.Yes) form.Refuse("adult", GuardianPageTexts.AdultMissing);
        if (sent["responsibility"] != RegistrationForms.Yes) form.Refuse("responsibility", GuardianPageTexts.ResponsibilityMissing);
        if (form.IsRefused) return await Show(form, cancellation);
        var (request, fault) = GuardianForms.Parse<ResponsibilityRequest>(new
        {
            name = CertificateFields.Given(sent["name"]),
            relationship = sent["relationship"].ToString(),
            declarations = new { adult = true, responsibility = true },
            acceptances = Required.Select(document => document.Reference).ToArray(),
        });
        if (fault is not null) return await Again(form, fault, cancellation);
        var answer = await desk.Accept(token, request!, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        return answer.Problem is { } problem ? await Again(form, problem, cancellation) : Redirect("/guardian/invitation");
    }, cancellation);

    public Task<IActionResult> OnPostRefuse(CancellationToken cancellation) => With(async (token, sent) =>
    {
        var answer = await desk.Decline(token, sent["unknown"] == RegistrationForms.Yes, OperationId.Fresh(HttpContext), cancellation);
        return answer.Problem is { } problem ? await Again(new FormState(), problem, cancellation) : Redirect("/guardian/invitation");
    }, cancellation);

    private async Task<IActionResult> With(Func<Token, IFormCollection, Task<IActionResult>> act, CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        return ReadToken() is { } token ? await act(token, sent) : Redirect("/guardian/invitation");
    }

    private async Task<IActionResult> Again(FormState form, Problem problem, CancellationToken cancellation)
    {
        form.Refuse(problem, GuardianForms.FieldOf);
        return await Show(form, cancellation);
    }

    private async Task<IActionResult> Show(FormState form, CancellationToken cancellation)
    {
        Published = await catalog.Get(cancellation);
        Required = Published.RequiredAt(Now);
        if (ReadToken() is { } token)
        {
            var answer = await desk.View(token, cancellation);
            if (answer.Problem is { Code: not (ProblemCode.InvitationExpired or ProblemCode.NotFound) } problem) return new ProblemAnswer(problem);
            View = answer.Value;
            if (View is { State: InvitationState.Open, ProvenMasked: null } && PageCookies.Read(HttpContext, ChallengeCookie) is { } challenge && ChallengeDesk.IsId(challenge))
                Code = (await challenges.View(challenge, GuardianSubjects.Invitation(token.Id), cancellation)).Value;
        }
        ViewData.Form(form);
        if (View is null) Response.StatusCode = StatusCodes.Status410Gone;
        else if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private Token? ReadToken() => tokens.TryRead(PageCookies.Read(HttpContext, TokenCookie), Tokens.GuardianInvitation, out var token) ? token : null;
}
