using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Contacts;
using AiCloud.Identifiers;
using AiCloud.Reauthentication;
using Orleans.Concurrency;

namespace AiCloud.PasswordResets;

/// <summary>
/// A new password without the old one (P-05). Implemented by the account's actor; key as there. Every call carries the authorisation of a code to one of the
/// account's contacts; without one it is answered <see cref="RefusalCode.NotFound"/>.
/// One code alone is enough only on a contact that was used recently and is the only proven way. Otherwise a second contact is proven too, or the reset is
/// announced to every contact and waits.
/// </summary>
[Alias("aicloud.grain.account-password-reset")]
public interface IAccountPasswordReset : IGrainWithStringKey
{
    /// <summary>What the code is good for now.</summary>
    [Alias("reset-standing")] Task<Outcome<ResetStanding>> ResetStanding(ChallengeProven first, CancellationToken cancellation = default);

    /// <summary>The address behind one of <see cref="ResetStanding.Others"/>, to send the second code to.</summary>
    [Alias("contact-for-second")] Task<Outcome<ContactForCode>> ContactForSecond(ChallengeProven first, string contact, CancellationToken cancellation = default);

    /// <summary>
    /// Tells every contact that the password will be reset, and begins the wait; any of them can stop it. Repeating it changes nothing. Refuses
    /// <see cref="RefusalCode.AccountProtected"/> after an objection. A number that may be somebody else's by now is asked about first, at most once a day
    /// (C2.1g): one that changed hands, or of which nothing is known where nobody else can object, is refused with <see cref="RefusalCode.NumberUnconfirmed"/>,
    /// and with <see cref="RefusalCode.NumberCheckUnavailable"/> while nobody answers.
    /// </summary>
    [Alias("announce-reset"), ResponseTimeout("00:00:08")] Task<Outcome<ResetStanding>> AnnounceReset(ChallengeProven first, SiteCall call, CancellationToken cancellation = default);

    /// <summary>
    /// First half: whether the codes are enough (else <see cref="RefusalCode.SecondProofNeeded"/>), and what the new password must not contain. One request
    /// at a time.
    /// </summary>
    [Alias("prepare-reset")] Task<Outcome<ResetPrepared>> PrepareReset(ResetProofs proofs, CancellationToken cancellation = default);

    /// <summary>Gives a prepared one up, for instance because the new password was refused.</summary>
    [Alias("unprepare-reset")] Task<Done> UnprepareReset(ResetProofs proofs, CancellationToken cancellation = default);

    /// <summary>Second half: keeps the new hash, ends every session and tells every contact. The first code's id is its operation: a repeat finds it done.</summary>
    [Alias("reset-password")] Task<Outcome<Done>> ResetPassword(ResetProofs proofs, string newHash, SiteCall call, CancellationToken cancellation = default);
}

/// <summary>The codes that were answered.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.reset-proofs")]
public sealed record ResetProofs
{
    /// <summary>The code to the contact that the reset began with.</summary>
    [Id(0)] public required ChallengeProven First { get; init; }
    /// <summary>The code to another contact; null without one.</summary>
    [Id(1)] public ChallengeProven? Second { get; init; }
    /// <summary>One HTTP request: tells a repeat inside the gateway from a second request.</summary>
    [Id(2)] public required string Attempt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResetProofs);
}

/// <summary>What a code is good for.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.reset-standing")]
public sealed record ResetStanding
{
    /// <summary>A new password may be set now.</summary>
    [Id(0)] public required bool Allowed { get; init; }
    /// <summary>It was set under this code.</summary>
    [Id(1)] public required bool Done { get; init; }
    /// <summary>Other contacts that can be proven too, masked.</summary>
    [Id(2)] public required ContactView[] Others { get; init; }
    /// <summary>From when on an announced reset can be carried out; null when none is announced by this contact.</summary>
    [Id(3)] public DateTimeOffset? ReadyAt { get; init; }
}

/// <summary>A reset that can be carried out.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.reset-prepared")]
public sealed record ResetPrepared
{
    /// <summary>Contacts: the new password must not contain them (C2.2c).</summary>
    [Id(0)] public required Identifier[] Contacts { get; init; }
    /// <summary>Name to show: nor that.</summary>
    [Id(1)] public string? DisplayName { get; init; }
    /// <summary>Set under this code before: the hash tells whether a repeat is the same request.</summary>
    [Id(2)] public bool AlreadyDone { get; init; }
    /// <summary>With <see cref="AlreadyDone"/>: the password now; null when it was dropped since.</summary>
    [Id(3)] public string? CurrentHash { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResetPrepared);
}
