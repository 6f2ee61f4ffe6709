using AiCloud.Challenges;
using AiCloud.Contacts;
using AiCloud.Identity;
using AiCloud.Objections;
using AiCloud.PasswordResets;
using AiCloud.Reauthentication;

namespace AiCloud.Accounts;

/// <summary>A new password without the old one (P-05).</summary>
internal sealed partial class AccountGrain : IAccountPasswordReset
{
    private readonly Dictionary<string, Underway> _resetting = []; // by challenge; as few as there are codes

    public async Task<Outcome<ResetStanding>> ResetStanding(ChallengeProven first, CancellationToken cancellation) =>
        await Resetting(first, cancellation) is null ? RefusalCode.NotFound : StandingOf(first);

    public async Task<Outcome<ContactForCode>> ContactForSecond(ChallengeProven first, string contact, CancellationToken cancellation) =>
        await Resetting(first, cancellation) is { } proven && State.Contacts.FirstOrDefault(each => each != proven && ContactIds.Of(Id, each) == contact) is { } other
            ? new ContactForCode { Contact = vault.Address(Id, State, other), IdentifierKey = other.IdentifierKey, Locale = State.Locale }
            : RefusalCode.NotFound;

    public async Task<Outcome<ResetStanding>> AnnounceReset(ChallengeProven first, SiteCall call, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await Resetting(first, cancellation) is not { } contact) return RefusalCode.NotFound;
        if (State.Security.IsProtected(now)) return RefusalCode.AccountProtected;
        if (!State.Spent.Has(first) && !ResetRules.Allows(State, first, null, SecurityLimits, Tools.Limits, now))
        {
            var waiting = ResetRules.Waiting(State, contact, now);
            if (waiting is null || !ResetRules.IsVouchedFor(State, waiting, Tools.Limits, now))
            {
                DateTimeOffset? unchangedAt = null;
                if (LostNumbers.MayBeAnothers(contact, Tools.Limits, now))
                {
                    var known = await AskOfReset(contact, now, cancellation);
                    if (ResetRules.Refuse(State, known.Standing, Tools.Limits, now) is { } refusal) return refusal;
                    unchangedAt = known.Standing == NumberStanding.Unchanged ? known.AskedAt : null;
                }
                var next = ResetRules.Announced(State, contact, unchangedAt, SecurityLimits, now);
                await Keep(stored, waiting is null ? WithAlarm(next, AlarmKind.ResetAnnounced, first.Challenge, call.Site, now) : next);
            }
        }
        await FinishContacts(cancellation);
        return StandingOf(first);
    }

    public async Task<Outcome<ResetPrepared>> PrepareReset(ResetProofs proofs, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await Resetting(proofs.First, cancellation) is null) return RefusalCode.NotFound;
        if (Underway.Refuse(_resetting.GetValueOrDefault(proofs.First.Challenge), proofs.Attempt, now) is { } running) return running;
        var done = State.Spent.Has(proofs.First);
        if (!done && !ResetRules.Allows(State, proofs.First, proofs.Second, SecurityLimits, Tools.Limits, now)) return RefusalCode.SecondProofNeeded;
        _resetting[proofs.First.Challenge] = new Underway(proofs.First.Challenge, proofs.Attempt, now);
        var current = vault.PasswordChange(Id, State);
        return new ResetPrepared { Contacts = current.Contacts, DisplayName = current.DisplayName, AlreadyDone = done, CurrentHash = done ? current.CurrentHash : null };
    }

    public Task<Done> UnprepareReset(ResetProofs proofs, CancellationToken cancellation)
    {
        if (_resetting.GetValueOrDefault(proofs.First.Challenge)?.Attempt == proofs.Attempt) _resetting.Remove(proofs.First.Challenge);
        return Task.FromResult(Done.It);
    }

    public async Task<Outcome<Done>> ResetPassword(ResetProofs proofs, string newHash, SiteCall call, CancellationToken cancellation)
    {
        await UnprepareReset(proofs, cancellation);
        var now = clock.GetUtcNow();
        if (await Resetting(proofs.First, cancellation) is null) return RefusalCode.NotFound;
        if (!State.Spent.Has(proofs.First))
        {
            // Decided again: an objection may have come while the password was hashed.
            if (!ResetRules.Allows(State, proofs.First, proofs.Second, SecurityLimits, Tools.Limits, now)) return RefusalCode.SecondProofNeeded;
            var next = State.WithUse(proofs.First.IdentifierKey, now).WithUse(proofs.Second?.IdentifierKey, now);
            next = next.With(next.Security with { Reset = null }) with
            {
                PasswordHash = vault.SealPassword(Id, State, newHash),
                PasswordTries = 0,
                Sessions = [], // whoever was signed in may be why it is reset
                Spent = next.Spent.With(proofs.First, now),
            };
            await Keep(stored, WithAlarm(next, AlarmKind.PasswordReset, proofs.First.Challenge, call.Site, now));
        }
        await FinishContacts(cancellation);
        return Done.It;
    }

    /// <summary>Asks whether a number is still its owner's, at most once a day. Kept before it is asked, so that nobody has it asked at will.</summary>
    private async Task<NumberAsked> AskOfReset(StoredContact contact, DateTimeOffset now, CancellationToken cancellation)
    {
        if (Numbers.Known(contact, now) is { } known) return known;
        var asking = NumberAsked.Asking(Numbers.LastAsked(contact), contact.IdentifierKey, Tools.NewRequest(), now, await Tools.TellsNumbers(cancellation));
        await Keep(stored, State with { Numbers = Numbers.With(asking) });
        var asked = asking with { Standing = await AskAuthority(asking.Request, contact, cancellation) };
        await Keep(stored, State with { Numbers = Numbers.With(asked) });
        return asked;
    }

    private async Task<StoredContact?> Resetting(ChallengeProven first, CancellationToken cancellation) =>
        await IsOpen(owned: false, cancellation) ? ResetRules.Proves(State, first, ChallengePurpose.PasswordReset, clock.GetUtcNow()) : null;

    private ResetStanding StandingOf(ChallengeProven first)
    {
        var (now, done) = (clock.GetUtcNow(), State.Spent.Has(first));
        var allowed = !done && ResetRules.Allows(State, first, null, SecurityLimits, Tools.Limits, now);
        return new ResetStanding
        {
            Allowed = allowed,
            Done = done,
            Others = allowed || done ? [] : [.. State.Contacts.Where(contact => contact.IdentifierKey != first.IdentifierKey).Select(contact => vault.View(Id, State, contact))],
            ReadyAt = State.Security.Reset is { } reset && reset.IdentifierKey == first.IdentifierKey && now < reset.Until ? reset.ReadyAt : null,
        };
    }
}
