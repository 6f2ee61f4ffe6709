using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>What is kept of a sign-in under a client's key: for whom, and whether the password was right. Nothing of the password.</summary>
public sealed record SignInAttempt : IStoredState
{
    // A lapsed row stays this long, so that an activation still in memory notices by clock before its row goes.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Keyed digest of the identifier; null as long as nothing was decided.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whether the first call's password was right.</summary>
    public bool Right { get; init; }

    /// <summary>When the key may name another act.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => Fingerprint is null ? null : ExpiresAt + Margin;

    /// <summary>Whether a first call is remembered.</summary>
    public bool Counts(DateTimeOffset now) => Fingerprint is not null && now < ExpiresAt;

    /// <summary>Decides whether a call may use the key, and tells what the first came to.</summary>
    public Outcome<SignInAttemptBegun> Begin(string fingerprint, DateTimeOffset now) =>
        !Counts(now) ? new SignInAttemptBegun()
        : Fingerprint == fingerprint ? new SignInAttemptBegun { Right = Right }
        : RefusalCode.IdempotencyKeyReused;

    /// <summary>Keeps what the first call came to; a later one changes nothing.</summary>
    public SignInAttempt Decided(string fingerprint, bool right, SessionOptions limits, DateTimeOffset now) =>
        Counts(now) ? this : new() { Fingerprint = fingerprint, Right = right, ExpiresAt = now + limits.SignInsRepeatableFor };
}
