using AiCloud.Accounts;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Identity;

/// <summary>Proving the real name (API.md, Sessions and account; C2.1e).</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/account/identity").WithTags("Identity");
        group.MapGet("/", View)
            .Describes("getIdentity", "Read how the real name stands", "State, ways, the consent that comes first, and what is kept of a proof: never the number.").Answers(200, typeof(IdentityBody), "How it stands.");
        group.MapPost("/", Submit)
            .Describes("submitIdentity", "Prove the real name", "Needs the separate consent to the purpose identity-check and a recent authentication. A check that is not answered at once stays pending and is asked again by itself. Repeated with its Idempotency-Key it asks nobody a second time.")
            .Example("""{"method":"certificate","kind":"resident_id_card","number":"11010519491231002X","name":"王小明"}""")
            .Answers(200, typeof(IdentityBody), "Answered: verified or refused.")
            .Answers(202, typeof(IdentityBody), "Not answered yet.")
            .Refuses([.. Enum.GetValues<CertificateFault>().Select(IdentityDesk.CodeOf)])
            .Refuses(ProblemCode.RealNameInvalid, ProblemCode.BirthDateInvalid, ProblemCode.BirthDateMismatch, ProblemCode.IdentityConsentMissing, ProblemCode.IdentityPending,
                ProblemCode.IdentityUnavailable, ProblemCode.TooManyAttempts, ProblemCode.ReauthenticationRequired);
    }

    private static Task<IResult> View(BearerToken bearer, Tokens tokens, IdentityDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.View(who, cancellation)).Reply(view => TypedResults.Ok(IdentityBody.Of(view))));

    private static Task<IResult> Submit(BearerToken bearer, OperationId operation, Body<IdentityRequestBody> body, Tokens tokens, IdentityDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Submit(who, body.Value, LanguageChoice.Speak(bearer.Context), operation, cancellation)).Reply(view =>
            view.State == IdentityState.Pending ? TypedResults.Accepted((string?)null, IdentityBody.Of(view)) : TypedResults.Ok(IdentityBody.Of(view))));
}
