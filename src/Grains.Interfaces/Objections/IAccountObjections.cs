using Orleans.Concurrency;

namespace AiCloud.Objections;

/// <summary>
/// "This was not me" (C2.1f, C2.4c): what a person says with the one-time token of a notice about their account. Implemented by the account's actor. A wrong
/// or lapsed token is answered <see cref="RefusalCode.NotFound"/>.
/// </summary>
[Alias("aicloud.grain.account-objections")]
public interface IAccountObjections : IGrainWithStringKey
{
    /// <summary>What the notice told.</summary>
    [Alias("alarm")] Task<Outcome<AlarmView>> Alarm(AlarmProof proof, CancellationToken cancellation = default);

    /// <summary>
    /// Protects the account: ends every session, drops the password where somebody else must have known it, stops changes for a while, and undoes the
    /// change of contacts that the notice told of. Works once; a repeat answers what was done.
    /// </summary>
    [Alias("object"), ResponseTimeout("00:00:08")]
    Task<Outcome<AlarmView>> Object(AlarmProof proof, CancellationToken cancellation = default);
}

/// <summary>Proof of a notice's token.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.alarm-proof")]
public sealed record AlarmProof
{
    /// <summary>Id of the notice within the account.</summary>
    [Id(0)] public required string Alarm { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    [Id(1)] public required byte[] SecretDigest { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AlarmProof);
}

/// <summary>What a notice tells. Numbers are stored: never renumbered.</summary>
public enum AlarmKind
{
    /// <summary>A contact was added.</summary>
    ContactAdded = 1,
    /// <summary>A contact took the place of another.</summary>
    ContactReplaced = 2,
    /// <summary>A contact was removed.</summary>
    ContactRemoved = 3,
    /// <summary>The password was changed, or set for the first time.</summary>
    PasswordChanged = 4,
    /// <summary>The password was reset by code.</summary>
    PasswordReset = 5,
    /// <summary>A reset was asked for that is carried out after a wait.</summary>
    ResetAnnounced = 6,
    /// <summary>Somebody signed in from a network or with a client that was not seen before.</summary>
    SignedIn = 7,
}

/// <summary>A notice, and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.alarm-view")]
public sealed record AlarmView
{
    /// <summary>What it told.</summary>
    [Id(0)] public required AlarmKind Kind { get; init; }
    /// <summary>When that happened.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }
    /// <summary>Until when it can be objected to.</summary>
    [Id(2)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>When it was objected to; null as long as it was not.</summary>
    [Id(3)] public DateTimeOffset? ObjectedAt { get; init; }
    /// <summary>Until when changes are stopped; null while there was no objection.</summary>
    [Id(4)] public DateTimeOffset? ProtectedUntil { get; init; }
    /// <summary>A new password has to be set by code.</summary>
    [Id(5)] public bool PasswordDropped { get; init; }
    /// <summary>Language of the account.</summary>
    [Id(6)] public required string Locale { get; init; }
}
