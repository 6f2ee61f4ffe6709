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
            NameBy = null,
            FrozenAt = null, // the freeze was the former guardian's
            PlaceDue = now + PlaceAfter,
        },
        Responsibilities = [.. Ended(state.Responsibilities, responsibility.From), responsibility],
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
            NameBy = now + limits.NameAnotherWithin,
            FrozenAt = null,
            PlaceDue = null,
        },
        // Whoever withdraws decides nothing any more. A contact that was merely called lost must not undo what its holder decided.
        Planned = why == GuardianLoss.Withdrawn ? Endings.AccountEndings.TakenBack(state, EndingGrounds.Guardian).Planned : state.Planned,
        Responsibilities = why == GuardianLoss.Withdrawn ? Ended(state.Responsibilities, now) : state.Responsibilities,
    };

    /// <summary>The guardian whose contact was called lost has signed in by it.</summary>
    public static AccountState Found(AccountState state) => state.Ward is { Loss: GuardianLoss.ContactLost } ward
        ? state with { Ward = ward with { Loss = null, LostAt = null, NameBy = null } } : state;

    /// <summary>Frozen by the guardian, or not any more.</summary>
    public static AccountState Frozen(AccountState state, bool frozen, DateTimeOffset now) => state.Ward is not { } ward || ward.FrozenAt is not null == frozen ? state
        : state with { Ward = ward with { FrozenAt = frozen ? now : null } };

    /// <summary>The 18th birthday has come: the guardian's data go, but for the record of the responsibility; the young adult has to accept by themselves.</summary>
    public static AccountState OfAge(AccountState state) => state.Ward is not { } ward ? state : state with
    {
        Ward = null,
        Planned = Endings.AccountEndings.TakenBack(state, EndingGrounds.Guardian).Planned, // what the guardian decided for a minor is the young adult's to decide now
        OfAgeSince = ward.AdultAt,
        Responsibilities = Ended(state.Responsibilities, ward.AdultAt),
    };

    /// <summary>The time to name another has passed.</summary>
    public static AccountState NotNamed(AccountState state) => state.Ward is { } ward ? state with { Ward = ward with { NameBy = null } } : state;

    /// <summary>Whether the account may send another invitation.</summary>
    public static RefusalCode? MayInvite(AccountState state, string guardianKey, GuardianOptions limits, DateTimeOffset now) =>
        StateOf(state, now) != GuardianshipState.Missing ? RefusalCode.GuardianNotNeeded
        : state.Contacts.Any(contact => contact.IdentifierKey == guardianKey) ? RefusalCode.GuardianContactSame
        : state.Ward!.Invitation?.Sent.Count(sent => sent > now - InvitationsIn) >= limits.Invitations ? RefusalCode.GuardianLimit
        : null;

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
            return state.Ward is null ? state : OfAge(state with { Ward = state.Ward with { AdultAt = adultAt } });
        }
        var former = state.Ward?.OldEnoughAt;
        DateTimeOffset? sixteen = age < Age.Minimum ? Age.Reaches(birth, Age.Minimum) : null;
        var next = state with { OfAgeSince = null, Ward = (state.Ward ?? new Ward { AdultAt = adultAt }) with { AdultAt = adultAt, OldEnoughAt = sixteen } };
        if (next.Ward!.Stands) return next with { Ward = next.Ward with { PlaceDue = now + PlaceAfter } }; // kept until another day now
        if (next.Ward.Loss is null) next = Lost(next, GuardianLoss.NeverNamed, limits, now);
        // Before the 16th birthday nobody can be named: the time to do so begins with it.
        return sixteen == former ? next : next with { Ward = next.Ward! with { NameBy = (sixteen ?? now) + limits.NameAnotherWithin } };
    }

    /// <summary>The 16th birthday of somebody who was found to be below that age has come: what counts from now on is whether a guardian stands (C2.1b).</summary>
    public static AccountState OldEnough(AccountState state) => state.Ward is not { } ward ? state : state with { Ward = ward with { OldEnoughAt = null } };

    /// <summary>
    /// The user stated another birth date, without a proof. That can make a guardianship longer and never shorter: nobody comes of age by typing.
    /// </summary>
    public static AccountState Restated(AccountState state, DateOnly birth, DateTimeOffset now) =>
        state.Ward is { } ward && Age.Reaches(birth, Age.Adult) > ward.AdultAt
            ? state with { Ward = ward with { AdultAt = Age.Reaches(birth, Age.Adult), PlaceDue = ward.Stands ? now + PlaceAfter : ward.PlaceDue } } : state;

    private static StoredResponsibility[] Ended(StoredResponsibility[] all, DateTimeOffset at) => [.. all.Select(each => each.Until is null ? each with { Until = at } : each)];
}
