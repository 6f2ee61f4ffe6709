using AiCloud.Accounts;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Registration;

/// <summary>Registering by phone or e-mail (API.md, Registration).</summary>
internal static class RegistrationEndpoints
{
    public static void MapRegistration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/registrations").WithTags("Registration");
        group.MapPost("/", Start)
            .Describes("startRegistration", "Start a registration", "Takes consent and contact, and sends a code. The reply never tells whether the contact is known. It says what registering asks for, field by field with purpose and ground, and what the service that `service` names needs later.")
            .Example("""{"method":"phone","phone":"+8613800138000","privacyConsent":{"version":"1.0","sha256":"5f0b2c6d1c9a4e0f8d7b6a5948372615f0e1d2c3b4a5968778695a4b3c2d1e0f"},"locale":"zh-CN"}""")
            .Answers(201, typeof(RegistrationBody), "Started; the token is told only here.")
            .Refuses(ProblemCode.PhoneInvalid, ProblemCode.EmailInvalid, ProblemCode.CountryNotServed, ProblemCode.PrivacyConsentMissing,
                ProblemCode.DocumentNotInForce, ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.RegistrationExpired, ProblemCode.RegistrationsPaused, ProblemCode.SendsPaused);
        group.MapGet("/{id}", View)
            .Describes("getRegistration", "Read a registration", "The attempt as it stands.")
            .Answers(200, typeof(RegistrationBody), "The attempt.").Refuses(ProblemCode.RegistrationExpired);
        group.MapDelete("/{id}", Erase)
            .Describes("eraseRegistration", "I do not agree", "Erases the attempt and everything it collected, at once (C0.1).")
            .Answers(204, "Erased.").Refuses(ProblemCode.AlreadyCompleted);
        group.MapPost("/{id}/code", Resend)
            .Describes("sendCodeAgain", "Send another code", "The code before becomes void.")
            .Answers(202, typeof(RegistrationBody), "On its way.")
            .Refuses(ProblemCode.ResendTooSoon, ProblemCode.SendLimit, ProblemCode.RegistrationExpired, ProblemCode.SendsPaused);
        group.MapPost("/{id}/verification", Verify)
            .Describes("verifyCode", "Answer the code", "Spends a try. The right code answers the same when it is sent again.")
            .Example("""{"code":"123456"}""")
            .Answers(200, typeof(RegistrationBody), "The contact is proven.")
            .Refuses(ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted, ProblemCode.RegistrationExpired);
        group.MapPost("/{id}/completion", Complete)
            .Describes("completeRegistration", "Complete the registration", "Opens the account, once, whatever is repeated or lost on the way.")
            .Example("""
                {"password":"correct horse battery","birthDate":"2000-01-31","declarations":{"information":true,"eligibility":true,"capacity":true},"acceptances":[
                {"kind":"registration-agreement","version":"1.0","sha256":"5f0b2c6d1c9a4e0f8d7b6a5948372615f0e1d2c3b4a5968778695a4b3c2d1e0f"},
                {"kind":"privacy-agreement","version":"1.0","sha256":"5f0b2c6d1c9a4e0f8d7b6a5948372615f0e1d2c3b4a5968778695a4b3c2d1e0f"}],"displayName":"王小明"}
                """)
            .Answers(201, typeof(CompletionBody), "The account is open.")
            .Refuses(ProblemCode.NotVerified, ProblemCode.DocumentNotInForce, ProblemCode.AccountExists, ProblemCode.AlreadyCompleted,
                ProblemCode.BirthDateAlreadyStated, ProblemCode.CompletionInProgress, ProblemCode.AcceptanceMissing, ProblemCode.DeclarationMissing,
                ProblemCode.PasswordTooShort, ProblemCode.PasswordTooLong, ProblemCode.PasswordCompromised, ProblemCode.PasswordContainsIdentifier,
                ProblemCode.BirthDateInvalid, ProblemCode.DisplayNameRefused, ProblemCode.UnderAge, ProblemCode.GuardianRequired, ProblemCode.GuardianPending, ProblemCode.RegistrationRefused,
                ProblemCode.RegistrationExpired, ProblemCode.Busy);
    }

    private static async Task<IResult> Start(
        [WithoutSession] OperationId operation, Body<StartRequest> body, RegistrationDesk desk, HttpContext context, CancellationToken cancellation) =>
        (await desk.Start(body.Value, Caller.Of(context), operation, cancellation)).Reply(started => TypedResults.Created($"/v1/registrations/{started.Id}",
            Shown(context, started.Id, started.Token, started.View, desk)));

    private static Task<IResult> View(string id, BearerToken bearer, Tokens tokens, RegistrationDesk desk, HttpContext context, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.View(token, cancellation)).Reply(view => TypedResults.Ok(Shown(context, id, null, view, desk))));

    private static Task<IResult> Erase(string id, BearerToken bearer, Tokens tokens, RegistrationDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Erase(token, cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> Resend(
        string id, BearerToken bearer, OperationId operation, Tokens tokens, RegistrationDesk desk, HttpContext context, CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Resend(token, Caller.Of(context), operation, cancellation))
            .Reply(view => TypedResults.Accepted((string?)null, Shown(context, id, null, view, desk))));

    private static Task<IResult> Verify(
        string id, BearerToken bearer, OperationId operation, Body<VerificationRequest> body, Tokens tokens, RegistrationDesk desk, HttpContext context,
        CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Verify(token, TypedCode.Normalise(body.Value.Code), operation, cancellation))
            .Reply(view => TypedResults.Ok(Shown(context, id, null, view, desk))));

    private static Task<IResult> Complete(
        string id, BearerToken bearer, OperationId operation, Body<CompletionRequest> body, Tokens tokens, RegistrationDesk desk, HttpContext context,
        CancellationToken cancellation) =>
        With(id, bearer, tokens, async token => (await desk.Complete(token, body.Value, Caller.Of(context), operation, cancellation)).Reply(completed =>
            TypedResults.Created("/v1/account", new CompletionBody
            {
                Account = AccountBody.Of(completed.Account, LanguageChoice.Speak(context).Tag()),
                Session = new SessionTokenBody { Token = completed.SessionToken, ExpiresAt = completed.Session.ExpiresAt, Scope = SessionBody.ScopeOf(completed.Session) },
                KnownClient = completed.KnownClient,
            })));

    /// <summary>A token with a bad mac, or of another attempt, never reaches an actor and is answered as if there were nothing.</summary>
    internal static Task<IResult> With(string id, BearerToken bearer, Tokens tokens, Func<Token, Task<IResult>> act) =>
        tokens.TryRead(bearer.Value, Tokens.Registration, out var token) && token.Id == id
            ? act(token) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound));

    internal static RegistrationBody Shown(HttpContext context, string id, string? token, RegistrationView view, RegistrationDesk desk)
    {
        RateLimitHeaders.Write(context.Response, desk.Limits(view));
        return RegistrationBody.Of(id, token, view, desk, LanguageChoice.Speak(context));
    }
}
