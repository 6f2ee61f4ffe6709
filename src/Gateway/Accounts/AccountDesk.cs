using AiCloud.Consent;
using AiCloud.Identifiers;
using AiCloud.Names;
using AiCloud.Networks;
using AiCloud.Passwords;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

/// <summary>Signing in and what a session may do, for API and pages alike.</summary>
internal sealed class AccountDesk(
    IGrainFactory grains, IOptions<RegionsOptions> regions, IdentifierDigest digests, Tokens tokens, IRandomness randomness,
    NetworkBudget networks, PasswordDesk passwords, DerivedIds derivedIds, KeyedSignIns keyed, KnownClients known, DisplayNames names, StoredNames stored)
{
    public async Task<Answer<NewlySignedIn>> SignIn(SignInRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (await networks.Take(NetworkBudget.SignIns, caller, cancellation) is { } spent) return new Refusal(RefusalCode.TooManyAttempts, spent.RetryAfter);
        var identifierKey = digests.Of(Read(request.Identifier));
        return operation.FromClient
            ? await keyed.Run(operation, identifierKey, earlier => SignIn(identifierKey, request, caller, operation, earlier, cancellation), cancellation)
            : (await SignIn(identifierKey, request, caller, operation, null, cancellation)).Answer;
    }

    /// <summary>One try; <paramref name="earlier"/> says whether the password of the first call with the same key was right, null for the first itself.</summary>
    private async Task<SignInDecision> SignIn(
        string identifierKey, SignInRequest request, Caller caller, OperationId operation, bool? earlier, CancellationToken cancellation)
    {
        var grain = grains.GetGrain<IIdentifierGrain>(identifierKey);
        var from = caller.SignIn(known.Read(request.KnownClient));
        var begun = await Repeatable.Call(() => grain.BeginSignIn(from, cancellation));
        if (begun.Refusal is { } refusal) return new(refusal);

        // Whoever has no account is looked for all the same, under a key that nobody else has: an actor, a read and a hash, as for anybody.
        var key = begun.Value!.Account is { } id ? AccountKeys.Of(id) : Decoy(identifierKey);
        var account = grains.GetGrain<IAccountGrain>(key);
        var credential = await Repeatable.Call(() => account.Credential(cancellation));
        var checkedPassword = await passwords.Check(request.Password, credential.PasswordHash, cancellation);
        if (checkedPassword.Problem is { } problem)
        {
            // Not repeated when its answer is lost: twice would give back a second try.
            await grain.SignInUndecided(from, CancellationToken.None);
            return new(problem);
        }
        var right = checkedPassword.Value!.Matches;
        if (earlier is not null && earlier != right)
        {
            // Another password than the first call's. The try is as spent as with a key of its own, so the key is no way to guess for free.
            if (right) await grain.SignInUndecided(from, CancellationToken.None);
            return new(ProblemCode.IdempotencyKeyReused);
        }
        if (!right) return new(ProblemCode.CredentialsWrong, right);

        var (session, token) = SessionTokens.New(tokens, randomness, key, caller, "pwd");
        var opened = await Repeatable.Call(() => account.SignIn(
            new SignIn { Operation = operation.Value, Session = session, MatchedHash = credential.PasswordHash!, Rehash = checkedPassword.Value.Rehash, Network = caller.Network, Site = caller.Site, IdentifierKey = identifierKey }, cancellation));
        if (opened.Refusal is { } refused) return new(refused, Right: false); // it changed while it was being looked at
        await Repeatable.Call(async () => { await grain.SignInSucceeded(from, cancellation); return true; });
        return new(new NewlySignedIn(opened.Value! with { Account = await stored.Check(opened.Value.Account, cancellation) }, token, known.Mark(key, request.KnownClient, operation)), right);
    }

    public async Task<Answer<AccountView>> View(SignedIn who, CancellationToken cancellation) =>
        await stored.Check(await Repeatable.Call(() => Grain(who).View(who.Proof, cancellation)), cancellation);

    public async Task<Answer<AccountView>> Change(SignedIn who, ChangeAccount change, CancellationToken cancellation)
    {
        if (change.DisplayName is { Length: > 0 } typed)
        {
            if (names.Read(typed) is not { } name) return Problem.At("/displayName", ProblemCode.DisplayNameRefused);
            change = change with { DisplayName = name };
        }
        return await Used(who, await Repeatable.Call(() => Grain(who).Change(who.Proof, change, cancellation)), cancellation);
    }

    public async Task<Answer<AccountView>> GoOn(SignedIn who, CancellationToken cancellation) =>
        await Used(who, await Repeatable.Call(() => Grain(who).GoOn(who.Proof, cancellation)), cancellation);

    public async Task<Answer<ConsentView[]>> Consents(SignedIn who, CancellationToken cancellation) =>
        Answer<ConsentView[]>.From(await Repeatable.Call(() => Grain(who).Consents(who.Proof, cancellation)));

    public async Task<Answer<ConsentView>> Decide(SignedIn who, ConsentDecision decision, CancellationToken cancellation) =>
        Answer<ConsentView>.From(await Repeatable.Call(() => Grain(who).Decide(who.Proof, decision, cancellation)));

    public async Task<Answer<AcceptanceView[]>> Acceptances(SignedIn who, CancellationToken cancellation) =>
        Answer<AcceptanceView[]>.From(await Repeatable.Call(() => Grain(who).Acceptances(who.Proof, cancellation)));

    public async Task<Answer<SessionView[]>> Sessions(SignedIn who, CancellationToken cancellation) =>
        Answer<SessionView[]>.From(await Repeatable.Call(() => Grain(who).Sessions(who.Proof, cancellation)));

    public async Task<Answer<Done>> EndSessions(SignedIn who, SessionSelection which, CancellationToken cancellation) =>
        Answer<Done>.From(await Repeatable.Call(() => Grain(who).EndSessions(who.Proof, which, cancellation)));

    public async Task<Answer<Done>> ChangePassword(SignedIn who, PasswordChangeRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var account = Grain(who);
        var call = new PasswordChangeCall
        {
            // With a session any text may be a key, a name or a number included: what is kept is derived from it.
            Operation = derivedIds.FromIdempotencyKey(operation.Value, "password-change"),
            Attempt = DerivedIds.New(randomness),
            EndOtherSessions = request.EndOtherSessions ?? false,
        };
        var begun = await Repeatable.Call(() => account.PreparePasswordChange(who.Proof, call, cancellation));
        if (begun.Refusal is { } refusal) return refusal;
        var ended = false;
        try
        {
            if (begun.Value!.AlreadyDone) return await RefuseOtherPassword(request.NewPassword, begun.Value.CurrentHash, cancellation);
            var hash = await CheckAndHash(request, begun.Value, cancellation);
            if (hash.Problem is { } fault) return fault;
            var change = new ChangePassword
            {
                MatchedHash = begun.Value.CurrentHash, NewHash = hash.Value!, EndOtherSessions = call.EndOtherSessions, Operation = call.Operation, Attempt = call.Attempt, Site = caller.Site,
            };
            var changed = await Repeatable.Call(() => account.ChangePassword(who.Proof, change, CancellationToken.None));
            ended = true;
            return Answer<Done>.From(changed);
        }
        finally
        {
            if (!ended) await account.UnpreparePasswordChange(call, CancellationToken.None);
        }
    }

    private async Task<Answer<string>> CheckAndHash(PasswordChangeRequest request, PasswordChangeBegun begun, CancellationToken cancellation)
    {
        // Where there is none yet the account asks for a recent authentication instead (C2.2f).
        if (begun.CurrentHash is not null)
        {
            if (request.CurrentPassword is null) return Problem.Of(ProblemCode.Invalid, [new FieldError("/currentPassword", FieldFault.Required)]);
            var current = await passwords.Check(request.CurrentPassword, begun.CurrentHash, cancellation);
            if (current.Problem is { } busy) return busy;
            if (!current.Value!.Matches) return Problem.At("/currentPassword", ProblemCode.CredentialsWrong);
        }
        return await passwords.Hash("/newPassword", request.NewPassword, begun.Contacts, begun.DisplayName, cancellation);
    }

    // Nothing of either password is kept but the new one's hash, so that is what tells a repeat from another body.
    private async Task<Answer<Done>> RefuseOtherPassword(string password, string? hash, CancellationToken cancellation)
    {
        var match = await passwords.Check(password, hash, cancellation);
        if (match.Problem is { } busy) return busy;
        return match.Value!.Matches ? Done.It : ProblemCode.IdempotencyKeyReused;
    }

    /// <summary>A function that lacks a consent is refused together with what there is to decide.</summary>
    private async Task<Answer<AccountView>> Used(SignedIn who, Outcome<AccountView> outcome, CancellationToken cancellation)
    {
        if (outcome.Refusal is not { Code: RefusalCode.ConsentRequired } refusal) return await stored.Check(outcome, cancellation);
        var view = await Repeatable.Call(() => Grain(who).View(who.Proof with { Act = null }, cancellation));
        return Problem.From(refusal).With("consentDue", ConsentDueBody.Of(view.Value?.ConsentDue ?? [], who.Proof.Act!.Language));
    }

    // What is no identifier at all is looked for like one, so that its answer tells nothing either.
    private Identifier Read(string text) =>
        IdentifierParsing.Any(text, regions.Value).Match(identifier => identifier, _ => new Identifier(IdentifierKind.Email, $"{text}@invalid"));

    private string Decoy(string identifierKey) =>
        Convert.ToHexStringLower(System.Buffers.Text.Base64Url.DecodeFromChars(derivedIds.FromIdempotencyKey(identifierKey, "decoy")));

    private IAccountGrain Grain(SignedIn who) => grains.GetGrain<IAccountGrain>(who.AccountKey);
}

/// <summary>A session just opened, with its token and the mark of who opened it.</summary>
internal sealed record NewlySignedIn(SessionOpened Opened, string Token, string KnownClient)
{
    public override string ToString() => nameof(NewlySignedIn);
}
