using AiCloud.Contacts;

namespace AiCloud.Accounts;

/// <summary>Changes of contacts and password, and what guards them.</summary>
public sealed partial record AccountState
{
    /// <summary>What is under way, who was told, and what is stopped.</summary>
    public AccountSecurity Security { get; init; } = AccountSecurity.None;

    /// <summary>
    /// The newest change of a contact or the password; null when there was none. Export and cancellation wait from then on for
    /// <see cref="AccountSecurityOptions.LeavingWait"/>.
    /// </summary>
    public DateTimeOffset? SecurityChangedAt => Security.ChangedAt;

    /// <summary>From when on export and cancellation are allowed again; null when nothing stands in their way.</summary>
    public DateTimeOffset? LeavingAllowedFrom(AccountSecurityOptions limits, DateTimeOffset now)
    {
        var waits = SecurityChangedAt + limits.LeavingWait;
        var isProtected = Security.Protection?.Until;
        var from = waits > isProtected || isProtected is null ? waits : isProtected;
        return from > now ? from : null;
    }

    internal AccountState With(AccountSecurity security) => this with { Security = security };

    /// <summary>The contact was used now: signed in with, or a code to it answered.</summary>
    internal AccountState WithUse(string? identifierKey, DateTimeOffset now) => Array.FindIndex(Contacts, contact => contact.IdentifierKey == identifierKey) < 0 ? this : this with
    {
        Contacts = [.. Contacts.Select(contact => contact.IdentifierKey == identifierKey ? contact with { UsedAt = now } : contact)],
    };
}
