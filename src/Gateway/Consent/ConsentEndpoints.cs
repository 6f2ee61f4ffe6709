using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Consent;

/// <summary>Going on under a changed document, consent by purpose, and signed receipts (API.md, Sessions and account; C2.5c, L-02, L-04).</summary>
internal static class ConsentEndpoints
{
    public static void MapConsent(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/v1/account").WithTags("Account");
        account.MapPost("/continuation", GoOn)
            .Describes("goOn", "Go on", "Says \"go on\" to the changes in noticeDue: what came into force is accepted by it, unless it widens the processing of personal data. Repeating it changes nothing.")
            .Answers(200, typeof(AccountBody), "As it is now.").IsActOfUse(ActsOfUse.GoOn);
        account.MapGet("/consents", All)
            .Describes("listConsents", "List consents", "Every purpose of processing in force and how the person stands to it.").Answers(200, typeof(StandingConsentBody[]), "Purposes.");
        account.MapPut("/consents/{purpose}", Decide)
            .Describes("decideConsent", "Give, refuse or withdraw consent", "One purpose at a time. Refusing an optional one changes nothing else; without a necessary one the functions that need it are refused (403 consent_required). Never limited, and no act of use. Repeating it changes nothing.")
            .Example($$$"""{"given":true,"document":{"kind":"privacy-agreement","version":"1.1","sha256":"{{{new string('a', 64)}}}"}}""")
            .Answers(200, typeof(StandingConsentBody), "As it stands now.").Refuses(ProblemCode.DocumentNotInForce);
        account.MapGet("/acceptances/{id}/receipt", OfAcceptance)
            .Describes("getAcceptanceReceipt", "Receipt of an acceptance", $"A JWS in compact form, to be verified with {EvidenceKeyEndpoints.Path}; the text by its digest.")
            .Answers(200, typeof(string), "The receipt.", Receipts.MediaType);
        account.MapGet("/consents/{purpose}/receipt", OfConsent)
            .Describes("getConsentReceipt", "Receipt of a consent", "The same for the newest decision on a purpose, be it given, refused or withdrawn.")
            .Answers(200, typeof(string), "The receipt.", Receipts.MediaType);
    }

    // Going on twice is going on once: the key is looked at like any other, and nothing has to be kept of it.
    private static Task<IResult> GoOn(BearerToken bearer, OperationId _, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.GoOn(who, cancellation))
            .Reply(view => TypedResults.Ok(AccountBody.Of(view, LanguageChoice.Speak(bearer.Context).Tag()))));

    private static Task<IResult> All(BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Consents(who, cancellation))
            .Reply(views => TypedResults.Ok(views.Select(view => StandingConsentBody.Of(view, LanguageChoice.Speak(bearer.Context).Tag())).ToArray())));

    private static Task<IResult> Decide(
        string purpose, BearerToken bearer, Body<ConsentRequest> body, Tokens tokens, AccountDesk desk, DocumentCatalog documents, TimeProvider clock, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who =>
        {
            var answer = await desk.Decide(who, Decision(purpose, body.Value.Given, body.Value.Document.ToReference(), Caller.Of(bearer.Context)), cancellation);
            if (answer.Problem is { Code: ProblemCode.DocumentNotInForce } outdated && documents.Current.InForce(body.Value.Document.Kind, clock.GetUtcNow()) is { } inForce)
                return outdated.With("documents", new[] { DocumentReferenceBody.Of(inForce.Reference) });
            return answer.Reply(view => TypedResults.Ok(StandingConsentBody.Of(view, LanguageChoice.Speak(bearer.Context).Tag())));
        });

    private static Task<IResult> OfAcceptance(string id, BearerToken bearer, Tokens tokens, Receipts receipts, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await receipts.OfAcceptance(who, id, PublicAddress.OfIssuer(bearer.Context), cancellation)).Reply(Reply(bearer.Context)));

    private static Task<IResult> OfConsent(string purpose, BearerToken bearer, Tokens tokens, Receipts receipts, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await receipts.OfConsent(who, purpose, PublicAddress.OfIssuer(bearer.Context), cancellation)).Reply(Reply(bearer.Context)));

    internal static ConsentDecision Decision(string purpose, bool given, DocumentReference document, Caller caller) => new()
    {
        Purpose = purpose,
        Given = given,
        Document = document,
        Language = caller.Language,
        Channel = caller.Channel,
        Network = caller.Network,
    };

    private static Func<string, IResult> Reply(HttpContext context) => receipt =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(receipt, Receipts.MediaType);
    };
}
