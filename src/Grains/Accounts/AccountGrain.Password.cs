using AiCloud.Objections;
using AiCloud.Reauthentication;
using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>Changing the password: prepare → (the gateway checks and hashes) → change.</summary>
internal sealed partial class AccountGrain
{
    private readonly Dictionary<string, Underway> _changing = []; // by operation; as few as there are tries

    public Task<Outcome<PasswordChangeBegun>> PreparePasswordChange(SessionProof proof, PasswordChangeCall call, CancellationToken cancellation) =>
        Signed<PasswordChangeBegun>(proof, async _ =>
        {
            var now = clock.GetUtcNow();
            // Two operations at once are no conflict here: the one that comes second finds another password than it matched.
            if (Underway.Refuse(_changing.GetValueOrDefault(call.Operation), call.Attempt, now) is { } running) return running;
            var done = State.LastPasswordChange is { } last && last.Operation == call.Operation ? last : null;
            if (done is not null && done.EndedOtherSessions != call.EndOtherSessions) return RefusalCode.IdempotencyKeyReused;
            if (done is null && AlarmBudget.RefuseChange(State.Security, SecurityLimits, now) is { } spent) return spent;
            // A repeat takes a try too: else its key would be a way to guess at the new password without end.
            var (next, refusal) = State.TakePasswordTry(Limits, now);
            if (refusal is not null) return refusal;
            await this.Keep(stored, next);
            _changing[call.Operation] = new Underway(call.Operation, call.Attempt, now);
            return vault.PasswordChange(Id, State) with { AlreadyDone = done is not null };
        }, cancellation);

    public Task<Done> UnpreparePasswordChange(PasswordChangeCall call, CancellationToken cancellation)
    {
        Unprepare(call.Operation, call.Attempt);
        return Task.FromResult(Done.It);
    }

    public Task<Outcome<Done>> ChangePassword(SessionProof proof, ChangePassword change, CancellationToken cancellation) => Signed<Done>(proof, async current =>
    {
        Unprepare(change.Operation, change.Attempt);
        if (State.LastPasswordChange is { } last && last.Operation == change.Operation) return Done.It; // the answer was lost on its way to the gateway
        if (vault.Password(Id, State) != change.MatchedHash) return RefusalCode.CredentialsWrong; // changed by somebody else in between
        // Without a password there is none to match: then a recent authentication by other means is asked for.
        if (change.MatchedHash is null && !StepUp.IsRecent(current, StepUpLimits, clock.GetUtcNow())) return RefusalCode.ReauthenticationRequired;
        if (AlarmBudget.RefuseChange(State.Security, SecurityLimits, clock.GetUtcNow()) is { } spent) return spent;
        await Keep(stored, WithAlarm(State with
        {
            PasswordHash = vault.SealPassword(Id, State, change.NewHash),
            PasswordTries = 0,
            LastPasswordChange = new PasswordChanged(change.Operation, change.EndOtherSessions),
            Sessions = change.EndOtherSessions ? [.. State.Sessions.Where(session => session.Id == current.Id)] : State.Sessions,
        }, AlarmKind.PasswordChanged, change.Operation, change.Site, clock.GetUtcNow()));
        await FinishContacts(cancellation);
        return Done.It;
    }, cancellation);

    private void Unprepare(string operation, string attempt)
    {
        if (_changing.GetValueOrDefault(operation)?.Attempt == attempt) _changing.Remove(operation);
    }
}
