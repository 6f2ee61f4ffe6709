using AiCloud.Accounts;
using AiCloud.Objections;

namespace AiCloud.Contacts;

/// <summary>What a change of contacts makes of an account (C2.1f). Pure.</summary>
internal static class ContactChanges
{
    // Longer than a challenge lives: the wish must be there when its code is answered.
    private static readonly TimeSpan WishFor = TimeSpan.FromHours(4);
    private static readonly TimeSpan SpentFor = TimeSpan.FromHours(4); // longer than any challenge lives
    private const int WishesMax = 10;

    /// <summary>Decides whether a contact may be proven for the account.</summary>
    public static (AccountState Next, Refusal? Refusal) Begin(
        string account, AccountState state, BeginContact request, string session, AccountSecurityOptions limits, DateTimeOffset now)
    {
        if (state.Security.Wishes.Any(wish => wish.Challenge == request.Challenge)) return (state, null);
        if (state.Security.IsProtected(now)) return (state, new Refusal(RefusalCode.AccountProtected));
        if (state.Contacts.Any(contact => contact.IdentifierKey == request.IdentifierKey)) return (state, new Refusal(RefusalCode.ContactYours));
        var replaced = request.Replaces is { } name ? state.Contacts.FirstOrDefault(contact => ContactIds.Of(account, contact) == name) : null;
        if (request.Replaces is not null && replaced is null) return (state, new Refusal(RefusalCode.NotFound));
        if (replaced is null && state.Contacts.Length >= limits.ContactsMax) return (state, new Refusal(RefusalCode.TooManyContacts));
        if (AlarmBudget.RefuseChange(state.Security, limits, now) is { } spent) return (state, spent);
        var wish = new ContactWish(request.Challenge, request.IdentifierKey, replaced?.IdentifierKey, session, now + WishFor);
        return (state.With(state.Security with { Wishes = [.. state.Security.Wishes.TakeLast(WishesMax - 1), wish] }), null);
    }

    /// <summary>The contact is owned: it takes its place, and the one that it replaces leaves.</summary>
    public static AccountState Arrived(AccountState state, ArrivingContact arriving, AccountSecurityOptions limits, DateTimeOffset now)
    {
        var security = state.Security with
        {
            Arriving = null,
            Wishes = [.. state.Security.Wishes.Where(wish => wish.Challenge != arriving.Operation)],
            // It may be one that left before and comes back.
            Leaving = [.. state.Security.Leaving.Where(left => left.Contact.IdentifierKey != arriving.Contact.IdentifierKey)],
            ChangedAt = now,
        };
        // The instant of a new one is that of the notice about it: what is in dispute begins there. One that comes back was there long before.
        var contact = arriving.Undo ? arriving.Contact : arriving.Contact with { ProvenAt = now, AddedAt = now };
        var next = state.With(security) with
        {
            Contacts = [.. state.Contacts.Where(other => other.IdentifierKey != contact.IdentifierKey), contact],
            Spent = state.Spent.With(arriving.Operation, now + SpentFor, now),
        };
        return arriving.Replaces is { } key ? Left(next, key, arriving.Operation, arriving.Undo ? TimeSpan.Zero : limits.ContactReservedFor, now) : next;
    }

    /// <summary>A contact leaves. The last one never does.</summary>
    public static AccountState Left(AccountState state, string identifierKey, string operation, TimeSpan reservedFor, DateTimeOffset now)
    {
        var leaving = state.Contacts.FirstOrDefault(contact => contact.IdentifierKey == identifierKey);
        if (leaving is null || state.Contacts.Length < 2) return state;
        return state.With(state.Security with
        {
            Leaving = [.. state.Security.Leaving.Where(left => left.Contact.IdentifierKey != identifierKey), new LeavingContact(leaving, operation, now, now + reservedFor, Released: false)],
            ChangedAt = now,
        }) with
        { Contacts = [.. state.Contacts.Where(contact => contact != leaving)] };
    }

    /// <summary>Nothing came of it. One that cannot come back is another's by now.</summary>
    public static AccountState GivenUp(AccountState state, ArrivingContact arriving) => state.With(state.Security with
    {
        Arriving = null,
        Leaving = arriving.Undo ? [.. state.Security.Leaving.Where(left => left.Contact.IdentifierKey != arriving.Contact.IdentifierKey)] : state.Security.Leaving,
    });

    /// <summary>The next contact that an objection brings back; null when there is none left.</summary>
    public static LeavingContact? ComesBack(AccountState state) => state.Security.Undoing is { } undoing
        ? state.Security.Leaving.FirstOrDefault(left => left.At >= undoing.Since && left.Contact.CameAt < undoing.Since) : null;

    /// <summary>Everything came back that can: what was added since the instant in dispute goes, unless nothing else were left.</summary>
    public static AccountState Undone(AccountState state, DateTimeOffset now)
    {
        var undoing = state.Security.Undoing!;
        var added = state.Contacts.Where(contact => contact.CameAt >= undoing.Since);
        var next = added.Aggregate(state, (left, contact) => Left(left, contact.IdentifierKey, undoing.By, TimeSpan.Zero, now));
        return next.With(next.Security with { Undoing = null });
    }
}
