using AiCloud.Guardians;
using AiCloud.Identity;
using AiCloud.Registration;
using AiCloud.Storage;
using Microsoft.Extensions.Options;

namespace AiCloud.Identifiers;

[GrainType("identifier")]
internal sealed partial class IdentifierGrain(
    [PersistentState("identifier", StorageNames.State)] IPersistentState<IdentifierState> stored,
    IOptions<IdentifierBudgetOptions> budgets, IOptions<RegistrationOptions> registration, IOptions<IdentityOptions> identity, IOptions<GuardianOptions> guardians, TimeProvider clock)
    : Grain, IIdentifierGrain, ICertificateProofs
{
    private IdentifierBudgetOptions Limits => budgets.Value;
    private IdentifierState State => stored.State;

    public async Task<Outcome<SendGrant>> GrantSend(SendRequest request, CancellationToken cancellation)
    {
        var (sends, result) = State.Sends.Grant(request, State.Owner is not null, Limits, clock.GetUtcNow());
        if (!ReferenceEquals(sends, State.Sends)) await Keep(State with { Sends = sends });
        return result;
    }

    public Task WithdrawSend(string session, int number, CancellationToken cancellation) =>
        Keep(State with { Sends = State.Sends.Withdrawn(session, number) });

    public Task CodeProven(string session, int guessesSpent, long network, CancellationToken cancellation) =>
        Keep(State with { Sends = State.Sends.Proven(session, guessesSpent, network) });

    public Task<IdentifierStanding> Standing(CancellationToken cancellation) => Task.FromResult(new IdentifierStanding { Owner = State.Owner });

    public Task<HoldResult> Hold(HoldRequest request, CancellationToken cancellation) =>
        Decide(State.HoldFor(request, registration.Value.HoldDuration, clock.GetUtcNow()));

    public Task<HoldResult> Own(string operation, Guid account, CancellationToken cancellation) => Decide(State.OwnFor(operation, account));

    public async Task<HoldResult> Release(string operation, Guid account, CancellationToken cancellation)
    {
        var decided = State.ReleaseFor(operation, account);
        // The account erases itself on any answer but "yours". A write proves that what this activation remembers is what is kept; an answer
        // without one is read first, since a silo cut off from the others may still run an activation that knows of no hold and no owner.
        if (ReferenceEquals(decided.Next, State) && decided.Result.Status != HoldStatus.OwnedByYou)
        {
            await stored.ReadStateAsync(cancellation);
            decided = State.ReleaseFor(operation, account);
        }
        return await Decide(decided);
    }

    public async Task<HoldResult> Relinquish(Guid account, DateTimeOffset reservedUntil, CancellationToken cancellation)
    {
        var decided = State.RelinquishFor(account, reservedUntil);
        // As with a release: an answer without a write comes from what is stored, since the account forgets the contact on it.
        if (ReferenceEquals(decided.Next, State))
        {
            await stored.ReadStateAsync(cancellation);
            decided = State.RelinquishFor(account, reservedUntil);
        }
        return await Decide(decided);
    }

    public async Task<Outcome<SignInTry>> BeginSignIn(SignInFrom from, CancellationToken cancellation)
    {
        from = Honoured(from);
        var (signIns, refusal) = State.SignIns.Take(from, State.IsOwners(from), Limits, clock.GetUtcNow());
        if (refusal is not null) return refusal;
        await Keep(State with { SignIns = signIns });
        return new SignInTry { Account = State.Owner };
    }

    public Task SignInUndecided(SignInFrom from, CancellationToken cancellation)
    {
        from = Honoured(from);
        return Keep(State with { SignIns = State.SignIns.Undecided(from, State.IsOwners(from)) });
    }

    public Task SignInSucceeded(SignInFrom from, CancellationToken cancellation)
    {
        from = Honoured(from);
        return Keep(State with { SignIns = State.SignIns.Succeeded(from, State.IsOwners(from)) });
    }

    private SignInFrom Honoured(SignInFrom from) => State.Honoured(from, Limits, clock.GetUtcNow());

    public Task<Outcome<SignInTry>> BeginSignIn(long network, CancellationToken cancellation) => BeginSignIn(From(network), cancellation);

    public Task SignInUndecided(long network, CancellationToken cancellation) => SignInUndecided(From(network), cancellation);

    public Task SignInSucceeded(long network, CancellationToken cancellation) => SignInSucceeded(From(network), cancellation);

    private static SignInFrom From(long network) => new() { Network = network, Site = network };

    private async Task<HoldResult> Decide((IdentifierState Next, HoldResult Result) decided)
    {
        if (!ReferenceEquals(decided.Next, State)) await Keep(decided.Next);
        return decided.Result;
    }

    // A row in which nothing counts is due at once: without an instant no sweep would find it.
    private Task Keep(IdentifierState next) =>
        this.Keep(stored, next with { BudgetsEndAt = IdentifierState.Later(next.SignIns.EndsAt(Limits), next.Sends.EndsAt) ?? clock.GetUtcNow() });
}
