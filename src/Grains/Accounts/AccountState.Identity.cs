using AiCloud.Identity;

namespace AiCloud.Accounts;

/// <summary>Real-name proof.</summary>
public sealed partial record AccountState
{
    /// <summary>What is kept of it; null in accounts that never asked.</summary>
    public AccountIdentity? Identity { get; init; }
}
