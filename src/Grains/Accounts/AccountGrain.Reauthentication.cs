using AiCloud.Challenges;
using AiCloud.Reauthentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

/// <summary>Renewing a session's authentication, and asking for it (S-06).</summary>
internal sealed partial class AccountGrain : IAccountReauthentication
{
    private readonly Dictionary<string, Underway> _renewing = []; // by operation; as few as there are tries

    private ReauthenticationOptions StepUpLimits => ServiceProvider.GetRequiredService<IOptions<ReauthenticationOptions>>().Value;

    /// <summary>Who alone may use a challenge that a signed-in person starts.</summary>
    internal static string SubjectOf(string account, SessionProof proof) => $"{account}~{proof.Session}";

    public Task<Outcome<ReauthenticationView>> Reauthentication(SessionProof proof, CancellationToken cancellation) =>
        Signed<ReauthenticationView>(proof, session => Task.FromResult<Outcome<ReauthenticationView>>(StandingOf(session.Id)), cancellation);

    public Task<Outcome<ReauthenticationBegun>> PrepareReauthentication(SessionProof proof, ReauthenticationCall call, CancellationToken cancellation) =>
        Signed<ReauthenticationBegun>(proof, async (session, next) =>
        {
            var now = clock.GetUtcNow();
            if (Underway.Refuse(_renewing.GetValueOrDefault(call.Operation), call.Attempt, now) is { } running)
            {
                await Keep(stored, next);
                return running;
            }
            // A repeat takes a try too: else its key would be a way to guess at the password without end.
            var (tried, refusal) = next.TakePasswordTry(Limits, now);
            await Keep(stored, tried);
            if (refusal is not null) return refusal;
            _renewing[call.Operation] = new Underway(call.Operation, call.Attempt, now);
            return new ReauthenticationBegun { PasswordHash = vault.Password(Id, State), AlreadyDone = session.RenewedBy == call.Operation };
        }, cancellation);

    public Task<Done> UnprepareReauthentication(ReauthenticationCall call, CancellationToken cancellation)
    {
        if (_renewing.GetValueOrDefault(call.Operation)?.Attempt == call.Attempt) _renewing.Remove(call.Operation);
        return Task.FromResult(Done.It);
    }

    public Task<Outcome<ReauthenticationView>> Reauthenticate(SessionProof proof, ReauthenticationCall call, string matchedHash, CancellationToken cancellation) =>
        Signed<ReauthenticationView>(proof, async (session, next) =>
        {
            await UnprepareReauthentication(call, cancellation);
            var changed = vault.Password(Id, State) != matchedHash;
            var renewed = changed || session.RenewedBy == call.Operation ? next : StepUp.Renewed(next, session, call.Operation, "pwd", clock.GetUtcNow()) with { PasswordTries = 0 };
            await Keep(stored, renewed);
            return changed ? RefusalCode.CredentialsWrong : StandingOf(session.Id);
        }, cancellation);

    public Task<Outcome<ContactForCode>> ContactForCode(SessionProof proof, string contact, CancellationToken cancellation) =>
        Signed<ContactForCode>(proof, _ => Task.FromResult(
            StepUp.Contacts(State).FirstOrDefault(each => ContactIds.Of(Id, each) == contact) is { } found
                ? new ContactForCode { Contact = vault.Address(Id, State, found), IdentifierKey = found.IdentifierKey, Locale = State.Locale }
                : (Outcome<ContactForCode>)RefusalCode.NotFound), cancellation);

    public Task<Outcome<ReauthenticationView>> ReauthenticateByCode(SessionProof proof, ChallengeProven proven, CancellationToken cancellation) =>
        Signed<ReauthenticationView>(proof, async (session, next) =>
        {
            var now = clock.GetUtcNow();
            var refusal = SpentChallenges.Refuse(proven, ChallengePurpose.Reauthentication, SubjectOf(Id, proof), now);
            if (refusal is null && !next.Spent.Has(proven))
            {
                // Asked again: the contact may have gone, or a password may have come, since the code was sent.
                if (StepUp.Contacts(next).All(contact => contact.IdentifierKey != proven.IdentifierKey)) refusal = RefusalCode.NotFound;
                else next = StepUp.Renewed(next, session, proven.Challenge, "otp", now) with { Spent = next.Spent.With(proven, now) };
            }
            await Keep(stored, next);
            return refusal is { } code ? code : StandingOf(session.Id);
        }, cancellation);

    /// <summary>Something that needs full re-authentication: refused unless the session's authentication is recent. Keeps what every call keeps.</summary>
    private Task<Outcome<T>> SignedRecently<T>(
        SessionProof proof, Func<StoredSession, AccountState, Task<Outcome<T>>> act, CancellationToken cancellation, string? function = null) where T : class =>
        Signed<T>(proof, async (session, next) =>
        {
            if (StepUp.IsRecent(session, StepUpLimits, clock.GetUtcNow())) return await act(session, next);
            await Keep(stored, next);
            return RefusalCode.ReauthenticationRequired;
        }, cancellation, function);

    private ReauthenticationView StandingOf(string id)
    {
        var session = State.Sessions.First(other => other.Id == id);
        return new ReauthenticationView
        {
            AuthenticatedAt = session.AuthenticatedAt,
            ValidUntil = session.AuthenticatedAt + StepUpLimits.ValidFor,
            HasPassword = State.PasswordHash is not null,
            Contacts = [.. StepUp.Contacts(State).Select(contact => vault.View(Id, State, contact))],
        };
    }
}
