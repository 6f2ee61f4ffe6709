using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Reauthentication;

/// <summary>Full re-authentication (S-06) and the codes of a signed-in person.</summary>
internal static class ReauthenticationEndpoints
{
    public static void MapReauthentication(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/v1/account").WithTags("Account");
        account.MapGet("/reauthentication", View)
            .Describes("getReauthentication", "How recent the authentication is", "Sensitive calls need one of the last ten minutes and are refused with reauthentication_required otherwise. Says by which ways it can be renewed.")
            .Answers(200, typeof(ReauthenticationBody), "How the session stands.");
        account.MapPost("/reauthentication", Renew)
            .Describes("reauthenticate", "Confirm that it is you", "By the password, or by a challenge's id and code; a code renews once. Tries at the password are counted together with those of changing it.")
            .Example("""{"password":"correct horse battery"}""")
            .Answers(200, typeof(ReauthenticationBody), "Renewed.")
            .Refuses(ProblemCode.CredentialsWrong, ProblemCode.TooManyAttempts, ProblemCode.Busy, ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted);
        account.MapPost("/reauthentication/challenges", SendCode)
            .Describes("sendReauthenticationCode", "Have a code sent", "To a contact that getReauthentication lists: a phone; an e-mail address only where there is neither a phone nor a password.")
            .Example("""{"contact":"Zk3VbQ2mT9xL0aYc"}""")
            .Answers(201, typeof(ChallengeBody), "On its way.")
            .Refuses(ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused);
        account.MapGet("/challenges/{id}", ViewChallenge)
            .Describes("getChallenge", "Read a challenge", "A code that this session asked for.").Answers(200, typeof(ChallengeBody), "The challenge.");
        account.MapPost("/challenges/{id}/code", Resend)
            .Describes("sendChallengeCodeAgain", "Send another code", "The code before becomes void.")
            .Answers(202, typeof(ChallengeBody), "On its way.")
            .Refuses(ProblemCode.ResendTooSoon, ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused);
    }

    private static Task<IResult> View(BearerToken bearer, Tokens tokens, ReauthenticationDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.View(who, cancellation)).Reply(view => TypedResults.Ok(ReauthenticationBody.Of(view))));

    private static Task<IResult> Renew(
        BearerToken bearer, OperationId operation, Body<ReauthenticationRequest> body, Tokens tokens, ReauthenticationDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who =>
        {
            var caller = Caller.Of(bearer.Context);
            var answer = body.Value switch
            {
                { Password: { } password, Challenge: null, Code: null } => await desk.ByPassword(who, password, operation, cancellation),
                { Password: null, Challenge: { } challenge, Code: { } code } => await desk.ByCode(who, challenge, code, caller, operation, cancellation),
                { Password: null, Challenge: not null } => Missing("/code"),
                { Password: null, Code: not null } => Missing("/challenge"),
                { Password: null } => Missing("/password"),
                _ => Problem.Of(ProblemCode.Invalid, [new FieldError(body.Value.Challenge is null ? "/code" : "/challenge", FieldFault.Refused)]),
            };
            return answer.Reply(view => TypedResults.Ok(ReauthenticationBody.Of(view)));
        });

    private static Problem Missing(string pointer) => Problem.Of(ProblemCode.Invalid, [new FieldError(pointer, FieldFault.Required)]);

    private static Task<IResult> SendCode(
        BearerToken bearer, OperationId operation, Body<ReauthenticationCodeRequest> body, Tokens tokens, ReauthenticationDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.SendCode(who, body.Value.Contact, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(started => TypedResults.Created($"/v1/account/challenges/{started.Id}", ChallengeBody.Of(started.Id, started.View))));

    private static Task<IResult> ViewChallenge(string id, BearerToken bearer, Tokens tokens, ChallengeDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => ChallengeDesk.IsId(id)
            ? (await desk.View(id, ChallengeDesk.SubjectOf(who), cancellation)).Reply(view => TypedResults.Ok(ChallengeBody.Of(id, view)))
            : Problem.Of(ProblemCode.NotFound));

    private static Task<IResult> Resend(string id, BearerToken bearer, OperationId operation, Tokens tokens, ChallengeDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => ChallengeDesk.IsId(id)
            ? (await desk.Resend(id, ChallengeDesk.SubjectOf(who), Caller.Of(bearer.Context), operation, cancellation))
                .Reply(view => TypedResults.Accepted((string?)null, ChallengeBody.Of(id, view)))
            : Problem.Of(ProblemCode.NotFound));
}
