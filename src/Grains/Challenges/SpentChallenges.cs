namespace AiCloud.Challenges;

/// <summary>
/// Challenges whose act an actor has done: part of that actor's state, so that it is kept in the same write as the act. A code acts once, and whoever repeats
/// the call finds the act done. What lapsed is forgotten, since by then the challenge authorises nothing.
/// </summary>
public sealed record SpentChallenges
{
    // The challenge and the actor may live on silos whose clocks differ a little.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>None.</summary>
    public static readonly SpentChallenges None = new();

    /// <summary>Ids, and until when they are remembered.</summary>
    public SpentChallenge[] All { get; init; } = [];

    /// <summary>Whether the act of an authorisation was done.</summary>
    public bool Has(ChallengeProven proven) => All.Any(spent => spent.Challenge == proven.Challenge);

    /// <summary>Why an authorisation is none for this act; null when it is one. One whose act was done is one.</summary>
    public static RefusalCode? Refuse(ChallengeProven proven, ChallengePurpose purpose, string subject, DateTimeOffset now) =>
        proven.Purpose != purpose || proven.Subject != subject || now >= proven.ExpiresAt ? RefusalCode.NotFound : null;

    /// <summary>Remembers an act together with what it changed.</summary>
    public SpentChallenges With(ChallengeProven proven, DateTimeOffset now) => With(proven.Challenge, proven.ExpiresAt + Margin, now);

    /// <summary>The same where only the challenge's id is at hand.</summary>
    public SpentChallenges With(string challenge, DateTimeOffset until, DateTimeOffset now) => All.Any(spent => spent.Challenge == challenge) ? this : this with
    {
        All = [.. All.Where(spent => spent.Until > now), new SpentChallenge(challenge, until)],
    };
}

/// <summary>A challenge whose act was done.</summary>
public sealed record SpentChallenge(string Challenge, DateTimeOffset Until);
