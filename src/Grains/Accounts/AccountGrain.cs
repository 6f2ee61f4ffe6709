using AiCloud.Consent;
using AiCloud.Delivery;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Ledger;
using AiCloud.Protection;
using AiCloud.Storage;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

[GrainType("account")]
internal sealed partial class AccountGrain(
    [PersistentState("account", StorageNames.State)] IPersistentState<AccountState> stored,
    IOptions<SessionOptions> sessions, AccountVault vault, DocumentCatalog documents, LedgerFlusher flusher, ILedgerSteps steps, INoticeDelivery notices, SwitchBoard switches,
    IOptions<GuardianOptions> guardians, GuardianMessages messages, DerivedIds ids, DecoyKeys decoys, TimeProvider clock, ILogger<AccountGrain> log) : Grain, IAccountGrain
{
    private string Id => this.GetPrimaryKeyString();
    private AccountState State => stored.State;
    private SessionOptions Limits => sessions.Value;
    private bool _isDecoy;

    public async Task<Outcome<Done>> Open(OpenAccount request, CancellationToken cancellation)
    {
        if (State.Phase is AccountPhase.Open or AccountPhase.Ending or AccountPhase.Ended) return RefusalCode.AlreadyCompleted;
        var now = clock.GetUtcNow();
        var prepared = await vault.Seal(Id, request, now, cancellation);
        if (request.Guardian is { } guardian) prepared = vault.Bind(Id, prepared, guardian, now);
        await Keep(stored, prepared.With(vault.Seal(Id, prepared, request.Session, request.Operation, Limits, now) with { Through = request.IdentifierKey }, Limits, now));
        return Done.It;
    }

    public async Task<Outcome<AccountConfirmed>> Confirm(CancellationToken cancellation)
    {
        if (!await IsOpen(owned: true, cancellation)) return RefusalCode.NotFound;
        var first = State.Sessions.FirstOrDefault(session => session.Operation == State.Operation);
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        return new AccountConfirmed
        {
            Operation = State.Operation,
            Fingerprint = State.Fingerprint,
            Account = ViewNow(published, now),
            Session = first is null ? null : ViewNow(first, current: true, published, now),
        };
    }

    public async Task<Outcome<SessionOpened>> ReopenSession(string operation, string matchedHash, NewSession session, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation) || State.Operation != operation) return RefusalCode.NotFound;
        // The password changed, or was dropped by an objection, while the one of the repeat was being checked.
        if (vault.Password(Id, State) != matchedHash) return RefusalCode.IdempotencyKeyReused;
        var now = clock.GetUtcNow();
        var fresh = vault.Seal(Id, State, session, operation, Limits, now) with { Through = State.Sessions.FirstOrDefault(first => first.Operation == operation)?.Through };
        var others = State with { Sessions = [.. State.Sessions.Where(other => other.Operation != operation)] };
        await Keep(stored, others.With(fresh, Limits, now));
        return Opened(fresh, await documents.Get(cancellation), now);
    }

    public async Task<StoredCredential> Credential(CancellationToken cancellation)
    {
        if (!stored.RecordExists) await CostAsMuchAsAny(cancellation);
        return new() { PasswordHash = await IsOpen(owned: false, cancellation) ? vault.Password(Id, State) : null };
    }

    // An account that nobody has asks the vault as it comes into memory, and stays there, like any other: else time, or an outage, would tell who has one.
    private async Task CostAsMuchAsAny(CancellationToken cancellation)
    {
        if (_isDecoy) return;
        try { await decoys.Open(cancellation); }
        catch
        {
            DeactivateOnIdle(); // one whose keys do not open does not come into memory either
            throw;
        }
        _isDecoy = true;
    }

    public Task<bool> Exists(CancellationToken cancellation)
    {
        if (!stored.RecordExists) DeactivateOnIdle();
        return Task.FromResult(stored.RecordExists);
    }

    public async Task<Outcome<SessionOpened>> SignIn(SignIn request, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation) || vault.Password(Id, State) is not { } current) return RefusalCode.CredentialsWrong;
        var repeated = State.Sessions.FirstOrDefault(session => session.Operation == request.Operation);
        // The password changed while the old one was being checked.
        if (current != request.MatchedHash && repeated is null) return RefusalCode.CredentialsWrong;
        var now = clock.GetUtcNow();
        // A repeat may meet a password that was changed meanwhile: the old one's new hash must not undo that.
        var next = request.Rehash is { } rehash && current == request.MatchedHash ? State with { PasswordHash = vault.SealPassword(Id, State, rehash) } : State;
        if (repeated is not null) next = next with { Sessions = [.. next.Sessions.Where(session => session.Id != repeated.Id)] };
        var session = vault.Seal(Id, State, request.Session, request.Operation, Limits, now) with { Through = request.IdentifierKey };
        var published = await documents.Get(cancellation);
        next = SeenAt(next.WithUse(request.IdentifierKey, now), request, now);
        // Signing in shows what changed and is no use of the account (C2.5c).
        await Keep(stored, next.With(session, Limits, now).WithShown(Id, Notices.Due(next, published, now), "sign_in", now));
        await FinishContacts(cancellation);
        return Opened(session, published, now);
    }

    /// <summary>
    /// Whether the account is open. A prepared one that is asked lets its identifier decide: owned by it, it opens; otherwise, once its
    /// hold has run out or it is told to settle, it gives the hold up first, after which no completion can own it any more, and erases itself.
    /// </summary>
    private async Task<bool> IsOpen(bool owned, CancellationToken cancellation, bool settle = false)
    {
        if (State.Phase == AccountPhase.Open) return !Endings.AccountEndings.IsDue(State, clock.GetUtcNow()); // nobody waits for a reminder to end
        if (State.Phase is null or AccountPhase.Ending or AccountPhase.Ended) return false;
        if (!owned)
        {
            var account = Guid.ParseExact(Id, "N");
            var identifier = GrainFactory.GetGrain<IIdentifierGrain>(State.Contacts[0].IdentifierKey);
            if (!settle && clock.GetUtcNow() < State.HoldUntil)
            {
                if ((await identifier.Standing(cancellation)).Owner != account) return false;
            }
            else if ((await Repeatable.Call(() => identifier.Release(State.Registration, account, cancellation))).Status != HoldStatus.OwnedByYou)
            {
                log.Erased(Id);
                await this.Erase(stored);
                return false;
            }
        }
        await Keep(stored, State.Opened(Id));
        return true;
    }

    private SessionOpened Opened(StoredSession session, DocumentSet published, DateTimeOffset now) =>
        new() { Account = ViewNow(published, now), Session = ViewNow(session, current: true, published, now) };
}
