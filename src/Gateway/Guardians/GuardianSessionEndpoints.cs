using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.PersonalData;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Guardians;

/// <summary>What a guardian does for a minor's account, with a session of its own kind. None of it is an act of use (C2.1b, C2.5c).</summary>
internal static class GuardianSessionEndpoints
{
    public static void MapGuardianSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/guardian").WithTags("Guardians");
        group.MapPost("/codes", SendCode)
            .Describes("sendGuardianSignInCode", "Send a sign-in code to a guardian", "To any contact; the reply never tells whether it is a guardian's.")
            .Example("""{"method":"phone","phone":"+8613900139000"}""")
            .Answers(202, typeof(ChallengeBody), "On its way.")
            .Refuses(ProblemCode.PhoneInvalid, ProblemCode.EmailInvalid, ProblemCode.CountryNotServed, ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused);
        group.MapPost("/sessions", SignIn)
            .Describes("signInAsGuardian", "Sign in as guardian", "By the code alone. The session opens nothing but the accounts that name this contact, and lasts two hours.")
            .Example("""{"challenge":"Zk3v0m2p8r4t6y1u5i7o9w","code":"123456"}""")
            .Answers(201, typeof(GuardianSessionBody), "Signed in; the token is told only here.")
            .Refuses(ProblemCode.NotFound, ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted, ProblemCode.NotAGuardian);
        group.MapDelete("/sessions/current", SignOut).Describes("signOutAsGuardian", "Sign out", "Ends the session that asks.").Answers(204, "Signed out.");
        group.MapGet("/accounts", All)
            .Describes("listGuardedAccounts", "List the minors' accounts", "Those that this guardian stands for.").Answers(200, typeof(GuardedAccountBody[]), "Accounts.").Refuses(ProblemCode.NumberCheckUnavailable);
        // Whatever a guardian does may be what their number is asked about first.
        var account = group.MapGroup("/accounts/{account}").Refuses(ProblemCode.NumberCheckUnavailable);
        account.MapGet("", View)
            .Describes("getGuardedAccount", "Read a minor's account", "Facts masked as for the user, the birth date whole.").Answers(200, typeof(GuardedAccountBody), "The account.");
        account.MapPatch("", Correct)
            .Describes("correctGuardedAccount", "Correct facts", "A merge-patch (RFC 7396).").Example("""{"displayName":"王小明"}""").Answers(200, typeof(GuardedAccountBody), "As it is now.")
            .Refuses(ProblemCode.DisplayNameRefused, ProblemCode.BirthDateInvalid, ProblemCode.BirthDateNeedsProof, ProblemCode.AccountProtected);
        account.MapPost("/exports", RequestExport)
            .Describes("requestExportAsGuardian", "Ask for a copy of everything held about the minor", "As the minor can: made in the background, one at a time, the same one for both. Needs a sign-in of the last ten minutes. For 7 days after a contact, the password or the guardian changed none is made. The minor is told.")
            .Answers(202, typeof(ExportBody), "It is being made.").Refuses(ProblemCode.ReauthenticationRequired, ProblemCode.ExportTooSoon, ProblemCode.ExportLimit);
        account.MapGet("/exports/{id}", Export)
            .Describes("getExportAsGuardian", "How far a copy is", "The id, or latest.").Answers(200, typeof(ExportBody), "The copy.");
        account.MapGet("/exports/{id}/archive", Download)
            .Describes("downloadExportAsGuardian", "Download a copy", "A zip as the minor's own, without the receipts. For 24 hours after it was made; needs a sign-in of the last ten minutes. For 7 days after a contact, the password or the guardian changed it is handed to nobody.")
            .Answers(200, typeof(byte[]), "The archive.", DataArchive.MediaType).Refuses(ProblemCode.ReauthenticationRequired, ProblemCode.ExportTooSoon, ProblemCode.ExportExpired, ProblemCode.ExportNotReady);
        account.MapPost("/cancellation", Cancel)
            .Describes("cancelGuardedAccount", "Cancel a minor's account", "It ends for good after the cooling-off period (normally 15 days), in which it can be taken back and the minor can read and export and nothing else. Every contact is told. Needs a sign-in of the last ten minutes; for 7 days after a contact, the password or the guardian changed it is refused. Repeating it changes nothing.")
            .Example("""{"understood":true}""")
            .Answers(202, typeof(GuardedAccountBody), "It waits; guardianship.ending says until when.").Refuses(ProblemCode.DeclarationMissing, ProblemCode.ReauthenticationRequired, ProblemCode.EndingTooSoon);
        account.MapDelete("/cancellation", TakeBack)
            .Describes("takeBackCancellation", "Take a cancellation back", "Where there is none it changes nothing.").Answers(200, typeof(GuardedAccountBody), "As it is now.");
        account.MapPut("/freeze", Freeze)
            .Describes("freezeGuardedAccount", "Freeze, or end that", "Takes effect at the account's next request, everywhere. Repeating it changes nothing.").Example("""{"frozen":true}""")
            .Answers(200, typeof(GuardedAccountBody), "As it is now.");
        account.MapDelete("", Withdraw)
            .Describes("withdrawGuardianship", "Withdraw consent and responsibility", "The account is limited until another guardian stands. Cannot be undone; the minor can invite again.").Answers(204, "Withdrawn.");
    }

    private static async Task<IResult> SendCode(
        [WithoutSession] OperationId operation, Body<GuardianContactRequest> body, GuardianSessionDesk desk, HttpContext context, CancellationToken cancellation) =>
        (await desk.SendCode(body.Value, Caller.Of(context), operation, cancellation)).Reply(started => TypedResults.Accepted((string?)null, ChallengeBody.Of(started.Id, started.View)));

    private static async Task<IResult> SignIn(
        [WithoutSession] OperationId operation, Body<GuardianCodeRequest> body, GuardianSessionDesk desk, HttpContext context, CancellationToken cancellation) =>
        (await desk.SignIn(body.Value, Caller.Of(context), operation, cancellation)).Reply(signedIn =>
            TypedResults.Created("/v1/guardian/accounts", new GuardianSessionBody { Token = signedIn.Token, ExpiresAt = signedIn.Session.ExpiresAt }));

    private static Task<IResult> SignOut(BearerToken bearer, Tokens tokens, GuardianSessionDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.SignOut(who, cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> All(BearerToken bearer, Tokens tokens, GuardianSessionDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Accounts(who, cancellation)).Reply(views => TypedResults.Ok(views.Select(view => Of(view, bearer)).ToArray())));

    private static Task<IResult> View(string account, BearerToken bearer, Tokens tokens, GuardianSessionDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, id) => (await desk.View(who, id, cancellation)).Reply(view => TypedResults.Ok(Of(view, bearer))));

    private static Task<IResult> Correct(string account, BearerToken bearer, Body<AccountPatch> body, Tokens tokens, GuardianSessionDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, id) => (await desk.Correct(who, id, AccountEndpoints.ChangeOf(body.Value), cancellation)).Reply(view => TypedResults.Ok(Of(view, bearer))));

    private static Task<IResult> RequestExport(string account, BearerToken bearer, OperationId operation, Tokens tokens, GuardianLeavingDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, id) => (await desk.RequestExport(who, id, operation, cancellation)).Reply(view => TypedResults.Accepted($"{ExportsOf(id)}/{view.Id}", ExportBody.Of(view, ExportsOf(id)))));

    private static Task<IResult> Export(string account, string id, BearerToken bearer, Tokens tokens, GuardianLeavingDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, minor) => (await desk.Export(who, minor, id == "latest" ? null : id, cancellation)).Reply(view =>
        {
            bearer.Context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(ExportBody.Of(view, ExportsOf(minor)));
        }));

    private static Task<IResult> Download(string account, string id, BearerToken bearer, Tokens tokens, GuardianLeavingDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, minor) => (await desk.Download(who, minor, id, cancellation)).Reply(archive =>
        {
            bearer.Context.Response.Headers.CacheControl = "no-store";
            return TypedResults.File(archive.Zip, DataArchive.MediaType, archive.Name);
        }));

    private static Task<IResult> Cancel(
        string account, BearerToken bearer, OperationId operation, Body<CancelAccountRequest> body, Tokens tokens, GuardianLeavingDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, id) => (await desk.Cancel(who, id, body.Value.Understood, operation, cancellation)).Reply(view => TypedResults.Accepted((string?)null, Of(view, bearer))));

    private static Task<IResult> TakeBack(string account, BearerToken bearer, Tokens tokens, GuardianLeavingDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, id) => (await desk.TakeBack(who, id, cancellation)).Reply(view => TypedResults.Ok(Of(view, bearer))));

    private static string ExportsOf(Guid account) => $"/v1/guardian/accounts/{account}/exports";

    private static Task<IResult> Freeze(string account, BearerToken bearer, Body<FreezeRequest> body, Tokens tokens, GuardianSessionDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, id) => (await desk.Freeze(who, id, body.Value.Frozen, cancellation)).Reply(view => TypedResults.Ok(Of(view, bearer))));

    private static Task<IResult> Withdraw(string account, BearerToken bearer, Tokens tokens, GuardianSessionDesk desk, CancellationToken cancellation) =>
        Of(account, bearer, tokens, async (who, id) => (await desk.Withdraw(who, id, cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> Of(string account, BearerToken bearer, Tokens tokens, Func<GuardianProof, Guid, Task<IResult>> act) =>
        With(bearer, tokens, who => Guid.TryParseExact(account, "D", out var id) ? act(who, id) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound)));

    private static GuardedAccountBody Of(GuardedAccountView view, BearerToken bearer) => GuardedAccountBody.Of(view, LanguageChoice.Speak(bearer.Context).Tag());

    private static Task<IResult> With(BearerToken bearer, Tokens tokens, Func<GuardianProof, Task<IResult>> act) =>
        GuardianTokens.Read(tokens, bearer.Value) is { } who ? act(who) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound));
}
