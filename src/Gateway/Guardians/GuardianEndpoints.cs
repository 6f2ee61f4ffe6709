using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Identity;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiCloud.Guardians;

/// <summary>Inviting a guardian, and the guardian's answer (API.md, Registration; C2.1b).</summary>
internal static class GuardianEndpoints
{
    private const string Digest = "5f0b2c6d1c9a4e0f8d7b6a5948372615f0e1d2c3b4a5968778695a4b3c2d1e0f";

    private static readonly ProblemCode[] InviteRefusals =
    [
        ProblemCode.PhoneInvalid, ProblemCode.EmailInvalid, ProblemCode.CountryNotServed, ProblemCode.GuardianContactSame, ProblemCode.GuardianLimit,
        ProblemCode.GuardianNotNeeded, ProblemCode.GuardiansUnavailable, ProblemCode.SendsPaused,
    ];

    public static void MapGuardians(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/v1/registrations").WithTags("Registration").MapPost("/{id}/guardian", Invite)
            .Describes("inviteGuardian", "Invite a guardian", "For 16 and 17, once the birth date was stated. Only invites: the message alone carries what the guardian answers with. Three invitations at most; then and after 72 hours without an answer the attempt lapses.")
            .Example("""{"method":"phone","phone":"+8613900139000"}""")
            .Answers(202, typeof(RegistrationBody), "On its way.")
            .Refuses([.. InviteRefusals, ProblemCode.NotVerified, ProblemCode.RegistrationExpired]);

        var invitations = routes.MapGroup("/v1/guardian-invitations").WithTags("Guardians");
        invitations.MapGet("/{id}", View)
            .Describes("getGuardianInvitation", "Read an invitation", "With the token of the invitation's message, as every call here: who invites, both texts, how far it has come.")
            .Answers(200, typeof(GuardianInvitationBody), "The invitation.").Refuses(ProblemCode.InvitationExpired);
        invitations.MapPost("/{id}/code", SendCode)
            .Describes("sendGuardianCode", "Send the guardian a code", "To the invited phone number, or to the one named here where an e-mail address was invited.")
            .Example("""{"phone":"+8613900139000"}""")
            .Answers(202, typeof(ChallengeBody), "On its way.")
            .Refuses(ProblemCode.InvitationExpired, ProblemCode.GuardianPhoneNeeded, ProblemCode.GuardianContactSame, ProblemCode.PhoneInvalid, ProblemCode.CountryNotServed,
                ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused);
        invitations.MapPost("/{id}/verification", Prove)
            .Describes("verifyGuardian", "Answer the guardian's code", "Spends a try. The right code answers the same when it is sent again.")
            .Example("""{"challenge":"Zk3v0m2p8r4t6y1u5i7o9w","code":"123456"}""")
            .Answers(200, typeof(GuardianInvitationBody), "The contact is proven.")
            .Refuses(ProblemCode.InvitationExpired, ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted, ProblemCode.GuardianPhoneNeeded, ProblemCode.GuardianContactSame);
        invitations.MapPost("/{id}/identity", SubmitIdentity)
            .Describes("proveGuardianIdentity", "Pass the identity check", "Where identity of the invitation says so: after the code and before the acceptance, with a separate consent. A check that is not answered at once stays pending and is asked again by itself; the guardian accepts once it is answered. Whoever is below 18 is refused. Repeated with its Idempotency-Key it asks nobody a second time.")
            .Example($$"""{"consent":{"kind":"privacy-agreement","version":"1.0","sha256":"{{Digest}}"},"method":"certificate","kind":"resident_id_card","number":"11010519491231002X","name":"王建国"}""")
            .Answers(200, typeof(GuardianInvitationBody), "Answered: verified or refused.")
            .Answers(202, typeof(GuardianInvitationBody), "Not answered yet.")
            .Refuses([.. Enum.GetValues<CertificateFault>().Select(IdentityDesk.CodeOf)])
            .Refuses(ProblemCode.InvitationExpired, ProblemCode.NotVerified, ProblemCode.DocumentNotInForce, ProblemCode.RealNameInvalid, ProblemCode.BirthDateInvalid, ProblemCode.BirthDateMismatch,
                ProblemCode.GuardianNotAdult, ProblemCode.IdentityPending, ProblemCode.IdentityUnavailable, ProblemCode.TooManyAttempts);
        invitations.MapPost("/{id}/acceptance", Accept)
            .Describes("acceptGuardianship", "Take the responsibility", "Accepts both documents in the guardian's own name. The minor can then complete the registration.")
            .Example($$"""
                {"name":"王建国","relationship":"father","declarations":{"adult":true,"responsibility":true},"acceptances":[
                {"kind":"registration-agreement","version":"1.0","sha256":"{{Digest}}"},{"kind":"privacy-agreement","version":"1.0","sha256":"{{Digest}}"}]}
                """)
            .Answers(200, typeof(GuardianInvitationBody), "Taken.")
            .Refuses(ProblemCode.InvitationExpired, ProblemCode.NotVerified, ProblemCode.GuardianIdentityNeeded, ProblemCode.IdentityPending, ProblemCode.GuardianNameDiffers, ProblemCode.RealNameInvalid, ProblemCode.DeclarationMissing,
                ProblemCode.AcceptanceMissing, ProblemCode.DocumentNotInForce, ProblemCode.WardLimit, ProblemCode.Busy);
        invitations.MapPost("/{id}/refusal", Decline)
            .Describes("refuseGuardianship", "Decline, or withdraw", "Needs no code. Whoever accepted withdraws so until the account takes it up; afterwards they do it signed in as guardian. With unknown the attempt ends, and this inviter cannot invite the contact again for a time.")
            .Example("""{"unknown":false}""")
            .Answers(200, typeof(GuardianInvitationBody), "Declined.").Refuses(ProblemCode.InvitationExpired);

        var account = routes.MapGroup("/v1/account").WithTags("Account");
        account.MapGet("/guardian", Guardianship)
            .Describes("getGuardianship", "Read the guardianship", "Who stands as guardian, masked, and until when.").Answers(200, typeof(GuardianshipBody), "The guardianship.");
        account.MapPost("/guardian", InviteForAccount)
            .Describes("inviteGuardianOfAccount", "Invite another guardian", "Where one is needed and none stands. Three invitations in any 30 days. Needs a recent authentication. After the guardian was reported as out of reach they have 72 hours, from when they were told, to object; until then nobody is invited.")
            .Example("""{"method":"phone","phone":"+8613900139000"}""")
            .Answers(202, typeof(GuardianshipBody), "On its way.").Refuses([.. InviteRefusals, ProblemCode.GuardianWait, ProblemCode.ReauthenticationRequired]);
        account.MapDelete("/guardian", ReportLoss)
            .Describes("reportGuardianLost", "The guardian cannot be reached", "The account is limited until another guardian stands, or the same one signs in by their contact, which ends this. The contact is told, and another can be invited 72 hours later. A freeze stays. Needs a recent authentication.")
            .Answers(200, typeof(GuardianshipBody), "As it stands now.").Refuses(ProblemCode.GuardianNotNeeded, ProblemCode.ReauthenticationRequired);
        account.MapPut("/own-acceptance", AcceptOfAge)
            .Describes("acceptOfAge", "Accept in one's own name", "From the 18th birthday on everything but reading, deciding and leaving waits for this. Repeating it changes nothing.")
            .Example($$"""{"acceptances":[{"kind":"registration-agreement","version":"1.0","sha256":"{{Digest}}"},{"kind":"privacy-agreement","version":"1.0","sha256":"{{Digest}}"}],"capacity":true}""")
            .Answers(200, typeof(AccountBody), "As it is now.")
            .Refuses(ProblemCode.AcceptanceMissing, ProblemCode.DeclarationMissing, ProblemCode.DocumentNotInForce);
    }

    private static Task<IResult> Invite(
        string id, BearerToken bearer, OperationId operation, Body<GuardianContactRequest> body, Tokens tokens, GuardianDesk desk, RegistrationDesk registrations, HttpContext context,
        CancellationToken cancellation) =>
        With(id, bearer, tokens, Tokens.Registration, async token => (await desk.Invite(token, body.Value, GuardianLinks.Of(context), Caller.Of(context), operation, cancellation))
            .Reply(view => TypedResults.Accepted((string?)null, RegistrationBody.Of(id, null, view, registrations, LanguageChoice.Speak(context)))));

    private static Task<IResult> View(string id, BearerToken bearer, Tokens tokens, GuardianDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, Tokens.GuardianInvitation, async token => (await desk.View(token, cancellation)).Reply(view => Shown(id, view, desk)));

    private static Task<IResult> SendCode(
        string id, BearerToken bearer, OperationId operation, Body<GuardianCodeWish> body, Tokens tokens, GuardianDesk desk, HttpContext context, CancellationToken cancellation) =>
        With(id, bearer, tokens, Tokens.GuardianInvitation, async token => (await desk.SendCode(token, body.Value.Phone, Caller.Of(context), operation, cancellation))
            .Reply(started => TypedResults.Accepted((string?)null, ChallengeBody.Of(started.Id, started.View))));

    private static Task<IResult> Prove(
        string id, BearerToken bearer, OperationId operation, Body<GuardianCodeRequest> body, Tokens tokens, GuardianDesk desk, HttpContext context, CancellationToken cancellation) =>
        With(id, bearer, tokens, Tokens.GuardianInvitation, async token => (await desk.Prove(token, body.Value, Caller.Of(context), operation, cancellation)).Reply(view => Shown(id, view, desk)));

    private static Task<IResult> SubmitIdentity(
        string id, BearerToken bearer, OperationId operation, Body<GuardianIdentityRequest> body, Tokens tokens, GuardianDesk desk, HttpContext context, CancellationToken cancellation) =>
        With(id, bearer, tokens, Tokens.GuardianInvitation, async token => (await desk.SubmitIdentity(token, body.Value, Caller.Of(context), operation, cancellation)).Reply(view =>
            view.Identity?.State == IdentityState.Pending ? TypedResults.Accepted((string?)null, GuardianInvitationBody.Of(id, view, desk.Required())) : Shown(id, view, desk)));

    private static Task<IResult> Accept(
        string id, BearerToken bearer, OperationId operation, Body<ResponsibilityRequest> body, Tokens tokens, GuardianDesk desk, HttpContext context, CancellationToken cancellation) =>
        With(id, bearer, tokens, Tokens.GuardianInvitation, async token => (await desk.Accept(token, body.Value, Caller.Of(context), operation, cancellation)).Reply(view => Shown(id, view, desk)));

    private static Task<IResult> Decline(
        string id, BearerToken bearer, OperationId operation, Body<RefuseInvitationRequest> body, Tokens tokens, GuardianDesk desk, CancellationToken cancellation) =>
        With(id, bearer, tokens, Tokens.GuardianInvitation, async token => (await desk.Decline(token, body.Value.Unknown, operation, cancellation)).Reply(view => Shown(id, view, desk)));

    private static Task<IResult> Guardianship(BearerToken bearer, Tokens tokens, GuardianDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Guardianship(who, cancellation)).Reply(view => TypedResults.Ok(GuardianshipBody.Of(view))));

    private static Task<IResult> InviteForAccount(
        BearerToken bearer, OperationId operation, Body<GuardianContactRequest> body, Tokens tokens, GuardianDesk desk, HttpContext context, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Invite(who, body.Value, GuardianLinks.Of(context), Caller.Of(context), operation, cancellation))
            .Reply(view => TypedResults.Accepted((string?)null, GuardianshipBody.Of(view))));

    private static Task<IResult> ReportLoss(BearerToken bearer, Tokens tokens, GuardianDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.ReportLoss(who, cancellation)).Reply(view => TypedResults.Ok(GuardianshipBody.Of(view))));

    private static Task<IResult> AcceptOfAge(BearerToken bearer, Body<OwnAcceptanceRequest> body, Tokens tokens, GuardianDesk desk, HttpContext context, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.AcceptOfAge(who, body.Value, Caller.Of(context), cancellation))
            .Reply(view => TypedResults.Ok(AccountBody.Of(view, LanguageChoice.Speak(context).Tag()))));

    private static Ok<GuardianInvitationBody> Shown(string id, InvitationView view, GuardianDesk desk) => TypedResults.Ok(GuardianInvitationBody.Of(id, view, desk.Required()));

    /// <summary>A token of another kind or thing is answered as if there were nothing: a registration's token is none here.</summary>
    private static Task<IResult> With(string id, BearerToken bearer, Tokens tokens, string prefix, Func<Token, Task<IResult>> act) =>
        tokens.TryRead(bearer.Value, prefix, out var token) && token.Id == id ? act(token) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound));
}
