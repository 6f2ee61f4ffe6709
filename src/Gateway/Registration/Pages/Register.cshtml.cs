using AiCloud.Documents;
using AiCloud.Documents.Comparison;
using AiCloud.Documents.Pages;
using AiCloud.Guardians;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using AiCloud.Services;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Registration.Pages;

/// <summary>The registration as a page. Each form is one act at the desk; then the page is asked for again and shows what the server's state says.</summary>
internal sealed partial class RegisterModel(
    RegistrationDesk desk, GuardianDesk guardians, DocumentCatalog catalog, DocumentComparisons comparisons, Tokens tokens, IRandomness randomness, TimeProvider clock,
    ServiceDesk services) : PageModel
{
    private static readonly string[] Kept =
        ["method", "phone", "email", "birthYear", "birthMonth", "birthDay", "displayName", "information", "eligibility", "capacity"];

    public Step Step { get; private set; } = Step.Privacy;

    /// <summary>The attempt; null before a contact was given.</summary>
    public RegistrationView? View { get; private set; }

    public DocumentSet Published { get; private set; } = DocumentSet.Empty;

    public IReadOnlyList<RequiredDocument> Required { get; private set; } = [];

    /// <summary>Names the act of the form handed out now: sent twice, it acts once.</summary>
    public string Operation { get; } = DerivedIds.New(randomness);

    public DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    public AnnouncedAmendments Announced => AnnouncedAmendments.Of(Published, catalog.AllKinds, Now) with { IsBrief = true };

    public DocumentVersion Text(DocumentReference document) => Published.Find(document.Kind, document.Version)!;

    public async Task<IActionResult> OnGet(CancellationToken cancellation) => await Look(cancellation) ?? Show(new FormState());

    /// <summary>"I do not agree", or another contact: nothing stays (C0.1).</summary>
    public async Task<IActionResult> OnPostErase(CancellationToken cancellation)
    {
        var form = await Request.ReadFormAsync(cancellation);
        var erased = ReadToken() is { } token && (await desk.Erase(token, cancellation)).Problem is null;
        PageCookies.Clear(HttpContext, PageCookies.Registration);
        if (form["again"] == RegistrationForms.Yes) return Redirect(At(notice: "erased"));
        PageCookies.Clear(HttpContext, PageCookies.Consent);
        return Redirect(erased ? "/?notice=erased" : "/?notice=nothing-kept");
    }

    // Loads what every step needs; a redirect when the attempt is over.
    private async Task<IActionResult?> Look(CancellationToken cancellation)
    {
        Published = await catalog.Get(cancellation);
        // Anew: an act may have been refused because an effective instant came meanwhile.
        Now = clock.GetUtcNow();
        Required = Published.RequiredAt(Now);
        // A gateway that does not know the texts yet has nothing to ask consent to.
        if (PrivacyInForce() is null) return new ProblemAnswer(Problem.Of(ProblemCode.Unavailable));
        await NoteChanges(cancellation);
        if (ReadToken() is not { } token)
        {
            Step = ReadConsent() is null ? Step.Privacy : Step.Contact;
            return null;
        }
        var answer = await desk.View(token, cancellation);
        if (answer.Problem is { Code: ProblemCode.RegistrationExpired or ProblemCode.NotFound }) return Leave("/register?notice=lapsed");
        if (answer.Problem is { } problem) return new ProblemAnswer(problem);
        View = answer.Value!;
        if (View.State is RegistrationState.Completed) return Leave(PageCookies.Read(HttpContext, PageCookies.Session) is null ? "/sign-in?notice=completed" : "/account");
        if (View.State is RegistrationState.Expired) return Leave("/register?notice=lapsed");
        Step = View.State switch
        {
            RegistrationState.CodeSent => Step.Code,
            RegistrationState.AccountExists => Step.AccountExists,
            _ when View.Guardian is { State: not InvitationState.Accepted } => Step.Guardian,
            _ => Step.Details,
        };
        if (View.Guardian is not null) KeepUntil(View.ExpiresAt);
        return null;
    }

    private PageResult Show(FormState form)
    {
        // The language switch of a page that answers a form goes back to what that form was for.
        if (!HttpMethods.IsGet(Request.Method)) ViewData["Back"] = At();
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = Changed.Count > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    // Shows the step that the state says now, with what is wrong: a refusal may have changed the state.
    private async Task<IActionResult> Again(FormState form, CancellationToken cancellation) => await Look(cancellation) ?? Show(form);

    private async Task<IActionResult> Again(IFormCollection sent, Problem problem, CancellationToken cancellation)
    {
        var form = Keep(sent);
        form.Refuse(problem, RegistrationForms.FieldOf);
        return await Again(form, cancellation);
    }

    private RedirectResult Leave(string address)
    {
        PageCookies.Clear(HttpContext, PageCookies.Registration);
        return Redirect(address);
    }

    private FormState Keep(IFormCollection form)
    {
        string[] boxes = [.. catalog.AllKinds.Select(RegistrationForms.BoxOf), "privacy"];
        shown.AddRange(boxes.SelectMany(box => RegistrationForms.TextsOf(form[box])));
        return FormState.Of(form, [.. Kept, .. boxes]);
    }

    private Token? ReadToken() => tokens.TryRead(PageCookies.Read(HttpContext, PageCookies.Registration), Tokens.Registration, out var token) ? token : null;

    // Counts only while the text consented to is the one in force.
    private ConsentBody? ReadConsent() =>
        PrivacyInForce() is { } privacy && PageCookies.Read(HttpContext, PageCookies.Consent) == ConsentOf(privacy)
            ? new ConsentBody { Version = privacy.Version, Sha256 = privacy.Sha256 } : null;

    private static string ConsentOf(DocumentReference privacy) => $"{privacy.Version}~{privacy.Sha256}";

    private DocumentReference? PrivacyInForce() => Published.InForce(DocumentCatalog.PrivacyKind, Now)?.Reference;
}
