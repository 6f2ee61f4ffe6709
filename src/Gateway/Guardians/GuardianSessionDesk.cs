using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Names;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Guardians;

/// <summary>Signing in as guardian, by a code sent to the guardian's contact, and what a guardian may do (C2.1b).</summary>
internal sealed class GuardianSessionDesk(IGrainFactory grains, GuardianDesk guardians, ChallengeDesk challenges, DisplayNames names, StoredNames stored, Tokens tokens, IRandomness randomness)
{
    /// <summary>Sends a code, whether or not the contact is a guardian's: the answer tells nothing.</summary>
    public async Task<Answer<StartedChallenge>> SendCode(GuardianContactRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var (contact, fault) = guardians.Read(request);
        if (fault is not null) return fault;
        var id = challenges.IdOf(operation, "guardian", "guardian-sign-in");
        var wish = new ChallengeWish(ChallengePurpose.Guardian, GuardianSubjects.SignIn(id), contact!.Contact, caller.Language);
        return await challenges.Start(id, wish, caller, minted: !operation.FromClient, cancellation);
    }

    public async Task<Answer<GuardianSignedIn>> SignIn(GuardianCodeRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (!ChallengeDesk.IsId(request.Challenge)) return ProblemCode.NotFound;
        var proven = await challenges.Answer(request.Challenge, ChallengePurpose.Guardian, GuardianSubjects.SignIn(request.Challenge), request.Code, caller, operation, cancellation);
        if (proven.Problem is { } problem) return problem;
        var (id, token) = GuardianTokens.New(tokens, randomness, proven.Value!.IdentifierKey);
        var opened = await Repeatable.Call(() => grains.GetGrain<IGuardianContactGrain>(proven.Value.IdentifierKey).OpenSession(
            new NewGuardianSession { Proven = proven.Value, Id = id, SecretDigest = token.SecretDigest }, cancellation));
        if (opened.Refusal is { Code: RefusalCode.NotFound }) return ProblemCode.NotAGuardian; // whoever proved the contact may know
        // Signing in is what shows a minor's "cannot be reached" to be wrong. An account that cannot be asked now hears of it when the guardian first looks.
        try { await Accounts(new GuardianProof { IdentifierKey = proven.Value.IdentifierKey, Session = id, SecretDigest = token.SecretDigest }, cancellation); }
        catch (Exception failure) when (failure is OrleansException or TimeoutException) { }
        return opened.Match<Answer<GuardianSignedIn>>(session => new GuardianSignedIn(session, token.Text), refusal => refusal);
    }

    public async Task<Answer<Done>> SignOut(GuardianProof who, CancellationToken cancellation) =>
        await Repeatable.Call(() => grains.GetGrain<IGuardianContactGrain>(who.IdentifierKey).EndSession(who, cancellation));

    /// <summary>The accounts that name this contact as their guardian's.</summary>
    public async Task<Answer<GuardedAccountView[]>> Accounts(GuardianProof who, CancellationToken cancellation)
    {
        var session = await Repeatable.Call(() => grains.GetGrain<IGuardianContactGrain>(who.IdentifierKey).Session(who, cancellation));
        if (session.Refusal is { } refusal) return refusal;
        var views = new List<GuardedAccountView>();
        Problem? unanswered = null;
        // As few as a contact may answer for. Each is asked, whatever another says: it is how an account hears that its guardian is there.
        foreach (var account in session.Value!.Accounts)
        {
            var answer = await View(who, account, cancellation);
            if (answer.Value is { } view) views.Add(view);
            else if (answer.Problem is { Code: not ProblemCode.NotFound } problem) unanswered ??= problem; // no list passes for the whole one
        }
        if (unanswered is not null) return unanswered;
        return views.ToArray();
    }

    public async Task<Answer<GuardedAccountView>> View(GuardianProof who, Guid account, CancellationToken cancellation) =>
        await stored.Shown(await Repeatable.Call(() => Account(account).GuardianView(who, cancellation)), cancellation);

    public async Task<Answer<GuardedAccountView>> Correct(GuardianProof who, Guid account, ChangeAccount change, CancellationToken cancellation)
    {
        if (change.DisplayName is { Length: > 0 } typed)
        {
            if (names.Read(typed) is not { } name) return Problem.At("/displayName", ProblemCode.DisplayNameRefused);
            change = change with { DisplayName = name };
        }
        return Answer<GuardedAccountView>.From(await Repeatable.Call(() => Account(account).GuardianCorrect(who, change, cancellation)));
    }

    public async Task<Answer<GuardedAccountView>> Freeze(GuardianProof who, Guid account, bool frozen, CancellationToken cancellation) =>
        await stored.Shown(await Repeatable.Call(() => Account(account).GuardianFreeze(who, frozen, cancellation)), cancellation);

    /// <summary>Repeated, it finds no account of theirs any more.</summary>
    public async Task<Answer<Done>> Withdraw(GuardianProof who, Guid account, CancellationToken cancellation) =>
        Answer<Done>.From(await Account(account).GuardianWithdraw(who, cancellation));

    private IGuardedAccountGrain Account(Guid account) => grains.GetGrain<IGuardedAccountGrain>(AccountKeys.Of(account));
}

/// <summary>A guardian's session just opened, with its token.</summary>
internal sealed record GuardianSignedIn(GuardianSession Session, string Token)
{
    public override string ToString() => nameof(GuardianSignedIn);
}
