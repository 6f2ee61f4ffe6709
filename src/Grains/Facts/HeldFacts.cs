using AiCloud.Accounts;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Services;

namespace AiCloud.Facts;

/// <summary>Where each fact of an account stands. One line for each feature that keeps one.</summary>
internal static class HeldFacts
{
    /// <summary>Whether the account has a fact in the form that counts: proven, or for the birth date stated.</summary>
    public static bool Has(AccountState state, AccountFact fact) => fact == AccountFact.BirthDate ? state.BirthDate is not null : ProvenAt(state, fact) is not null;

    /// <summary>When a fact was last proven, by a code or an identity check; null when it never was. Typing it in is no proof.</summary>
    public static DateTimeOffset? ProvenAt(AccountState state, AccountFact fact) => fact switch
    {
        AccountFact.Phone => Proven(state, IdentifierKind.Phone),
        AccountFact.Email => Proven(state, IdentifierKind.Email),
        AccountFact.RealName or AccountFact.IdDocument => state.Identity?.Proof?.At, // whatever the method: a network ID has equal service (L-11)
        AccountFact.BirthDate => state.Identity?.Proof is { BirthDateProven: true } proof ? proof.At : null,
    };

    /// <summary>How well the account's standing guardian is known; null without one.</summary>
    public static GuardianAssurance? Guardian(AccountState state, DateTimeOffset now) =>
        Wards.StateOf(state, now) == GuardianshipState.Standing ? state.Ward!.Guardian!.Assurance : null;

    private static DateTimeOffset? Proven(AccountState state, IdentifierKind kind) =>
        state.Contacts.Where(contact => contact.Kind == kind).Max(contact => (DateTimeOffset?)contact.ProvenAt);
}
