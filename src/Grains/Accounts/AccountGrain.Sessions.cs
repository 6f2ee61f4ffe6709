using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>What the user of record does with a session.</summary>
internal sealed partial class AccountGrain
{
    public Task<Outcome<AccountView>> View(SessionProof proof, CancellationToken cancellation) =>
        Signed(proof, _ => Task.FromResult<Outcome<AccountView>>(vault.View(Id, State)), cancellation);

    public Task<Outcome<AccountView>> Change(SessionProof proof, ChangeAccount change, CancellationToken cancellation) => Signed<AccountView>(proof, async _ =>
    {
        var next = State;
        if (change.DisplayName is { } name) next = next with { DisplayName = vault.SealDisplayName(Id, State, name) };
        if (change.Locale is { } locale && locale != State.Locale) next = next with { Locale = locale };
        await this.Keep(stored, next);
        return vault.View(Id, State);
    }, cancellation);

    public Task<Outcome<AcceptanceView[]>> Acceptances(SessionProof proof, CancellationToken cancellation) =>
        Signed(proof, _ => Task.FromResult<Outcome<AcceptanceView[]>>(vault.Acceptances(Id, State)), cancellation);

    public Task<Outcome<SessionView[]>> Sessions(SessionProof proof, CancellationToken cancellation) => Signed(proof, current =>
        Task.FromResult<Outcome<SessionView[]>>(State.Sessions.Where(session => !session.HasEnded(Limits, clock.GetUtcNow()))
            .Select(session => vault.View(Id, State, session, session.Id == current.Id)).ToArray()), cancellation);

    public Task<Outcome<Done>> EndSessions(SessionProof proof, SessionSelection which, CancellationToken cancellation) => Signed<Done>(proof, async current =>
    {
        await this.Keep(stored, State with
        {
            Sessions = which.Id is not null
                ? [.. State.Sessions.Where(session => session.Id != which.Id)]
                : [.. State.Sessions.Where(session => session.Id == current.Id && !which.CurrentToo)],
        });
        return Done.It;
    }, cancellation);

    /// <summary>Checks the session on every call, so that its end takes effect at the next request on every silo.</summary>
    private async Task<Outcome<T>> Signed<T>(SessionProof proof, Func<StoredSession, Task<Outcome<T>>> act, CancellationToken cancellation) where T : class
    {
        var now = clock.GetUtcNow();
        if (!await IsOpen(owned: false, cancellation) || State.Find(proof, Limits, now) is not { } session) return RefusalCode.NotFound;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (session.LastSeen < today)
        {
            session = session with { LastSeen = today };
            await this.Keep(stored, State with { Sessions = [.. State.Sessions.Select(other => other.Id == session.Id ? session : other)] });
        }
        return await act(session);
    }
}
