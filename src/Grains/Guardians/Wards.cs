using AiCloud.Accounts;
using AiCloud.Identity;
using AiCloud.Ledger;
using AiCloud.Registration;
using AiCloud.Shredding;

namespace AiCloud.Guardians;

/// <summary>Decisions about a minor's account: state, what happens and the instant give the next state with its ledger entries. Pure.</summary>
internal static class Wards
{
    private static readonly TimeSpan PlaceAfter = TimeSpan.FromMinutes(1), InvitationsIn = TimeSpan.FromDays(30);

    /// <summary>How an account stands at an instant.</summary>
    public static GuardianshipState StateOf(AccountState state, DateTimeOffset now) => state switch
    {
        { OfAgeSince: not null } => GuardianshipState.OfAge,
        { Ward: null } => GuardianshipState.NotNeeded,
        _ when now >= state.Ward.AdultAt => GuardianshipState.OfAge, // by clock: nobody waits for a reminder to come of age
        { Ward.OldEnoughAt: { } sixteen } when now < sixteen => GuardianshipState.UnderAge,
        { Ward.Stands: true } => GuardianshipState.Standing,
        _ => GuardianshipState.Missing,
    };

    /// <summary>What the guardianship takes away (C2.1b): services need a standing guardian, who may also freeze.</summary>
    public static IEnumerable<AccountLimit> Limits(AccountState state, DateTimeOffset now)
    {
        switch (StateOf(state, now))
        {
            case GuardianshipState.OfAge: yield return new AccountLimit(null, RefusalCode.OwnAcceptanceRequired); break;
            case GuardianshipState.Missing: yield return new AccountLimit(null, RefusalCode.GuardianRequired); break;
            case GuardianshipState.UnderAge: yield return new AccountLimit(null, RefusalCode.UnderAge); break;
            case GuardianshipState.Standing when state.Ward!.FrozenAt is not null: yield return new AccountLimit(null, RefusalCode.AccountLimited); break;
        }
    }

    /// <summary>Whether a contact's guardian may act on the account: only theirs, only until the 18th birthday, and not once they withdrew.</summary>
    public static bool MayAct(AccountState state, string identifierKey, DateTimeOffset now) =>
        state.Ward is { Guardian: { } guardian } ward && guardian.IdentifierKey == identifierKey && now < ward.AdultAt
        && ward.Loss is null or GuardianLoss.ContactLost && state.Phase == AccountPhase.Open;

    /// <summary>A guardian stands from now on: the account's first, or the next.</summary>
    public static AccountState Bound(AccountState state, DateTimeOffset adultAt, StoredGuardian guardian, StoredResponsibility responsibility, DateTimeOffset now) => state with
    {
        Ward = (state.Ward ?? new Ward { AdultAt = adultAt }) with
        {
            Guardian = guardian,
            Loss = null,
            LostAt = null,
            LossToldAt = null,
            NameBy = null, // a freeze stays: the next guardian lifts it, nobody's coming does
            PlaceDue = now + PlaceAfter,
        },
        Responsibilities = [.. Ended(state.Responsibilities, responsibility.From), responsibility],
        // Of one who comes back the place is theirs again.
        LeavingPlaces = [.. WithoutGuardian(state, now).Where(place => place.IdentifierKey != guardian.IdentifierKey)],
        Tellings = OfReplaced(state), // nothing else is the former one's to know any more
    };

    /// <summary>Ledger entries of a responsibility that was taken: the consent to the identity check, if there was one, and one for each text.</summary>
    public static AccountState WithEntries(this AccountState state, string account, StoredResponsibility responsibility) =>
        responsibility.Documents.Aggregate(WithConsent(state, account, responsibility), (next, text) => next.WithEntry(new LedgerDraft
        {
            Account = account,
            Kind = LedgerKinds.GuardianAcceptance,
            At = responsibility.From,
            Manner = "explicit",
            Act = "guardian_acceptance",
            Document = text.Document,
            Incorporated = text.Incorporated,
            Evidence = responsibility.Evidence,
        }));

    private static AccountState WithConsent(AccountState state, string account, StoredResponsibility responsibility) =>
        responsibility is not { ConsentedTo: { } text, ConsentedAt: { } at } ? state : state.WithEntry(new LedgerDraft
        {
            Account = account,
            Kind = LedgerKinds.GuardianAcceptance,
            At = at,
            Manner = "explicit",
            Act = "guardian_identity_consent",
            Document = text,
            Purpose = IdentityView.Purpose,
            Given = true,
            Evidence = responsibility.Evidence,
        });

    /// <summary>No guardian stands from now on.</summary>
    public static AccountState Lost(AccountState state, GuardianLoss why, GuardianOptions limits, DateTimeOffset now) => state.Ward is not { } ward ? state : state with
    {
        Ward = ward with
        {
            // Who withdrew is forgotten but for the record; whoever may only have lost a contact can come back.
            Guardian = why == GuardianLoss.ContactLost ? ward.Guardian : null,
            Loss = why,
            LostAt = now,
            LossToldAt = null,
            NameBy = now + limits.NameAnotherWithin,
            // A freeze is the guardian's act: their withdrawal ends it, and no word of the minor's does.
            FrozenAt = why == GuardianLoss.Withdrawn ? null : ward.FrozenAt,
            // Whoever comes back needs the place still: the one taken with the invitation ends before they may.
            PlaceDue = why == GuardianLoss.ContactLost ? ward.PlaceDue : null,
        },
        // Whoever withdraws decides nothing any more. A contact that was merely called lost must not undo what its holder decided.
        Planned = why == GuardianLoss.Withdrawn ? Endings.AccountEndings.TakenBack(state, EndingGrounds.Guardian).Planned : state.Planned,
        Responsibilities = why == GuardianLoss.Withdrawn ? Ended(state.Responsibilities, now) : state.Responsibilities,
        Tellings = why == GuardianLoss.Withdrawn ? OfReplaced(state) : state.Tellings,
        LeavingPlaces = why == GuardianLoss.ContactLost ? state.LeavingPlaces : WithoutGuardian(state, now),
    };

    /// <summary>
    /// The guardian's contact is somebody else's by now. Nothing is left by which the guardian could come back, so that nobody is waited for, and what they
    /// decided and could take back ends with them; a freeze stays, until the next guardian lifts it.
    /// </summary>
    public static AccountState ContactGone(AccountState state, GuardianOptions limits, DateTimeOffset now) => Lost(state, GuardianLoss.ContactLost, limits, now) is var lost && lost.Ward is not { } ward ? state : lost with
    {
        Ward = ward with { Guardian = null, PlaceDue = null },
        Planned = Endings.AccountEndings.TakenBack(state, EndingGrounds.Guardian).Planned,
        Responsibilities = Ended(state.Responsibilities, now),
        Tellings = [.. OfReplaced(state).Where(telling => telling.To.IdentifierKey != state.Ward?.Guardian?.IdentifierKey)], // that contact is somebody else's
        LeavingPlaces = WithoutGuardian(state, now),
    };

    /// <summary>The guardian whose contact was called lost has signed in by it: what the minor said is void, and so is an invitation that followed from it.</summary>
    public static AccountState Found(AccountState state) => state.Ward is not { Loss: GuardianLoss.ContactLost, Guardian: not null } ward ? state : state with
    {
        Ward = ward with
        {
            Loss = null,
            LostAt = null,
            LossToldAt = null,
            NameBy = null,
            Invitation = ward.Invitation is { Answer: InvitationState.Open } open ? open with { Answer = InvitationState.Lapsed } : ward.Invitation,
        },
        Tellings = [.. state.Tellings.Where(telling => telling.News != GuardianNews.ContactLost)],
    };

    /// <summary>
    /// From when on another may stand after the minor said that the guardian cannot be reached: the guardian's time to object, which begins when they are told.
    /// Null when nobody has to be waited for.
    /// </summary>
    public static DateTimeOffset? ReplacedFrom(AccountState state, GuardianOptions limits, DateTimeOffset now)
    {
        if (state.Ward is not { Loss: GuardianLoss.ContactLost, Guardian: not null } ward) return null;
        var untold = state.Tellings.FirstOrDefault(telling => telling.News == GuardianNews.ContactLost);
        var told = untold is null ? ward.LossToldAt ?? ward.LostAt ?? now : untold.SendAt > now ? untold.SendAt : now;
        return told + limits.ReplacedAfter;
    }

    /// <summary>Whether a contact is, or lately was, the minor's own. One that was removed is still theirs to read.</summary>
    public static bool IsOwn(AccountState state, string identifierKey) => state.OwnIdentifiers().Contains(identifierKey, StringComparer.Ordinal);

    /// <summary>Keys of the contacts that are, or lately were, the minor's own.</summary>
    public static IEnumerable<string> OwnIdentifiers(this AccountState state) => state.Contacts.Select(contact => contact.IdentifierKey)
        .Concat(state.Security.Leaving.Select(left => left.Contact.IdentifierKey));

    /// <summary>Frozen by the guardian, or not any more.</summary>
    public static AccountState Frozen(AccountState state, bool frozen, DateTimeOffset now) => state.Ward is not { } ward || ward.FrozenAt is not null == frozen ? state
        : state with { Ward = ward with { FrozenAt = frozen ? now : null } };

    /// <summary>The 18th birthday has come: the guardian's data go, but for the record of the responsibility; the young adult has to accept by themselves.</summary>
    public static AccountState OfAge(AccountState state, DateTimeOffset now) => state.Ward is not { } ward ? state : state with
    {
        Ward = null,
        Planned = Endings.AccountEndings.TakenBack(state, EndingGrounds.Guardian).Planned, // what the guardian decided for a minor is the young adult's to decide now
        OfAgeSince = ward.AdultAt,
        Responsibilities = Ended(state.Responsibilities, ward.AdultAt),
        Tellings = [.. state.WithNews(GuardianNews.OfAge, ward.AdultAt).Tellings.Where(telling => telling.News is GuardianNews.OfAge or GuardianNews.Replaced)],
        LeavingPlaces = WithoutGuardian(state, now),
    };

    /// <summary>The time to name another has passed.</summary>
    public static AccountState NotNamed(AccountState state) => state.Ward is { } ward ? state with { Ward = ward with { NameBy = null } } : state;

    /// <summary>Whether the account may send another invitation.</summary>
    public static Refusal? MayInvite(AccountState state, string guardianKey, GuardianOptions limits, DateTimeOffset now) =>
        StateOf(state, now) != GuardianshipState.Missing ? new Refusal(RefusalCode.GuardianNotNeeded)
        : IsOwn(state, guardianKey) ? new Refusal(RefusalCode.GuardianContactSame)
        : ReplacedFrom(state, limits, now) is { } from && now < from ? new Refusal(RefusalCode.GuardianWait, from - now)
        : state.Ward!.Invitation?.Sent.Count(sent => sent > now - InvitationsIn) >= limits.Invitations ? new Refusal(RefusalCode.GuardianLimit)
        : null;

    /// <summary>Whether somebody who accepted may stand now: nobody beside another, before that one's time to object is over, or by a contact that became the minor's own.</summary>
    public static bool MayStand(AccountState state, string guardianKey, GuardianOptions limits, DateTimeOffset now) =>
        state.Ward is { Stands: false } && !IsOwn(state, guardianKey) && !(now < ReplacedFrom(state, limits, now));

    /// <summary>An invitation is about to be sent.</summary>
    public static AccountState Invited(AccountState state, WardInvitation invitation) => state with { Ward = state.Ward! with { Invitation = invitation } };

    /// <summary>Instants of invitations that still count, with one more.</summary>
    public static DateTimeOffset[] SentWith(AccountState state, DateTimeOffset now) => [.. (state.Ward?.Invitation?.Sent ?? []).Where(sent => sent > now - InvitationsIn), now];

    /// <summary>How the newest invitation was answered.</summary>
    public static AccountState Answered(AccountState state, InvitationState answer) => state.Ward is not { Invitation: { } invitation } ward || invitation.Answer == answer ? state
        : state with { Ward = ward with { Invitation = invitation with { Answer = answer } } };

    /// <summary>
    /// A proof showed another birth date than was stated (C2.1a, C2.1b), and everything is decided anew: below 16 nothing can be used; 16 and 17 need a
    /// guardian, whom they may have; of age needs none. The birth date itself is the caller's to keep.
    /// </summary>
    public static AccountState OnBirthDate(AccountState state, DateOnly birth, GuardianOptions limits, DateTimeOffset now)
    {
        var adultAt = Age.Reaches(birth, Age.Adult);
        var age = Age.CompletedYears(birth, Age.ShanghaiDay(now));
        if (age >= Age.Adult)
        {
            // Never a minor on record: nothing to say. Else they accepted with a guardian, and do so by themselves now.
            return state.Ward is null ? state : OfAge(state with { Ward = state.Ward with { AdultAt = adultAt } }, now);
        }
        var former = state.Ward?.OldEnoughAt;
        DateTimeOffset? sixteen = age < Age.Minimum ? Age.Reaches(birth, Age.Minimum) : null;
        var next = state with { OfAgeSince = null, Ward = (state.Ward ?? new Ward { AdultAt = adultAt }) with { AdultAt = adultAt, OldEnoughAt = sixteen } };
        if (next.Ward!.Guardian is not null) next = next with { Ward = next.Ward with { PlaceDue = now + PlaceAfter } }; // kept until another day now
        if (next.Ward!.Stands) return next;
        if (next.Ward.Loss is null) next = Lost(next, GuardianLoss.NeverNamed, limits, now);
        // Before the 16th birthday nobody can be named: the time to do so begins with it.
        return sixteen == former ? next : next with { Ward = next.Ward! with { NameBy = (sixteen ?? now) + limits.NameAnotherWithin } };
    }

    /// <summary>The 16th birthday of somebody who was found to be below that age has come: what counts from now on is whether a guardian stands (C2.1b).</summary>
    public static AccountState OldEnough(AccountState state) => state.Ward is not { } ward ? state : state with { Ward = ward with { OldEnoughAt = null } };

    // One who was replaced before hears of it still, whatever becomes of whoever came after.
    private static GuardianTelling[] OfReplaced(AccountState state) => [.. state.Tellings.Where(telling => telling.News == GuardianNews.Replaced)];

    // Whoever is guardian now has a place at their contact that is to be given up.
    private static LeavingPlace[] WithoutGuardian(AccountState state, DateTimeOffset now) => state.Ward?.Guardian is not { IdentifierKey: var key } ? state.LeavingPlaces
        : [.. state.LeavingPlaces.Where(place => place.IdentifierKey != key), new LeavingPlace(key, now)];

    private static StoredResponsibility[] Ended(StoredResponsibility[] all, DateTimeOffset at) => [.. all.Select(each => each.Until is null ? each with { Until = at } : each)];
}
