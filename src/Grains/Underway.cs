namespace AiCloud;

/// <summary>
/// One act of which only one request at a time may do the part outside the actor (looking at a password, hashing one). In memory: an activation
/// that goes takes with it nothing but the knowledge that somebody was at it.
/// </summary>
/// <param name="Name">The act.</param>
/// <param name="Attempt">The request that does it.</param>
/// <param name="Since">When it began.</param>
internal sealed record Underway(string Name, string Attempt, DateTimeOffset Since)
{
    /// <summary>A gateway that died never ends its request; no request runs that long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>The refusal of another request while one is under way; null when it may go on.</summary>
    public static Refusal? Refuse(Underway? other, string attempt, DateTimeOffset now) =>
        other is null || other.Attempt == attempt || now >= other.Since + Longest ? null
        : new Refusal(RefusalCode.IdempotencyInProgress, TimeSpan.FromSeconds(1));
}
