using AiCloud.Consent;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Accounts;

/// <summary>Sessions and the account itself (API.md, Sessions and account).</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/v1/sessions").WithTags("Sessions");
        sessions.MapPost("/", SignIn)
            .Describes("signIn", "Sign in", "One answer for a wrong password and an unknown person. Repeated with its Idempotency-Key it is one session, whose newest token counts, and spends a try like any call; the key is refused with another identifier or password for an hour.")
            .Example("""{"identifier":"+8613800138000","password":"correct horse battery"}""")
            .Answers(201, typeof(SignedInBody), "Signed in; the token is told only here.")
            .Refuses(ProblemCode.CredentialsWrong, ProblemCode.TooManyAttempts, ProblemCode.Busy);
        sessions.MapDelete("/current", SignOut)
            .Describes("signOut", "Sign out", "Ends the session that asks.").Answers(204, "Signed out.");

        var account = routes.MapGroup("/v1/account").WithTags("Account");
        account.MapGet("/", View)
            .Describes("getAccount", "Read the account", "Facts are masked.").Answers(200, typeof(AccountBody), "The account.");
        account.MapPatch("/", Change)
            .Describes("changeAccount", "Change facts", "A merge-patch (RFC 7396).").Example("""{"displayName":"王小明","locale":"zh-CN"}""").Answers(200, typeof(AccountBody), "As it is now.")
            .Refuses(ProblemCode.DisplayNameRefused, ProblemCode.BirthDateInvalid, ProblemCode.BirthDateNeedsProof, ProblemCode.AccountProtected)
            .IsActOfUse(ActsOfUse.AccountChange);
        account.MapGet("/acceptances", Acceptances)
            .Describes("listAcceptances", "List acceptances", "Which text was accepted, when, how and by which act; oldest first.").Answers(200, typeof(AcceptedBody[]), "Acceptances.");
        account.MapGet("/sessions", Sessions)
            .Describes("listSessions", "List sessions", "Those that are open.").Answers(200, typeof(SessionBody[]), "Sessions.");
        account.MapDelete("/sessions", EndOthers)
            .Describes("endOtherSessions", "End every other session", "The one that asks stays.").Answers(204, "Ended.");
        account.MapGet("/sessions/{id}", Session)
            .Describes("getSession", "Read a session", "One of those that are open.").Answers(200, typeof(SessionBody), "The session.");
        account.MapDelete("/sessions/{id}", EndOne)
            .Describes("endSession", "End a session", "Takes effect at its next request, everywhere.").Answers(204, "Ended.");
        account.MapPost("/password", ChangePassword)
            .Describes("changePassword", "Change the password", "Needs the current one, or full re-authentication where there is none; every contact is told; can end every other session. Repeated with its Idempotency-Key, it is done once.").Answers(204, "Changed.")
            .Example("""{"currentPassword":"correct horse battery","newPassword":"another horse battery","endOtherSessions":true}""")
            .Refuses(ProblemCode.CredentialsWrong, ProblemCode.TooManyAttempts, ProblemCode.TooManyChanges, ProblemCode.PasswordTooShort, ProblemCode.PasswordTooLong,
                ProblemCode.PasswordCompromised, ProblemCode.PasswordContainsIdentifier, ProblemCode.ReauthenticationRequired, ProblemCode.Busy);
    }

    private static async Task<IResult> SignIn(
        [WithoutSession] OperationId operation, Body<SignInRequest> body, AccountDesk desk, HttpContext context, CancellationToken cancellation) =>
        (await desk.SignIn(body.Value, Caller.Of(context), operation, cancellation))
            .Reply(signedIn => TypedResults.Created("/v1/account", SignedInBody.Of(signedIn, LanguageChoice.Speak(context).Tag())));

    private static Task<IResult> SignOut(BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.EndSessions(who, new SessionSelection { Id = who.Proof.Session }, cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> View(BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.View(who, cancellation)).Reply(view => TypedResults.Ok(AccountBody.Of(view, LanguageChoice.Speak(bearer.Context).Tag()))));

    private static Task<IResult> Change(BearerToken bearer, Body<AccountPatch> body, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Change(who, ChangeOf(body.Value), cancellation))
            .Reply(view => TypedResults.Ok(AccountBody.Of(view, LanguageChoice.Speak(bearer.Context).Tag()))));

    internal static ChangeAccount ChangeOf(AccountPatch patch) =>
        new() { DisplayName = patch.NamesDisplayName ? patch.DisplayName?.Trim() ?? "" : null, Locale = patch.Locale, BirthDate = patch.ReadBirthDate() };

    private static Task<IResult> Acceptances(BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Acceptances(who, cancellation)).Reply(list => TypedResults.Ok(list.Select(AcceptedBody.Of).ToArray())));

    private static Task<IResult> Sessions(BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Sessions(who, cancellation)).Reply(list => TypedResults.Ok(list.Select(SessionBody.Of).ToArray())));

    private static Task<IResult> Session(string id, BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Sessions(who, cancellation)).Reply(list =>
            list.FirstOrDefault(session => session.Id == id) is { } found ? TypedResults.Ok(SessionBody.Of(found)) : Problem.Of(ProblemCode.NotFound)));

    private static Task<IResult> EndOthers(BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.EndSessions(who, new SessionSelection(), cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> EndOne(string id, BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.EndSessions(who, new SessionSelection { Id = id }, cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> ChangePassword(
        BearerToken bearer, OperationId operation, Body<PasswordChangeRequest> body, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.ChangePassword(who, body.Value, Caller.Of(bearer.Context), operation, cancellation)).Reply(_ => TypedResults.NoContent()));

    /// <summary>A token with a bad mac never reaches an actor; a wrong one is answered as if there were nothing.</summary>
    internal static Task<IResult> With(BearerToken bearer, Tokens tokens, Func<SignedIn, Task<IResult>> act) =>
        SessionTokens.Read(tokens, bearer) is { } who ? act(who) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound));
}
