using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Contacts;
using AiCloud.Identity;

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
    public static bool Allows(AccountState state, ChallengeProven first, ChallengeProven? second, AccountSecurityOptions limits, IdentityOptions numbers, DateTimeOffset now)
    {
        if (Proves(state, first, ChallengePurpose.PasswordReset, now) is not { } contact) return false;
        if (second is not null)
            return second.Subject == first.Subject && Proves(state, second, ChallengePurpose.PasswordResetSecond, now) is { } other && other.IdentifierKey != contact.IdentifierKey;
        if (Waiting(state, contact, now) is { } waiting && now >= waiting.ReadyAt) return IsVouchedFor(state, waiting, numbers, now);
        // A number that its owner gave up long ago may be somebody else's by now, who gets the code.
        return state.Contacts.Length == 1 && now < contact.LastUsedAt + limits.ResetContactUsedWithin && !LostNumbers.MayBeAnothers(contact, numbers, now);
    }

    /// <summary>The reset that a contact announced, while it can be carried out or waits.</summary>
    public static WaitingReset? Waiting(AccountState state, StoredContact contact, DateTimeOffset now) =>
        state.Security.Reset is { } reset && reset.IdentifierKey == contact.IdentifierKey && now < reset.Until ? reset : null;

    /// <summary>
    /// Whether the wait is worth something: the authority on numbers said that the number is still its owner's, or somebody was told who can object. A number of
    /// which nobody knows whose it is tells nobody but whoever asked, and neither do others of the account's like it (C2.1g).
    /// </summary>
    public static bool IsVouchedFor(AccountState state, WaitingReset? waiting, IdentityOptions numbers, DateTimeOffset now) =>
        waiting?.NumberUnchangedAt is not null || state.Contacts.Any(other => !LostNumbers.MayBeAnothers(other, numbers, now));

    /// <summary>Whether a wait may begin, by what the authority says of a number that may be somebody else's; null when it may.</summary>
    public static Refusal? Refuse(AccountState state, NumberStanding standing, IdentityOptions numbers, DateTimeOffset now) => standing switch
    {
        NumberStanding.Unchanged => null,
        NumberStanding.Changed => new Refusal(RefusalCode.NumberUnconfirmed),
        NumberStanding.Unknown => IsVouchedFor(state, waiting: null, numbers, now) ? null : new Refusal(RefusalCode.NumberUnconfirmed),
        NumberStanding.Later => IsVouchedFor(state, waiting: null, numbers, now) ? null : new Refusal(RefusalCode.NumberCheckUnavailable, TimeSpan.FromMinutes(1)),
    };

    /// <summary>The reset is announced by a contact. One that it announced before goes on.</summary>
    public static AccountState Announced(AccountState state, StoredContact contact, DateTimeOffset? numberUnchangedAt, AccountSecurityOptions limits, DateTimeOffset now)
    {
        var reset = Waiting(state, contact, now) ?? new WaitingReset(contact.IdentifierKey, now, now + limits.ResetWait, now + limits.ResetWait + limits.ResetOpenFor);
        return state.With(state.Security with { Reset = reset with { NumberUnchangedAt = numberUnchangedAt ?? reset.NumberUnchangedAt } });
    }
}
