using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Facts;

/// <summary>A person about the facts of their own account, for API and pages alike.</summary>
internal sealed class FactsDesk(IGrainFactory grains, ChallengeDesk challenges, DerivedIds derivedIds)
{
    public async Task<Answer<FactStandings>> View(SignedIn who, CancellationToken cancellation) => Answer<FactStandings>.From(await Repeatable.Call(() => Grain(who).StandingOfFacts(who.Proof, cancellation)));

    public async Task<Answer<FactStandings>> Confirm(SignedIn who, OperationId operation, CancellationToken cancellation)
    {
        var id = Named(operation, "confirm-facts");
        return Answer<FactStandings>.From(await Repeatable.Call(() => Grain(who).ConfirmFacts(who.Proof, id, cancellation)));
    }

    public async Task<Answer<FactStandings>> Contest(SignedIn who, string mark, string words, OperationId operation, CancellationToken cancellation)
    {
        var contest = new FactContest { Operation = Named(operation, "contest-mark"), Mark = mark, Words = words };
        return Answer<FactStandings>.From(await Repeatable.Call(() => Grain(who).ContestMark(who.Proof, contest, cancellation)));
    }

    /// <summary>Sends a code to one of the account's contacts.</summary>
    public async Task<Answer<StartedChallenge>> SendCode(SignedIn who, string contact, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var found = await Repeatable.Call(() => Grain(who).ContactToProve(who.Proof, contact, cancellation));
        if (found.Refusal is { } refusal) return refusal;
        var subject = ChallengeDesk.SubjectOf(who);
        var wish = new ChallengeWish(ChallengePurpose.FactProof, subject, found.Value!.Contact, found.Value.Locale);
        return await challenges.Start(challenges.IdOf(operation, subject, "fact-proof"), wish, caller, !operation.FromClient, cancellation);
    }

    public async Task<Answer<ChallengeView>> Code(SignedIn who, string challenge, CancellationToken cancellation) =>
        ChallengeDesk.IsId(challenge) ? await challenges.View(challenge, ChallengeDesk.SubjectOf(who), cancellation) : ProblemCode.NotFound;

    /// <summary>Answers the code: the contact counts as proven from now on.</summary>
    public async Task<Answer<FactStandings>> Prove(SignedIn who, string challenge, string code, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (!ChallengeDesk.IsId(challenge)) return ProblemCode.NotFound;
        var answered = await challenges.Answer(challenge, ChallengePurpose.FactProof, ChallengeDesk.SubjectOf(who), code, caller, operation, cancellation);
        if (answered.Problem is { } problem) return problem;
        return Answer<FactStandings>.From(await Repeatable.Call(() => Grain(who).ProveContact(who.Proof, answered.Value!, CancellationToken.None)));
    }

    // With a session any text may be a key, a name or a number included: what is kept is derived from it.
    private string Named(OperationId operation, string purpose) => derivedIds.FromIdempotencyKey(operation.Value, purpose);

    private IAccountFacts Grain(SignedIn who) => grains.GetGrain<IAccountFacts>(who.AccountKey);
}
