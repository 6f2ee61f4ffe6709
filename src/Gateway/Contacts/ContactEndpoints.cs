using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Contacts;

/// <summary>Contacts of the account, and its facts unmasked (C2.1f, S-06).</summary>
internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/v1/account").WithTags("Account");
        account.MapGet("/contacts", All)
            .Describes("listContacts", "List contacts", "Masked; getFacts shows them in full.").Answers(200, typeof(ContactBody[]), "Contacts.");
        account.MapPost("/contacts", Begin)
            .Describes("addContact", "Add or replace a contact", "Sends a code to the new contact; confirmContact answers it. Needs full re-authentication. The reply does not tell whether the contact has an account of its own.")
            .Example("""{"method":"email","email":"me@example.com"}""")
            .Answers(201, typeof(ChallengeBody), "A code is on its way to the new contact.")
            .Refuses(ProblemCode.ReauthenticationRequired, ProblemCode.AccountProtected, ProblemCode.AccountLimited, ProblemCode.ConsentRequired, ProblemCode.TooManyContacts, ProblemCode.TooManyChanges, ProblemCode.ContactYours,
                ProblemCode.PhoneInvalid, ProblemCode.EmailInvalid, ProblemCode.CountryNotServed, ProblemCode.SendLimit, ProblemCode.NetworkLimit, ProblemCode.SendsPaused);
        account.MapPost("/contacts/confirmation", Confirm)
            .Describes("confirmContact", "Confirm a new contact", "With the code that it received. The contact that it replaces goes; every contact that stood before is told, with a one-time \"this was not me\". Repeating it changes nothing.")
            .Example("""{"challenge":"pQ0YV0o3Qd2mB9xJ4tKz7w","code":"123456"}""")
            .Answers(200, typeof(ContactBody[]), "Contacts as they are now.")
            .Refuses(ProblemCode.CodeWrong, ProblemCode.CodeExpired, ProblemCode.CodeAttemptsExhausted, ProblemCode.AccountProtected, ProblemCode.AccountLimited, ProblemCode.ConsentRequired,
                ProblemCode.TooManyContacts, ProblemCode.TooManyChanges, ProblemCode.ContactTaken, ProblemCode.ContactReserved, ProblemCode.ContactBusy);
        account.MapDelete("/contacts/{id}", Remove)
            .Describes("removeContact", "Remove a contact", "One is left at least. It stays reserved for the account for 14 days. Every contact is told, the removed one included. Needs full re-authentication.")
            .Answers(204, "Removed.")
            .Refuses(ProblemCode.ReauthenticationRequired, ProblemCode.AccountProtected, ProblemCode.AccountLimited, ProblemCode.ConsentRequired, ProblemCode.LastContact, ProblemCode.TooManyChanges);
        account.MapGet("/facts", Facts)
            .Describes("getFacts", "Read the facts in full", "Contacts, birth date, name and proven real name unmasked. Needs full re-authentication.")
            .Answers(200, typeof(FactsBody), "The facts.").Refuses(ProblemCode.ReauthenticationRequired);
    }

    private static Task<IResult> All(BearerToken bearer, Tokens tokens, AccountDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.View(who, cancellation)).Reply(Shown));

    private static Task<IResult> Begin(BearerToken bearer, OperationId operation, Body<NewContactRequest> body, Tokens tokens, ContactDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Begin(who, body.Value, Caller.Of(bearer.Context), operation, cancellation))
            .Reply(started => TypedResults.Created($"/v1/account/challenges/{started.Id}", ChallengeBody.Of(started.Id, started.View))));

    private static Task<IResult> Confirm(BearerToken bearer, OperationId operation, Body<ContactConfirmationRequest> body, Tokens tokens, ContactDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who =>
            (await desk.Confirm(who, body.Value.Challenge, body.Value.Code, Caller.Of(bearer.Context), operation, cancellation)).Reply(Shown));

    private static Task<IResult> Remove(string id, BearerToken bearer, Tokens tokens, ContactDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who =>
            (await desk.Remove(who, id, Caller.Of(bearer.Context), OperationId.Fresh(bearer.Context), cancellation)).Reply(_ => TypedResults.NoContent()));

    private static Task<IResult> Facts(BearerToken bearer, Tokens tokens, ContactDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Facts(who, cancellation)).Reply(view =>
        {
            bearer.Context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(FactsBody.Of(view));
        }));

    private static IResult Shown(AccountView view) => TypedResults.Ok(view.Contacts.Select(ContactBody.Of).ToArray());
}
