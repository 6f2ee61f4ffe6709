using AiCloud.Accounts;
using AiCloud.Objections;

namespace AiCloud.Contacts;

/// <summary>What an account keeps of changes to its contacts and password: those under way, those just made, and who was told.</summary>
public sealed record AccountSecurity
{
    // A turn that crashed is over by then; earlier it may still be under way on this very activation.
    private static readonly TimeSpan SettlesAfter = TimeSpan.FromSeconds(10);

    /// <summary>Nothing.</summary>
    public static readonly AccountSecurity None = new();

    /// <summary>Contacts whose code was asked for.</summary>
    public ContactWish[] Wishes { get; init; } = [];

    /// <summary>The contact that is becoming the account's. Named here before its actor is asked, so that an owned contact is always named by its account.</summary>
    public ArrivingContact? Arriving { get; init; }

    /// <summary>Contacts that left, until nothing is reserved any more.</summary>
    public LeavingContact[] Leaving { get; init; } = [];

    /// <summary>Notices that can be objected to, or are still to be sent.</summary>
    public Alarm[] Alarms { get; init; } = [];

    /// <summary>The newest change of a contact or the password; null when there was none.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>In effect after an objection.</summary>
    public ChangeStop? Protection { get; init; }

    /// <summary>An objection whose changes of contacts are being undone; null once they are.</summary>
    public Undoing? Undoing { get; init; }

    /// <summary>A reset that waits.</summary>
    public WaitingReset? Reset { get; init; }

    /// <summary>Networks and clients from which the person signed in, sealed under the account key.</summary>
    public byte[]? Places { get; init; }

    /// <summary>When something of it has to be done or let go.</summary>
    public DateTimeOffset? DueAt => Earliest(
        [
            Arriving?.Until,
            Undoing?.At + SettlesAfter,
            .. Leaving.Select(left => (DateTimeOffset?)(left.Released ? left.ReservedUntil : left.At + SettlesAfter)),
            .. Alarms.Select(alarm => (DateTimeOffset?)(alarm.SendAt ?? alarm.ExpiresAt)),
            Reset?.Until,
        ]);

    /// <summary>Whether changes are stopped.</summary>
    public bool IsProtected(DateTimeOffset now) => Protection is { } protection && now < protection.Until;

    /// <summary>Lets go of what has ended by clock.</summary>
    public AccountSecurity Forgotten(DateTimeOffset now)
    {
        var next = this with
        {
            Wishes = [.. Wishes.Where(wish => now < wish.Until)],
            Leaving = [.. Leaving.Where(left => !left.Released || now < left.ReservedUntil)],
            Alarms = [.. Alarms.Where(alarm => alarm.SendAt is not null || now < alarm.ExpiresAt)],
            Reset = Reset is { } reset && now < reset.Until ? reset : null,
        };
        return (next.Wishes.Length, next.Leaving.Length, next.Alarms.Length, next.Reset) == (Wishes.Length, Leaving.Length, Alarms.Length, Reset) ? this : next;
    }

    /// <summary>The contact by its key, whether it stands or left.</summary>
    public static StoredContact? Find(AccountState state, string key) =>
        state.Contacts.Concat(state.Security.Leaving.Select(left => left.Contact)).FirstOrDefault(contact => contact.IdentifierKey == key);

    private static DateTimeOffset? Earliest(IEnumerable<DateTimeOffset?> instants) => instants.Min();
}

/// <summary>A contact that a session with a recent authentication asked to add.</summary>
/// <param name="Challenge">Id of its challenge.</param>
/// <param name="IdentifierKey">Its actor.</param>
/// <param name="Replaces">Key of the contact that it takes the place of; null to add one.</param>
/// <param name="Session">The session that asked.</param>
/// <param name="Until">When it is forgotten.</param>
public sealed record ContactWish(string Challenge, string IdentifierKey, string? Replaces, string Session, DateTimeOffset Until);

/// <summary>A contact between its proof and its place among the account's.</summary>
/// <param name="Operation">The hold's operation: the challenge's id, or the notice whose objection brings it back.</param>
/// <param name="Contact">The contact.</param>
/// <param name="Replaces">Key of the contact that goes when it arrives.</param>
/// <param name="Network">From where it was proven.</param>
/// <param name="Site">For the links in notices.</param>
/// <param name="Until">When it is settled if nobody came back to it.</param>
/// <param name="Undo">It is brought back by an objection: nobody is told, and what it replaces is not reserved.</param>
public sealed record ArrivingContact(
    string Operation, StoredContact Contact, string? Replaces, long Network, string? Site, DateTimeOffset Until, bool Undo = false);

/// <summary>A contact that left the account.</summary>
/// <param name="Contact">The contact; its address goes with this.</param>
/// <param name="Operation">What removed it.</param>
/// <param name="At">When.</param>
/// <param name="ReservedUntil">Until when nobody else can have it.</param>
/// <param name="Released">Its actor knows.</param>
public sealed record LeavingContact(StoredContact Contact, string Operation, DateTimeOffset At, DateTimeOffset ReservedUntil, bool Released);

/// <summary>A notice to contacts, with a one-time token.</summary>
/// <param name="Id">Its id within the account.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="ExpiresAt">Until when it can be objected to.</param>
/// <param name="Proof">SHA-256 of the token's secret.</param>
/// <param name="To">Keys of the contacts that are told.</param>
/// <param name="Operation">The act told of.</param>
/// <param name="Site">For the link; null without one.</param>
/// <param name="SendAt">When it is handed over again, should this activation not live to see it done, or to whoever could not be told; null once all were.</param>
public sealed record Alarm(
    string Id, AlarmKind Kind, DateTimeOffset At, DateTimeOffset ExpiresAt, byte[] Proof, string[] To, string Operation, string? Site, DateTimeOffset? SendAt)
{
    /// <summary>Keys of the contacts that could not be told yet; null before it was tried, when that is all of them, and once all were.</summary>
    public string[]? Untold { get; init; }

    /// <summary>When it was objected to.</summary>
    public DateTimeOffset? ObjectedAt { get; init; }

    /// <summary>Whether it is handed over now: at once when it is new, and at its time to those that could not be told.</summary>
    internal bool IsToBeSent(DateTimeOffset now) => SendAt is { } at && (Untold is null || at <= now);

    /// <summary>It was handed over to all but these.</summary>
    internal Alarm Tried(string[] untold, DateTimeOffset again) => untold.Length == 0 ? this with { SendAt = null, Untold = null } : this with { SendAt = again, Untold = untold };

    /// <summary>The objection dropped the password.</summary>
    public bool PasswordDropped { get; init; }
}

/// <summary>Changes are stopped.</summary>
/// <param name="Since">The instant in dispute: contacts that came from then on prove nothing meanwhile.</param>
/// <param name="Until">When it ends.</param>
public sealed record ChangeStop(DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Contacts become what they were before an instant.</summary>
/// <param name="Since">The instant in dispute.</param>
/// <param name="By">The notice that was objected to.</param>
/// <param name="At">When.</param>
public sealed record Undoing(DateTimeOffset Since, string By, DateTimeOffset At);

/// <summary>A reset that waits for objections.</summary>
/// <param name="IdentifierKey">The contact that asked.</param>
/// <param name="AnnouncedAt">When every contact was told.</param>
/// <param name="ReadyAt">From when it can be carried out.</param>
/// <param name="Until">Until when.</param>
public sealed record WaitingReset(string IdentifierKey, DateTimeOffset AnnouncedAt, DateTimeOffset ReadyAt, DateTimeOffset Until)
{
    /// <summary>When an authority said that the number is still its owner's; null when none was asked, or none knew.</summary>
    public DateTimeOffset? NumberUnchangedAt { get; init; }
}
