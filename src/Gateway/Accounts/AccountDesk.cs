using AiCloud.Identifiers;
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
    NetworkBudget networks, PasswordDesk passwords, DerivedIds derivedIds)
{
    public async Task<Answer<NewlySignedIn>> SignIn(SignInRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (await networks.Take(NetworkBudget.SignIns, caller, cancellation) is { } spent) return new Refusal(RefusalCode.TooManyAttempts, spent.RetryAfter);
        var identifier = Read(request.Identifier);
        var grain = grains.GetGrain<IIdentifierGrain>(digests.Of(identifier));
        var begun = await Repeatable.Call(() => grain.BeginSignIn(caller.Network, cancellation));
        if (begun.Refusal is { } refusal) return refusal;

        // Whoever has no account is looked for all the same, under a key that nobody else has: an actor, a read and a hash, as for anybody.
        var key = begun.Value!.Account is { } id ? AccountKeys.Of(id) : Decoy(grain.GetPrimaryKeyString());
        var account = grains.GetGrain<IAccountGrain>(key);
        var stored = await Repeatable.Call(() => account.Credential(cancellation));
        var checkedPassword = await passwords.Check(request.Password, stored.PasswordHash, cancellation);
        if (checkedPassword.Problem is { } problem)
        {
            await grain.SignInUndecided(caller.Network, CancellationToken.None);
            return problem;
        }
        if (!checkedPassword.Value!.Matches) return ProblemCode.CredentialsWrong;

        var (session, token) = SessionTokens.New(tokens, randomness, key, caller, "pwd");
        var opened = await Repeatable.Call(() => account.SignIn(
            new SignIn { Operation = operation.Value, Session = session, MatchedHash = stored.PasswordHash!, Rehash = checkedPassword.Value.Rehash }, cancellation));
        if (opened.Refusal is { } refused) return refused;
        await Repeatable.Call(async () => { await grain.SignInSucceeded(caller.Network, cancellation); return true; });
        return new NewlySignedIn(opened.Value!, token);
    }

    public async Task<Answer<AccountView>> View(SignedIn who, CancellationToken cancellation) =>
        Answer<AccountView>.From(await Repeatable.Call(() => Grain(who).View(who.Proof, cancellation)));

    public async Task<Answer<AccountView>> Change(SignedIn who, ChangeAccount change, CancellationToken cancellation) =>
        Answer<AccountView>.From(await Repeatable.Call(() => Grain(who).Change(who.Proof, change, cancellation)));

    public async Task<Answer<AcceptanceView[]>> Acceptances(SignedIn who, CancellationToken cancellation) =>
        Answer<AcceptanceView[]>.From(await Repeatable.Call(() => Grain(who).Acceptances(who.Proof, cancellation)));

    public async Task<Answer<SessionView[]>> Sessions(SignedIn who, CancellationToken cancellation) =>
        Answer<SessionView[]>.From(await Repeatable.Call(() => Grain(who).Sessions(who.Proof, cancellation)));

    public async Task<Answer<Done>> EndSessions(SignedIn who, SessionSelection which, CancellationToken cancellation) =>
        Answer<Done>.From(await Repeatable.Call(() => Grain(who).EndSessions(who.Proof, which, cancellation)));

    public async Task<Answer<Done>> ChangePassword(SignedIn who, PasswordChangeRequest request, CancellationToken cancellation)
    {
        var account = Grain(who);
        var begun = await Repeatable.Call(() => account.BeginPasswordChange(who.Proof, cancellation));
        if (begun.Refusal is { } refusal) return refusal;
        var current = await passwords.Check(request.CurrentPassword, begun.Value!.CurrentHash, cancellation);
        if (current.Problem is { } busy) return busy;
        if (!current.Value!.Matches) return Problem.At("/currentPassword", ProblemCode.CredentialsWrong);
        var hash = await passwords.Hash("/newPassword", request.NewPassword, begun.Value.Contacts, begun.Value.DisplayName, cancellation);
        if (hash.Problem is { } fault) return fault;
        return Answer<Done>.From(await account.ChangePassword(who.Proof, new ChangePassword
        {
            MatchedHash = begun.Value.CurrentHash,
            NewHash = hash.Value!,
            EndOtherSessions = request.EndOtherSessions ?? false,
        }, cancellation));
    }

    // What is no identifier at all is looked for like one, so that its answer tells nothing either.
    private Identifier Read(string text) =>
        text.Contains('@', StringComparison.Ordinal)
            ? IdentifierParsing.Email(text).Match(identifier => identifier, _ => new Identifier(IdentifierKind.Email, $"{text}@invalid"))
            : IdentifierParsing.Phone(text, regions.Value).Match(identifier => identifier, _ => new Identifier(IdentifierKind.Email, $"{text}@invalid"));

    private string Decoy(string identifierKey) =>
        Convert.ToHexStringLower(System.Buffers.Text.Base64Url.DecodeFromChars(derivedIds.FromIdempotencyKey(identifierKey, "decoy")));

    private IAccountGrain Grain(SignedIn who) => grains.GetGrain<IAccountGrain>(who.AccountKey);
}

/// <summary>A session just opened, with its token.</summary>
internal sealed record NewlySignedIn(SessionOpened Opened, string Token)
{
    public override string ToString() => nameof(NewlySignedIn);
}
