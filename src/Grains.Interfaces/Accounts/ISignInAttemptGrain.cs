namespace AiCloud.Accounts;

/// <summary>
/// What became of the sign-in that a client named by an Idempotency-Key (API.md, General). Key: 128 bits derived from it under a server secret.
/// There is none for a sign-in without a key. It knows no password, not even by digest: whether a repeat carries the same one shows in what the
/// account's own hash says of it (docs/decisions/0008).
/// </summary>
[Alias("aicloud.grain.sign-in-attempt")]
public interface ISignInAttemptGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes the key for one call. <see cref="RefusalCode.IdempotencyKeyReused"/> when it named another identifier before;
    /// <see cref="RefusalCode.IdempotencyInProgress"/> while another call has it.
    /// </summary>
    [Alias("begin")] Task<Outcome<SignInAttemptBegun>> Begin(SignInCall call, CancellationToken cancellation = default);

    /// <summary>Gives the key back and keeps what was decided first.</summary>
    /// <param name="call">The call that began.</param>
    /// <param name="right">Whether the password was right; null when nobody looked at it, which leaves nothing behind.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Alias("end")] Task<Done> End(SignInCall call, bool? right, CancellationToken cancellation = default);
}

/// <summary>One call under a client's key.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.sign-in-call")]
public sealed record SignInCall
{
    /// <summary>One HTTP request: tells a repeat inside the gateway from a second request with the same key.</summary>
    [Id(0)] public required string Attempt { get; init; }
    /// <summary>Keyed digest of the identifier; the password is no part of it.</summary>
    [Id(1)] public required string Fingerprint { get; init; }
}

/// <summary>The key is taken.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.sign-in-attempt-begun")]
public sealed record SignInAttemptBegun
{
    /// <summary>What the first call came to: whether its password was right; null when there was none yet.</summary>
    [Id(0)] public bool? Right { get; init; }
}
