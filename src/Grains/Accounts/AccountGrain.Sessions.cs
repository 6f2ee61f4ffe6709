using AiCloud.Consent;
using AiCloud.Facts;
using AiCloud.Guardians;
using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>What the user of record does with a session.</summary>
internal sealed partial class AccountGrain
{
    public Task<Outcome<AccountView>> View(SessionProof proof, CancellationToken cancellation) =>
        Signed<AccountView>(proof, async (_, next) =>
        {
            var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
            await Keep(stored, next.WithShown(Id, Notices.Due(next, published, now), "account", now));
            return ViewNow(published, now);
        }, cancellation);

    public Task<Outcome<AccountView>> Change(SessionProof proof, ChangeAccount change, CancellationToken cancellation) => Signed<AccountView>(proof, async (_, next) =>
    {
        if (change.BirthDate is { } birth)
        {
            var now = clock.GetUtcNow();
            if (Restate(ref next, birth, "user", now) is { } refusal) return refusal;
        }
        if (change.DisplayName is { } name) next = next with { DisplayName = vault.SealDisplayName(Id, next, name), NameFault = null };
        if (change.Locale is { } locale && locale != next.Locale) next = next with { Locale = locale };
        await Keep(stored, next);
        await TellGuardian(cancellation);
        return ViewNow(await documents.Get(cancellation), clock.GetUtcNow());
    }, cancellation);

    /// <summary>The birth date stated anew, by whom. Of a minor it is told and entered: it is what a guardianship rests on.</summary>
    private RefusalCode? Restate(ref AccountState state, DateOnly birth, string by, DateTimeOffset now)
    {
        var stated = vault.StatedBirthDate(Id, state);
        if (state.Security.IsProtected(now)) return RefusalCode.AccountProtected;
        if (BirthDateRestatement.Refuse(stated, birth, state.Identity?.Proof is not null, state.Ward?.AdultAt, now) is { } refusal) return refusal;
        if (birth == stated) return null;
        state = state with { BirthDate = vault.SealBirthDate(Id, state, birth) };
        if (state.Ward is not null) state = state.WithNews(GuardianNews.BirthDateStated, now).WithEntry(GuardianAct("birth_date_stated", by, now));
        return null;
    }

    public Task<Outcome<AcceptanceView[]>> Acceptances(SessionProof proof, CancellationToken cancellation) =>
        Signed(proof, _ => Task.FromResult<Outcome<AcceptanceView[]>>(vault.Acceptances(Id, State)), cancellation);

    public Task<Outcome<SessionView[]>> Sessions(SessionProof proof, CancellationToken cancellation) => Signed<SessionView[]>(proof, async current =>
    {
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        return State.Sessions.Where(session => !session.HasEnded(Limits, now)).Select(session => ViewNow(session, session.Id == current.Id, published, now)).ToArray();
    }, cancellation);

    public Task<Outcome<Done>> EndSessions(SessionProof proof, SessionSelection which, CancellationToken cancellation) => Signed<Done>(proof, async current =>
    {
        await Keep(stored, State with
        {
            Sessions = which.Id is not null
                ? [.. State.Sessions.Where(session => session.Id != which.Id)]
                : [.. State.Sessions.Where(session => session.Id == current.Id && !which.CurrentToo)],
        });
        return Done.It;
    }, cancellation);

    private Task<Outcome<T>> Signed<T>(SessionProof proof, Func<StoredSession, Task<Outcome<T>>> act, CancellationToken cancellation, string? function = null) where T : class =>
        Signed<T>(proof, async (session, next) =>
        {
            await Keep(stored, next);
            return await act(session);
        }, cancellation, function);

    /// <summary>
    /// Checks the session on every call, so that its end takes effect at the next request on every silo. What the call itself changes beside,
    /// the day of last use and what an act of use accepts, is handed to <paramref name="act"/>, which keeps it with its own in one write.
    /// <paramref name="function"/> names what the call is where it is no act of use and can be taken away all the same.
    /// </summary>
    private async Task<Outcome<T>> Signed<T>(
        SessionProof proof, Func<StoredSession, AccountState, Task<Outcome<T>>> act, CancellationToken cancellation, string? function = null) where T : class
    {
        var now = clock.GetUtcNow();
        if (!await IsOpen(owned: false, cancellation) || State.Find(proof, Limits, now) is not { } session) return RefusalCode.NotFound;
        var (today, next) = (DateOnly.FromDateTime(now.UtcDateTime), State);
        if (session.LastSeen < today)
        {
            session = session with { LastSeen = today };
            next = next with { Sessions = [.. next.Sessions.Select(other => other.Id == session.Id ? session : other)] };
        }
        if (proof.Act is null && function is null) return await act(session, next);
        var published = await documents.Get(cancellation);
        if (AccountLimits.Of(next, published, now).Refuse(proof.Act?.Kind ?? function!) is { } refusal)
        {
            await Keep(stored, next);
            return refusal; // what may not be used is not used: nothing is accepted by trying
        }
        if (proof.Act is { } use) next = Used(next, use.Kind, new AcceptanceEvidence(use.Language, use.Channel, session.Id, use.Network), published, now);
        return await act(session, next);
    }
}
