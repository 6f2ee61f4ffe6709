using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Contacts;
using AiCloud.Identifiers;
using AiCloud.Passwords;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.Extensions.Options;

namespace AiCloud.PasswordResets;

/// <summary>
/// Resetting a password, for API and pages alike (P-05, R-04). Until the right code came, a contact without an account is treated as one with: same actors,
/// same writes, a message of its own. What is behind a contact learns only who holds it.
/// </summary>
internal sealed class PasswordResetDesk(
    IGrainFactory grains, ChallengeDesk challenges, PasswordDesk passwords, IOptions<RegionsOptions> regions, IdentifierDigest digests, Tokens tokens, DerivedIds derivedIds, IRandomness randomness)
{
    public async Task<Answer<ResetView>> Start(ResetRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var (contact, fault) = TypedContact.Read(request.Method, request.Phone, request.Email, regions.Value);
        if (fault is not null) return fault;
        var id = operation.FromClient ? derivedIds.FromIdempotencyKey(operation.Value, "password-reset") : DerivedIds.New(randomness);
        var token = tokens.IssueDerived(Tokens.PasswordReset, id);
        var wish = new ChallengeWish(ChallengePurpose.PasswordReset, Subject(token.SecretDigest), contact!, caller.Language) { KnownOnly = true };
        var started = await challenges.Start(id, wish, caller, minted: !operation.FromClient, cancellation);
        if (started.Problem is { } problem) return problem;
        // A repeat may come from whoever learnt the key later: once the code was answered, it tells no token.
        return new ResetView(id, started.Value!.View.Proven ? null : token.Text, started.Value.View, null);
    }

    public async Task<Answer<ResetView>> View(Token token, CancellationToken cancellation)
    {
        var challenge = await challenges.View(token.Id, Subject(token), cancellation);
        if (challenge.Problem is { } gone) return Lapsed(gone);
        if (!challenge.Value!.Proven) return new ResetView(token.Id, null, challenge.Value, null);
        var standing = await With(token, (account, first) => account.ResetStanding(first, cancellation), cancellation);
        return standing.Problem is { } problem ? problem : new ResetView(token.Id, null, challenge.Value, standing.Value);
    }

    public async Task<Answer<ResetView>> Resend(Token token, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var resent = await challenges.Resend(token.Id, Subject(token), caller, operation, cancellation);
        return resent.Problem is { } problem ? Lapsed(problem) : new ResetView(token.Id, null, resent.Value!, null);
    }

    public async Task<Answer<ResetView>> Verify(Token token, string code, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var answered = await challenges.Answer(token.Id, ChallengePurpose.PasswordReset, Subject(token), code, caller, operation, cancellation);
        return answered.Problem is { } problem ? Lapsed(problem) : await View(token, cancellation);
    }

    /// <summary>Sends a code to another contact of the account.</summary>
    public async Task<Answer<StartedChallenge>> SendSecond(Token token, string contact, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var other = await With(token, (account, first) => account.ContactForSecond(first, contact, cancellation), cancellation);
        if (other.Problem is { } problem) return problem;
        var wish = new ChallengeWish(ChallengePurpose.PasswordResetSecond, Subject(token), other.Value!.Contact, other.Value.Locale);
        return await challenges.Start(challenges.IdOf(operation, Subject(token), "password-reset-second"), wish, caller, !operation.FromClient, cancellation);
    }

    /// <summary>The second code as it stands; null when it is gone.</summary>
    public async Task<StartedChallenge?> Second(Token token, string challenge, CancellationToken cancellation) =>
        ChallengeDesk.IsId(challenge) && (await challenges.View(challenge, Subject(token), cancellation)).Value is { } view ? new StartedChallenge(challenge, view) : null;

    public async Task<Answer<ResetView>> VerifySecond(Token token, string challenge, string code, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (!ChallengeDesk.IsId(challenge)) return ProblemCode.NotFound;
        var answered = await challenges.Answer(challenge, ChallengePurpose.PasswordResetSecond, Subject(token), code, caller, operation, cancellation);
        if (answered.Problem is { } problem) return problem;
        var view = await View(token, cancellation);
        // Both codes together are enough.
        return view.Value is { Standing: { } standing } reset ? reset with { Standing = standing with { Allowed = !standing.Done, Others = [] } } : view;
    }

    /// <summary>Tells every contact and begins the wait.</summary>
    public async Task<Answer<ResetView>> Announce(Token token, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var call = new SiteCall { Operation = operation.Value, Site = caller.Site };
        var announced = await With(token, (account, first) => account.AnnounceReset(first, call, CancellationToken.None), cancellation);
        return announced.Problem is { } problem ? problem : await View(token, cancellation);
    }

    public async Task<Answer<Done>> Complete(Token token, ResetCompletionRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        ChallengeProven? second = null;
        if (request.SecondChallenge is { } id)
        {
            if (!ChallengeDesk.IsId(id)) return ProblemCode.NotFound;
            var proven = await Repeatable.Call(() => grains.GetGrain<IChallengeGrain>(id).Proven(Subject(token), ChallengePurpose.PasswordResetSecond, cancellation));
            if (proven.Refusal is { } refusal) return refusal;
            second = proven.Value;
        }
        return await With(token, (account, first) => Complete(account, new ResetProofs { First = first, Second = second, Attempt = DerivedIds.New(randomness) }, request.Password,
            caller, new SiteCall { Operation = operation.Value, Site = caller.Site }, cancellation), cancellation);
    }

    private async Task<Answer<Done>> Complete(IAccountPasswordReset account, ResetProofs proofs, string password, Caller caller, SiteCall call, CancellationToken cancellation)
    {
        var prepared = await Repeatable.Call(() => account.PrepareReset(proofs, cancellation));
        if (prepared.Refusal is { } refusal) return refusal;
        var ended = false;
        try
        {
            if (prepared.Value!.AlreadyDone)
            {
                // Nothing of the password is kept but its hash, so that is what tells a repeat from another body.
                var match = await passwords.Check(password, prepared.Value.CurrentHash, cancellation);
                if (match.Problem is { } busy) return busy;
                return match.Value!.Matches ? await Welcome(prepared.Value.Contacts, caller) : ProblemCode.IdempotencyKeyReused;
            }
            var hash = await passwords.Hash("/password", password, prepared.Value.Contacts, prepared.Value.DisplayName, cancellation);
            if (hash.Problem is { } fault) return fault;
            var reset = await Repeatable.Call(() => account.ResetPassword(proofs, hash.Value!, call, CancellationToken.None));
            ended = true;
            return reset.Refusal is { } refused ? refused : await Welcome(prepared.Value.Contacts, caller);
        }
        finally
        {
            if (!ended) await account.UnprepareReset(proofs, CancellationToken.None);
        }
    }

    /// <summary>
    /// Who set a new password by code is the owner where they are now, whichever contact they sign in by: neither what they tried before nor what strangers try
    /// elsewhere keeps them out. A repeat of the call comes here too, so a crash in between costs nothing.
    /// </summary>
    private async Task<Answer<Done>> Welcome(Identifier[] contacts, Caller caller)
    {
        foreach (var contact in contacts)
        {
            var identifier = grains.GetGrain<IIdentifierGrain>(digests.Of(contact));
            await Repeatable.Call(async () => { await identifier.SignInSucceeded(caller.SignIn(), CancellationToken.None); return true; });
        }
        return Done.It;
    }

    private Task<Answer<T>> With<T>(Token token, Func<IAccountPasswordReset, ChallengeProven, Task<Outcome<T>>> act, CancellationToken cancellation) where T : class =>
        With(token, async (account, first) => Answer<T>.From(await Repeatable.Call(() => act(account, first))), cancellation);

    /// <summary>The account behind a proven contact. Which one it is, nobody is told.</summary>
    private async Task<Answer<T>> With<T>(Token token, Func<IAccountPasswordReset, ChallengeProven, Task<Answer<T>>> act, CancellationToken cancellation) where T : class
    {
        var proven = await Repeatable.Call(() => grains.GetGrain<IChallengeGrain>(token.Id).Proven(Subject(token), ChallengePurpose.PasswordReset, cancellation));
        if (proven.Refusal is { } refusal) return Lapsed(Problem.From(refusal));
        var standing = await Repeatable.Call(() => grains.GetGrain<IIdentifierGrain>(proven.Value!.IdentifierKey).Standing(cancellation));
        if (standing.Owner is not { } owner) return ProblemCode.CodeExpired; // it left the account since
        return await act(grains.GetGrain<IAccountPasswordReset>(AccountKeys.Of(owner)), proven.Value!);
    }

    // The token is authentic: what it names lapsed or was erased.
    private static Problem Lapsed(Problem problem) => problem.Code == ProblemCode.NotFound ? Problem.Of(ProblemCode.CodeExpired) : problem;

    private static string Subject(Token token) => Subject(token.SecretDigest);

    private static string Subject(byte[] secretDigest) => Convert.ToHexStringLower(secretDigest);
}
