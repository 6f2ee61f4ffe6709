using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Contacts;

namespace AiCloud.PasswordResets;

/// <summary>What codes are good for when a password is to be reset (P-05). Pure.</summary>
internal static class ResetRules
{
    /// <summary>The contact that a code proves, if it counts: of the account, and not one that came with what is in dispute.</summary>
    public static StoredContact? Proves(AccountState state, ChallengeProven proven, ChallengePurpose purpose, DateTimeOffset now)
    {
        if (proven.Purpose != purpose || now >= proven.ExpiresAt) return null;
        if (state.Contacts.FirstOrDefault(contact => contact.IdentifierKey == proven.IdentifierKey) is not { } contact) return null;
        return state.Security.IsProtected(now) && contact.CameAt >= state.Security.Protection!.Since ? null : contact;
    }

    /// <summary>Whether the codes are enough.</summary>
    public static bool Allows(AccountState state, ChallengeProven first, ChallengeProven? second, AccountSecurityOptions limits, DateTimeOffset now)
    {
        if (Proves(state, first, ChallengePurpose.PasswordReset, now) is not { } contact) return false;
        if (second is not null)
            return second.Subject == first.Subject && Proves(state, second, ChallengePurpose.PasswordResetSecond, now) is { } other && other.IdentifierKey != contact.IdentifierKey;
        if (state.Security.Reset is { } waiting && waiting.IdentifierKey == contact.IdentifierKey && now >= waiting.ReadyAt && now < waiting.Until) return true;
        // A number that its owner gave up long ago may be somebody else's by now, who gets the code.
        return state.Contacts.Length == 1 && now < contact.LastUsedAt + limits.ResetContactUsedWithin;
    }

    /// <summary>The reset is announced by a contact. One that it announced before goes on.</summary>
    public static AccountState Announced(AccountState state, string identifierKey, AccountSecurityOptions limits, DateTimeOffset now) =>
        state.Security.Reset is { } reset && reset.IdentifierKey == identifierKey && now < reset.Until ? state
        : state.With(state.Security with { Reset = new WaitingReset(identifierKey, now, now + limits.ResetWait, now + limits.ResetWait + limits.ResetOpenFor) });
}
