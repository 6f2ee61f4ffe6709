using AiCloud.Accounts;
using AiCloud.Guardians;
using AiCloud.Identity;
using AiCloud.Storage;

namespace AiCloud.Identifiers;

/// <summary>What is kept of one phone number or e-mail address. Holds digests and numbers, never the address.</summary>
public sealed record IdentifierState : IStoredState
{
    // A row whose last window ended stays this long, so that an activation still in memory notices by clock before its row goes.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(30);

    /// <summary>The open account that owns the contact.</summary>
    public Guid? Owner { get; init; }

    /// <summary>The completion for which it is reserved.</summary>
    public IdentifierHold? Hold { get; init; }

    /// <summary>The account that gave it up, for which it is kept a while.</summary>
    public ContactReservation? Reservation { get; init; }

    /// <summary>Messages and guesses.</summary>
    public SendBudget Sends { get; init; } = new();

    /// <summary>Failed sign-ins.</summary>
    public SignInThrottle SignIns { get; init; } = new();

    /// <summary>The contact as that of a guardian; null while it is nobody's.</summary>
    public WardContact? Wards { get; init; }

    /// <summary>When the budgets' windows have ended; null when nothing is counted.</summary>
    public DateTimeOffset? BudgetsEndAt { get; init; }

    /// <summary>Of a certificate: the accounts that it proves; null for contacts.</summary>
    public CertificateProofs? Proofs { get; init; }

    /// <summary>When the row may go: never while it is owned.</summary>
    public DateTimeOffset? DueAt => Owner is not null || Proofs is { Owners.Length: > 0 } ? null
        : Later(Later(Later(BudgetsEndAt, Hold?.Until), Later(Proofs?.EndsAt, Reservation?.Until)), Wards?.EndsAt) + Margin;

    /// <summary>
    /// Whether a sign-in comes from where the owner is known: a browser or app that carries a mark, a network that somebody signed in from, or one from which a
    /// code to this contact was answered, be it to register or to reset the password.
    /// </summary>
    public bool IsOwners(SignInFrom from) => from.Client != 0 || SignIns.Trusted.Contains(from.Network) || Sends.ProvenFrom.Contains(from.Network);

    /// <summary>A try without its mark where that is not the present owner's, or one too many.</summary>
    public SignInFrom Honoured(SignInFrom tried, IdentifierBudgetOptions limits, DateTimeOffset now) =>
        tried.Client == 0 || (Owner == tried.ClientOf && SignIns.Honours(tried.Client, limits, now)) ? tried : tried with { Client = 0 };

    /// <summary>Reserves the contact.</summary>
    public (IdentifierState Next, HoldResult Result) HoldFor(HoldRequest request, TimeSpan duration, DateTimeOffset now)
    {
        if (Owner is { } owner) return (this, Answer(owner == request.Account ? HoldStatus.OwnedByYou : HoldStatus.OwnedByOther));
        if (Reservation is { } reserved && reserved.Account != request.Account && reserved.Until > now) return (this, Answer(HoldStatus.ReservedForOther, reserved.Until));
        if (Hold is { } hold && hold.Operation != request.Operation && hold.Until > now) return (this, Answer(HoldStatus.HeldByOther, hold.Until));
        var held = new IdentifierHold(request.Operation, request.Account, now + duration);
        return (this with { Hold = held, Sends = Sends.Proven(AccountKeys.Of(request.Account), request.GuessesSpent, request.Network) }, Answer(HoldStatus.Held, held.Until));
    }

    /// <summary>Commits: needs the hold to be this operation's. Its deadline decides nothing, since nobody has taken it over.</summary>
    public (IdentifierState Next, HoldResult Result) OwnFor(string operation, Guid account)
    {
        if (Owner is { } owner) return (this, Answer(owner == account ? HoldStatus.OwnedByYou : HoldStatus.OwnedByOther));
        if (Hold is null) return (this, Answer(HoldStatus.Free));
        if (Hold.Operation != operation || Hold.Account != account) return (this, Answer(HoldStatus.HeldByOther, Hold.Until));
        return (this with { Owner = account, Hold = null, Reservation = null }, Answer(HoldStatus.OwnedByYou));
    }

    /// <summary>Gives a hold up.</summary>
    public (IdentifierState Next, HoldResult Result) ReleaseFor(string operation, Guid account)
    {
        if (Owner is { } owner) return (this, Answer(owner == account ? HoldStatus.OwnedByYou : HoldStatus.OwnedByOther));
        if (Hold is null) return (this, Answer(HoldStatus.Free));
        if (Hold.Operation != operation || Hold.Account != account) return (this, Answer(HoldStatus.HeldByOther, Hold.Until));
        return (this with { Hold = null }, Answer(HoldStatus.Free));
    }

    /// <summary>The owner gives it up.</summary>
    public (IdentifierState Next, HoldResult Result) RelinquishFor(Guid account, DateTimeOffset reservedUntil)
    {
        if (Owner is { } owner && owner != account) return (this, Answer(HoldStatus.OwnedByOther));
        if (Owner is null) return (this, Answer(HoldStatus.Free)); // repeated
        return (Unowned with { Reservation = new ContactReservation(account, reservedUntil) }, Answer(HoldStatus.Free));
    }

    /// <summary>It went to somebody else: nothing that it carried of its former owner is held against the new one (C2.1d), and whom that one answered for as a guardian, the new one does not (C2.1b).</summary>
    public IdentifierState ChangedHandsOf(Guid account, DateTimeOffset now) => Owner == account ? Unowned with { SignIns = new SignInThrottle(), Wards = Wards?.ChangedHands(now) } : this;

    /// <summary>
    /// Nobody's: networks known as the former owner's are forgotten with them, or the next one's copy would show them and their sign-ins would be trusted. What is
    /// counted lives out its windows.
    /// </summary>
    private IdentifierState Unowned => this with { Owner = null, Sends = Sends with { ProvenFrom = [] }, SignIns = SignIns with { Trusted = [] } };

    /// <summary>
    /// An account ends: whatever here is its, is so no longer. What is counted lives out its windows; what is remembered of its owner goes. A row that nothing
    /// else needs is overdue at once, since a digest that nobody uses is to be kept by nobody.
    /// </summary>
    public IdentifierState GivenUp(Guid account, DateTimeOffset now)
    {
        var left = Owner == account ? Unowned : this;
        var next = left with
        {
            Hold = Hold?.Account == account ? null : Hold,
            Reservation = Reservation?.Account == account ? null : Reservation,
            Proofs = Proofs?.GivenUp(account),
            Wards = Wards?.Release(account),
        };
        return next == this ? this : next with { BudgetsEndAt = Later(BudgetsEndAt, now) };
    }

    private static HoldResult Answer(HoldStatus status, DateTimeOffset? until = null) => new() { Status = status, Until = until };

    internal static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one > other ? one : other;
}

/// <summary>Keeps a contact for the account that gave it up.</summary>
public sealed record ContactReservation(Guid Account, DateTimeOffset Until);

/// <summary>A reservation. Its deadline permits a takeover and decides nothing else.</summary>
public sealed record IdentifierHold(string Operation, Guid Account, DateTimeOffset Until);
