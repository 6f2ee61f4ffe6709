using System.Text.Json;
using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Reauthentication;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Accounts.Pages;

/// <summary>Account Settings: facts masked, terms, what was agreed to, sessions, password (C2.3a, C2.3b, C2.4a, C2.4c).</summary>
internal sealed class AccountModel(
    AccountDesk desk, ReauthenticationDesk reauthentication, GuardianDesk guardians, DocumentCatalog catalog, Tokens tokens, TimeProvider clock) : SignedInPage(tokens)
{
    public AccountView View { get; private set; } = null!;

    /// <summary>How the account stands to guardianship; an adult's shows nothing of it.</summary>
    public GuardianshipView Guardianship { get; private set; } = null!;

    public IReadOnlyList<AcceptanceView> Acceptances { get; private set; } = [];

    public IReadOnlyList<SessionView> Sessions { get; private set; } = [];

    public DocumentSet Published { get; private set; } = DocumentSet.Empty;

    /// <summary>Whether there is a password to ask for before another is set.</summary>
    public bool HasPassword { get; private set; }

    /// <summary>Whether the person has to confirm that it is them before they can set the first password.</summary>
    public bool ConfirmsFirst { get; private set; }

    /// <summary>The name entered before, or the one the account has.</summary>
    public FormState Form { get; private set; } = new();

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(who => Show(who, new FormState(), cancellation));

    public Task<IActionResult> OnPostProfile(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, "displayName", "locale");
        var (patch, fault) = Parse<AccountPatch>(new { displayName = sent["displayName"].ToString().Trim(), locale = sent["locale"].ToString() });
        if (fault is not null) return await Again(who, form, fault, cancellation);
        var acting = who.Acting(ActsOfUse.AccountChange, Caller.Of(HttpContext, channel: "web"));
        var answer = await desk.Change(acting, new ChangeAccount { DisplayName = patch!.DisplayName, Locale = patch.Locale }, cancellation);
        if (answer.Problem is { Code: ProblemCode.ConsentRequired }) return Redirect("/account/changes?notice=consent-needed");
        return answer.Problem is { } problem ? await Again(who, form, problem, cancellation) : Redirect("/account?notice=saved");
    });

    public Task<IActionResult> OnPostPassword(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = new FormState();
        var (current, next) = (sent["currentPassword"].ToString(), sent["newPassword"].ToString());
        var standing = await reauthentication.View(who, cancellation);
        if (standing.Problem is { } unread) return await Again(who, form, unread, cancellation);
        var asked = standing.Value!.HasPassword;
        if (asked && current.Length == 0) form.Refuse("currentPassword", AccountTexts.PasswordMissing);
        if (next.Length == 0) form.Refuse("newPassword", AccountTexts.PasswordNewMissing);
        if (form.IsRefused) return await Show(who, form, cancellation);
        var (request, fault) = Parse<PasswordChangeRequest>(new { currentPassword = asked ? current : null, newPassword = next, endOtherSessions = sent["endOthers"] == "yes" });
        if (fault is not null) return await Again(who, form, fault, cancellation);
        var answer = await desk.ChangePassword(who, request!, Caller.Of(HttpContext, channel: "web"), OperationId.Fresh(HttpContext), cancellation);
        if (answer.Problem is { Code: ProblemCode.ReauthenticationRequired }) return Redirect("/account/confirm?to=password");
        if (answer.Problem is { Code: ProblemCode.CredentialsWrong }) form.Refuse("currentPassword", AccountTexts.PasswordCurrentWrong);
        else if (answer.Problem is { } problem) return await Again(who, form, problem, cancellation);
        return form.IsRefused ? await Show(who, form, cancellation) : Redirect(asked ? "/account?notice=password-changed" : "/account?notice=password-set");
    });

    public Task<IActionResult> OnPostEnd(CancellationToken cancellation) => With(async who =>
    {
        var id = (await Request.ReadFormAsync(cancellation))["session"].ToString();
        if (id.Length == 0) return Redirect("/account");
        var answer = await desk.EndSessions(who, new SessionSelection { Id = id }, cancellation);
        if (answer.Problem is { } problem) return await Again(who, new FormState(), problem, cancellation);
        return id == who.Proof.Session ? Ended("/?notice=signed-out") : Redirect("/account?notice=session-closed");
    });

    public Task<IActionResult> OnPostEndOthers(CancellationToken cancellation) => With(async who =>
        (await desk.EndSessions(who, new SessionSelection(), cancellation)).Problem is { } problem
            ? await Again(who, new FormState(), problem, cancellation) : Redirect("/account?notice=others-closed"));

    /// <summary>Title of a document as it was accepted; its kind when this process does not know the version.</summary>
    public string TitleOf(DocumentReference document, string language) =>
        Published.Find(document.Kind, document.Version)?.Titles.GetValueOrDefault(language) ?? document.Kind;

    private async Task<IActionResult> Again(SignedIn who, FormState form, Problem problem, CancellationToken cancellation)
    {
        if (problem.Code == ProblemCode.NotFound) return Ended();
        form.Refuse(problem, pointer => pointer.TrimStart('/'));
        return await Show(who, form, cancellation);
    }

    private async Task<IActionResult> Show(SignedIn who, FormState form, CancellationToken cancellation)
    {
        var view = await desk.View(who, cancellation);
        if (view.Problem is { Code: ProblemCode.NotFound }) return Ended();
        var (acceptances, sessions) = (await desk.Acceptances(who, cancellation), await desk.Sessions(who, cancellation));
        var guardianship = await guardians.Guardianship(who, cancellation);
        var standing = await reauthentication.View(who, cancellation);
        if ((view.Problem ?? acceptances.Problem ?? sessions.Problem ?? guardianship.Problem ?? standing.Problem) is { } problem) return new ProblemAnswer(problem);
        (View, Acceptances, Sessions) = (view.Value!, acceptances.Value!, sessions.Value!);
        Guardianship = guardianship.Value!;
        HasPassword = standing.Value!.HasPassword;
        ConfirmsFirst = !HasPassword && clock.GetUtcNow() >= standing.Value.ValidUntil;
        Published = await catalog.Get(cancellation);
        if (form.Value("displayName") is null) form.With("displayName", View.DisplayName).With("locale", View.Locale);
        Form = form;
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private static (T? Value, Problem? Problem) Parse<T>(object body) where T : class => RequestBody.Parse<T>(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));
}
