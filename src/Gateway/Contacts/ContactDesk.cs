using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Identifiers;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.Extensions.Options;

namespace AiCloud.Contacts;

/// <summary>Contacts of an account, for API and pages alike (C2.1f).</summary>
internal sealed class ContactDesk(IGrainFactory grains, ChallengeDesk challenges, IdentifierDigest digests, IOptions<RegionsOptions> regions)
{
    /// <summary>Has the account decide whether the contact may come, then sends it a code.</summary>
    public async Task<Answer<StartedChallenge>> Begin(SignedIn who, NewContactRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var (contact, fault) = TypedContact.Read(request.Method, request.Phone, request.Email, regions.Value);
        if (fault is not null) return fault;
        var subject = ChallengeDesk.SubjectOf(who);
        var id = challenges.IdOf(operation, subject, "contact");
        var begin = new BeginContact { Challenge = id, IdentifierKey = digests.Of(contact!), Replaces = request.Replaces };
        var begun = await Repeatable.Call(() => Grain(who).BeginContact(who.Proof, begin, cancellation));
        if (begun.Refusal is { } refusal) return refusal;
        var wish = new ChallengeWish(ChallengePurpose.NewContact, subject, contact!, begun.Value!.Locale) { Detail = request.Replaces };
        return await challenges.Start(id, wish, caller, !operation.FromClient, cancellation);
    }

    public async Task<Answer<AccountView>> Confirm(SignedIn who, string challenge, string code, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (!ChallengeDesk.IsId(challenge)) return ProblemCode.NotFound;
        var answered = await challenges.Answer(challenge, ChallengePurpose.NewContact, ChallengeDesk.SubjectOf(who), code, caller, operation, cancellation);
        if (answered.Problem is { } problem) return problem;
        // Not the caller's token: who hangs up now must find the contact added when asking again.
        return Answer<AccountView>.From(await Repeatable.Call(() => Grain(who).AddContact(who.Proof, answered.Value!, Call(caller, operation), CancellationToken.None)));
    }

    public async Task<Answer<AccountView>> Remove(SignedIn who, string contact, Caller caller, OperationId operation, CancellationToken cancellation) =>
        Answer<AccountView>.From(await Repeatable.Call(() => Grain(who).RemoveContact(who.Proof, contact, Call(caller, operation), cancellation)));

    public async Task<Answer<FactsView>> Facts(SignedIn who, CancellationToken cancellation) =>
        Answer<FactsView>.From(await Repeatable.Call(() => Grain(who).Facts(who.Proof, cancellation)));

    private static SiteCall Call(Caller caller, OperationId operation) => new() { Operation = operation.Value, Site = caller.Site };

    private IAccountContacts Grain(SignedIn who) => grains.GetGrain<IAccountContacts>(who.AccountKey);
}
