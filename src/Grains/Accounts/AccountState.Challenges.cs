using AiCloud.Challenges;

namespace AiCloud.Accounts;

/// <summary>Codes that the account has acted upon.</summary>
public sealed partial record AccountState
{
    /// <summary>Challenges whose act was done: kept with the act, so that no code acts twice.</summary>
    public SpentChallenges Spent { get; init; } = SpentChallenges.None;
}
