using AiCloud.Accounts;
using AiCloud.Identifiers;

namespace AiCloud.Reauthentication;

/// <summary>When a session's authentication carries something sensitive, and by what it is renewed. Pure.</summary>
internal static class StepUp
{
    /// <summary>Whether the last authentication is recent enough.</summary>
    public static bool IsRecent(StoredSession session, ReauthenticationOptions limits, DateTimeOffset now) => now < session.AuthenticatedAt + limits.ValidFor;

    /// <summary>
    /// Contacts whose code renews it: phones, and e-mail only where nothing else is left. A code by e-mail confirms an address; it is no factor (O-05).
    /// </summary>
    public static IEnumerable<StoredContact> Contacts(AccountState state)
    {
        var phones = state.Contacts.Where(contact => contact.Kind == IdentifierKind.Phone).ToArray();
        return phones.Length > 0 ? phones : state.PasswordHash is null ? state.Contacts : [];
    }

    /// <summary>The state with a session's authentication renewed.</summary>
    public static AccountState Renewed(AccountState state, StoredSession session, string operation, string method, DateTimeOffset now) => state with
    {
        Sessions = [.. state.Sessions.Select(other => other.Id != session.Id ? other : other with
        {
            OpenedAt = other.OpenedAt ?? other.AuthenticatedAt,
            AuthenticatedAt = now,
            RenewedBy = operation,
            Methods = other.Methods.Contains(method) ? other.Methods : [.. other.Methods, method],
        })],
    };
}
