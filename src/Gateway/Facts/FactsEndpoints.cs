using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Facts;

/// <summary>How the facts of one's own account stand (C2.1f, C2.1g). None of it is an act of use, and nothing takes it away.</summary>
internal static class FactsEndpoints
{
    public static void MapFacts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/account/fact-marks").WithTags("Account");
        group.MapGet("/", View)
            .Describes("getFactMarks", "How the facts stand", "Which facts the account has, when each was proven, and what staff said against one.").Answers(200, typeof(FactStandingsBody), "The facts.");
        group.MapPost("/confirmation", Confirm)
            .Describes("confirmFacts", "Still right", "Answers the yearly question whether what was stated still holds. Nothing depends on it.").Answers(200, typeof(FactStandingsBody), "As it is now.");
        group.MapPost("/{mark}/contest", Contest)
            .Describes("contestFactMark", "Object to a mark", "Once for a mark; another member of staff than who made it answers. The deadline goes on.")
            .Example("""{"words":"The number is mine; the operator mixed up two contracts."}""")
            .Answers(200, typeof(FactStandingsBody), "As it is now.").Refuses(ProblemCode.FactMarkClosed, ProblemCode.AlreadyContested);
        group.MapPost("/proofs", SendCode)
            .Describes("sendFactProofCode", "Have a code sent", "To a contact of the account, which the code proves anew. A code is sent again by sendChallengeCodeAgain.")
            .Example("""{"contact":"Zk3VbQ2mT9xL0aYc"}""")
            .Answers(201, typeof(ChallengeBody), "On its way.").Refuses(ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused);
        group.MapPost("/proofs/{challenge}", Prove)
            .Describes("proveFact", "Prove a contact anew", "The right code ends marks on that kind of contact at once. Typing a fact in anew does not.")
            .Example("""{"code":"123456"}""")
            .Answers(200, typeof(FactStandingsBody), "As it is now.").Refuses(ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted);
    }

    private static Task<IResult> View(BearerToken bearer, Tokens tokens, FactsDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.View(who, cancellation)).Reply(Ok));

    private static Task<IResult> Confirm(BearerToken bearer, OperationId operation, Tokens tokens, FactsDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Confirm(who, operation, cancellation)).Reply(Ok));

    private static Task<IResult> Contest(string mark, BearerToken bearer, OperationId operation, Body<ContestRequest> body, Tokens tokens, FactsDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Contest(who, mark, body.Value.Words, operation, cancellation)).Reply(Ok));

    private static Task<IResult> SendCode(BearerToken bearer, OperationId operation, Body<FactProofRequest> body, Tokens tokens, FactsDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.SendCode(who, body.Value.Contact, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(started => TypedResults.Created($"/v1/account/challenges/{started.Id}", ChallengeBody.Of(started.Id, started.View))));

    private static Task<IResult> Prove(
        string challenge, BearerToken bearer, OperationId operation, Body<FactProofAnswerRequest> body, Tokens tokens, FactsDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Prove(who, challenge, body.Value.Code, Caller.Of(bearer.Context), operation, cancellation)).Reply(Ok));

    private static IResult Ok(FactStandings view) => TypedResults.Ok(FactStandingsBody.Of(view));
}
