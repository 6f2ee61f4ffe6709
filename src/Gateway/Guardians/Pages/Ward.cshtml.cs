using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Documents;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration.Pages;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Guardians.Pages;

/// <summary>The guardianship of one's own account: who stands, naming another, and accepting in one's own name from 18 on (C2.1b).</summary>
internal sealed class WardModel(GuardianDesk desk, DocumentCatalog catalog, Tokens tokens, IRandomness randomness, TimeProvider clock) : SignedInPage(tokens)
{
    public GuardianshipView View { get; private set; } = null!;

    public DocumentSet Published { get; private set; } = DocumentSet.Empty;

    public IReadOnlyList<RequiredDocument> Required { get; private set; } = [];

    public string Operation { get; } = DerivedIds.New(randomness);

    public DocumentVersion Text(DocumentReference document) => Published.Find(document.Kind, document.Version)!;

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(who => Show(who, new FormState(), cancellation));

    public Task<IActionResult> OnPostInvite(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, "guardianMethod", "guardianPhone", "guardianEmail");
        var (request, fault) = GuardianForms.Contact(sent, form);
        if (form.IsRefused) return await Show(who, form, cancellation);
        fault ??= (await desk.Invite(who, request!, GuardianLinks.Of(HttpContext), Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation)).Problem;
        return fault is null ? Redirect("/account/guardian?notice=guardian-invited") : await Again(who, form, fault, cancellation);
    });

    public Task<IActionResult> OnPostLost(CancellationToken cancellation) => With(async who =>
        (await desk.ReportLoss(who, cancellation)).Problem is { } problem ? await Again(who, new FormState(), problem, cancellation) : Redirect("/account/guardian"));

    public Task<IActionResult> OnPostOfAge(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        Published = await catalog.Get(cancellation);
        Required = Published.RequiredAt(clock.GetUtcNow());
        var form = FormState.Of(sent, ["capacity", .. catalog.AllKinds.Select(RegistrationForms.BoxOf)]);
        foreach (var document in Required)
        {
            var box = RegistrationForms.BoxOf(document.Reference.Kind);
            if (sent[box] != RegistrationForms.ValueOf(document)) form.Refuse(box, ProblemWords.Of(sent[box].Count == 0 ? ProblemCode.AcceptanceMissing : ProblemCode.DocumentNotInForce));
        }
        if (sent["capacity"] != RegistrationForms.Yes) form.Refuse("capacity", GuardianPageTexts.CapacityMissing);
        if (form.IsRefused) return await Show(who, form, cancellation);
        var (request, fault) = GuardianForms.Parse<OwnAcceptanceRequest>(new { acceptances = Required.Select(document => document.Reference).ToArray(), capacity = true });
        fault ??= (await desk.AcceptOfAge(who, request!, Caller.Of(HttpContext, channel: "web"), cancellation)).Problem;
        return fault is null ? Redirect("/account?notice=saved") : await Again(who, form, fault, cancellation);
    });

    private async Task<IActionResult> Again(SignedIn who, FormState form, Problem problem, CancellationToken cancellation)
    {
        if (problem.Code == ProblemCode.NotFound) return Ended();
        if (problem.Code == ProblemCode.ReauthenticationRequired) return Redirect("/account/confirm?to=guardian");
        form.Refuse(problem, GuardianForms.FieldOf);
        return await Show(who, form, cancellation);
    }

    private async Task<IActionResult> Show(SignedIn who, FormState form, CancellationToken cancellation)
    {
        var view = await desk.Guardianship(who, cancellation);
        if (view.Problem is { } problem) return problem.Code == ProblemCode.NotFound ? Ended() : new ProblemAnswer(problem);
        View = view.Value!;
        Published = await catalog.Get(cancellation);
        Required = Published.RequiredAt(clock.GetUtcNow());
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
