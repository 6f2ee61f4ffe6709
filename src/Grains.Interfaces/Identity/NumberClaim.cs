using AiCloud.Accounts;

namespace AiCloud.Identity;

/// <summary>
/// A number of the account that somebody else has proven to have, and says was never theirs with this account (C2.1g). Key: as
/// <see cref="IAccountGrain"/>.
/// </summary>
[Alias("aicloud.grain.account-numbers")]
public interface IAccountNumbers : IGrainWithStringKey
{
    /// <summary>
    /// What stands between the claimant and the number. The authority on numbers is asked at most once a day for one number.
    /// </summary>
    [Alias("judge-claim"), ResponseTimeout("00:00:08")]
    Task<NumberClaim> JudgeClaim(string identifierKey, string operation, CancellationToken cancellation = default);

    /// <summary>
    /// The number changed hands: the account loses it at once, the sessions opened through it end, its other contacts are told, and the number is free.
    /// Repeating it changes nothing. Refused with <see cref="RefusalCode.NumberNotChanged"/> unless the claim was judged so.
    /// </summary>
    [Alias("lose-contact")] Task<Outcome<Done>> LoseContact(string identifierKey, string operation, CancellationToken cancellation = default);
}

/// <summary>What the account that owns a number answers to whoever proved it and says that the account is not theirs.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.number-claim")]
public sealed record NumberClaim
{
    /// <summary>
    /// <see cref="NumberStanding.Changed"/>: the number may go. <see cref="NumberStanding.Unchanged"/>: it stays, be it that its owner used it lately.
    /// <see cref="NumberStanding.Unknown"/>: it may go at <see cref="Until"/>, unless its owner uses it before.
    /// </summary>
    [Id(0)] public required NumberStanding Standing { get; init; }
    /// <summary>When an unknown one may go.</summary>
    [Id(1)] public DateTimeOffset? Until { get; init; }
}
