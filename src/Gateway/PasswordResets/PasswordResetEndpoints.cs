using AiCloud.Challenges;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.PasswordResets;

/// <summary>A new password without the old one (API.md, Sessions and account; P-05, R-04, R-05).</summary>
internal static class PasswordResetEndpoints
{
    public static void MapPasswordResets(this IEndpointRouteBuilder routes)
    {
        // Where password managers look (https://w3c.github.io/webappsec-change-password-url/).
        routes.MapGet("/.well-known/change-password", () => TypedResults.Redirect("/account#change-password")).ExcludeFromDescription();

        var group = routes.MapGroup("/v1/password-resets").WithTags("Sessions");
        group.MapPost("/", Start)
            .Describes("startPasswordReset", "Begin a password reset", "Sends a code. The reply never tells whether the contact has an account.")
            .Example("""{"method":"phone","phone":"+8613800138000"}""")
            .Answers(201, typeof(PasswordResetBody), "Begun; the token is told only here.")
            .Refuses(ProblemCode.PhoneInvalid, ProblemCode.EmailInvalid, ProblemCode.CountryNotServed, ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused, ProblemCode.NotFound);
        group.MapGet("/{id}", View)
            .Describes("getPasswordReset", "Read a password reset", "As it stands.").Answers(200, typeof(PasswordResetBody), "The reset.").Refuses(ProblemCode.CodeExpired);
        group.MapPost("/{id}/code", Resend)
            .Describes("sendResetCodeAgain", "Send another code", "The code before becomes void.").Answers(202, typeof(PasswordResetBody), "On its way.")
            .Refuses(ProblemCode.ResendTooSoon, ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused, ProblemCode.CodeExpired);
        group.MapPost("/{id}/verification", Verify)
            .Describes("verifyResetCode", "Answer the code", "Spends a try. The state says what the code is good for: alone only on a contact that was used within 90 days and is the only proven way.")
            .Example("""{"code":"123456"}""").Answers(200, typeof(PasswordResetBody), "The contact is proven.")
            .Refuses(ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted);
        group.MapPost("/{id}/second-code", SendSecond)
            .Describes("sendSecondResetCode", "Have a second code sent", "To another contact that the reset lists.").Example("""{"contact":"Zk3VbQ2mT9xL0aYc"}""")
            .Answers(201, typeof(ChallengeBody), "On its way.")
            .Refuses(ProblemCode.NotVerified, ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused, ProblemCode.CodeExpired);
        group.MapPost("/{id}/second-verification", VerifySecond)
            .Describes("verifySecondResetCode", "Answer the second code", "Both contacts together are enough.").Example("""{"challenge":"pQ0YV0o3Qd2mB9xJ4tKz7w","code":"123456"}""")
            .Answers(200, typeof(PasswordResetBody), "The second contact is proven.")
            .Refuses(ProblemCode.NotVerified, ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted);
        group.MapPost("/{id}/announcement", Announce)
            .Describes("announcePasswordReset", "Reset after a wait", "Where no second contact can be proven: every contact is told and may object for 72 hours; then begin anew with the same contact. Repeating it changes nothing. A number not used for so long that it may be somebody else's by now is asked about first; where it cannot be confirmed, customer service helps.")
            .Answers(202, typeof(PasswordResetBody), "The wait has begun.")
            .Refuses(ProblemCode.NotVerified, ProblemCode.AccountProtected, ProblemCode.NumberUnconfirmed, ProblemCode.NumberCheckUnavailable, ProblemCode.CodeExpired);
        group.MapPost("/{id}/completion", Complete)
            .Describes("completePasswordReset", "Set the new password", "Ends every session and tells every contact. One reset sets one password.").Example("""{"password":"another horse battery"}""")
            .Answers(204, "Set. Sign in with it.")
            .Refuses(ProblemCode.NotVerified, ProblemCode.SecondProofNeeded, ProblemCode.PasswordTooShort, ProblemCode.PasswordTooLong, ProblemCode.PasswordCompromised,
                ProblemCode.PasswordContainsIdentifier, ProblemCode.CodeExpired, ProblemCode.Busy);
    }

    private static async Task<IResult> Start([WithoutSession] OperationId operation, Body<ResetRequest> body, PasswordResetDesk desk, HttpContext context, CancellationToken cancellation) =>
        (await desk.Start(body.Value, Caller.Of(context), operation, cancellation)).Reply(reset => TypedResults.Created($"/v1/password-resets/{reset.Id}", PasswordResetBody.Of(reset)));

    private static Task<IResult> View(string id, BearerToken bearer, Tokens tokens, PasswordResetDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.View(token, cancellation)).Reply(reset => TypedResults.Ok(PasswordResetBody.Of(reset))));

    private static Task<IResult> Resend(string id, BearerToken bearer, OperationId operation, Tokens tokens, PasswordResetDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Resend(token, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(reset => TypedResults.Accepted((string?)null, PasswordResetBody.Of(reset))));

    private static Task<IResult> Verify(
        string id, BearerToken bearer, OperationId operation, Body<Registration.VerificationRequest> body, Tokens tokens, PasswordResetDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Verify(token, body.Value.Code, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(reset => TypedResults.Ok(PasswordResetBody.Of(reset))));

    private static Task<IResult> SendSecond(
        string id, BearerToken bearer, OperationId operation, Body<SecondCodeRequest> body, Tokens tokens, PasswordResetDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.SendSecond(token, body.Value.Contact, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(started => TypedResults.Created($"/v1/password-resets/{id}", ChallengeBody.Of(started.Id, started.View))));

    private static Task<IResult> VerifySecond(
        string id, BearerToken bearer, OperationId operation, Body<SecondVerificationRequest> body, Tokens tokens, PasswordResetDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.VerifySecond(token, body.Value.Challenge, body.Value.Code, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(reset => TypedResults.Ok(PasswordResetBody.Of(reset))));

    private static Task<IResult> Announce(string id, BearerToken bearer, OperationId operation, Tokens tokens, PasswordResetDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Announce(token, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(reset => TypedResults.Accepted((string?)null, PasswordResetBody.Of(reset))));

    private static Task<IResult> Complete(
        string id, BearerToken bearer, OperationId operation, Body<ResetCompletionRequest> body, Tokens tokens, PasswordResetDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Complete(token, body.Value, Caller.Of(bearer.Context), operation, cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> With(string id, BearerToken bearer, Tokens tokens, Func<Token, Task<IResult>> act) =>
        tokens.TryRead(bearer.Value, Tokens.PasswordReset, out var token) && token.Id == id ? act(token) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound));
}
