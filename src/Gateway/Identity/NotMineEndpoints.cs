using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Requests;

namespace AiCloud.Identity;

/// <summary>"The account with this number is not mine" (API.md, Registration; C2.1g).</summary>
internal static class NotMineEndpoints
{
    public static void MapNotMine(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/registrations").WithTags("Registration").MapPost("/{id}/not-mine", NotMine)
            .Describes("sayNotMine", "The account is not mine", "Only in state account_exists, of a phone number. Never opens that account: where the number changed hands it leaves the account at once and the registration goes on in state verified. Where nobody knows, it may go after a wait, which until and Retry-After name; meanwhile register by e-mail. Repeating it changes nothing.")
            .Answers(200, typeof(RegistrationBody), "The number is free: go on.")
            .Refuses(ProblemCode.NotVerified, ProblemCode.AlreadyCompleted, ProblemCode.AccountExists, ProblemCode.NumberNotChanged, ProblemCode.NumberChangeUnknown, ProblemCode.NumberCheckUnavailable,
                ProblemCode.RegistrationExpired);

    private static Task<IResult> NotMine(
        string id, BearerToken bearer, OperationId _, Tokens tokens, NumberDesk desk, RegistrationDesk registrations, HttpContext context, CancellationToken cancellation) =>
        RegistrationEndpoints.With(id, bearer, tokens, async token => (await desk.NotMine(token, cancellation))
            .Reply(view => TypedResults.Ok(RegistrationEndpoints.Shown(context, id, null, view, registrations))));
}
