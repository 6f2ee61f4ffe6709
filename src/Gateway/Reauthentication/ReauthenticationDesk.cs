using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Passwords;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Reauthentication;

/// <summary>Renewing a session's authentication, for API and pages alike.</summary>
internal sealed class ReauthenticationDesk(IGrainFactory grains, ChallengeDesk challenges, PasswordDesk passwords, DerivedIds derivedIds, IRandomness randomness)
{
    public async Task<Answer<ReauthenticationView>> View(SignedIn who, CancellationToken cancellation) =>
        Answer<ReauthenticationView>.From(await Repeatable.Call(() => Grain(who).Reauthentication(who.Proof, cancellation)));

    public async Task<Answer<ReauthenticationView>> ByPassword(SignedIn who, string password, OperationId operation, CancellationToken cancellation)
    {
        var account = Grain(who);
        var call = new ReauthenticationCall { Operation = derivedIds.FromIdempotencyKey(operation.Value, "reauthentication"), Attempt = DerivedIds.New(randomness) };
        var begun = await Repeatable.Call(() => account.PrepareReauthentication(who.Proof, call, cancellation));
        if (begun.Refusal is { } refusal) return refusal;
        var ended = false;
        try
        {
            // Without a password the same work is done against a dummy.
            var match = await passwords.Check(password, begun.Value!.PasswordHash, cancellation);
            if (match.Problem is { } busy) return busy;
            if (!match.Value!.Matches) return begun.Value.AlreadyDone ? ProblemCode.IdempotencyKeyReused : Problem.At("/password", ProblemCode.CredentialsWrong);
            var renewed = await Repeatable.Call(() => account.Reauthenticate(who.Proof, call, begun.Value.PasswordHash!, CancellationToken.None));
            ended = true;
            return Answer<ReauthenticationView>.From(renewed);
        }
        finally
        {
            if (!ended) await account.UnprepareReauthentication(call, CancellationToken.None);
        }
    }

    /// <summary>Sends a code to a contact that may renew it.</summary>
    public async Task<Answer<StartedChallenge>> SendCode(SignedIn who, string contact, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var found = await Repeatable.Call(() => Grain(who).ContactForCode(who.Proof, contact, cancellation));
        if (found.Refusal is { } refusal) return refusal;
        var subject = ChallengeDesk.SubjectOf(who);
        var wish = new ChallengeWish(ChallengePurpose.Reauthentication, subject, found.Value!.Contact, found.Value.Locale);
        return await challenges.Start(challenges.IdOf(operation, subject, "reauthentication"), wish, caller, !operation.FromClient, cancellation);
    }

    public async Task<Answer<ReauthenticationView>> ByCode(SignedIn who, string challenge, string code, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (!ChallengeDesk.IsId(challenge)) return ProblemCode.NotFound;
        var answered = await challenges.Answer(challenge, ChallengePurpose.Reauthentication, ChallengeDesk.SubjectOf(who), code, caller, operation, cancellation);
        if (answered.Problem is { } problem) return problem;
        return Answer<ReauthenticationView>.From(await Repeatable.Call(() => Grain(who).ReauthenticateByCode(who.Proof, answered.Value!, CancellationToken.None)));
    }

    private IAccountReauthentication Grain(SignedIn who) => grains.GetGrain<IAccountReauthentication>(who.AccountKey);
}
