using AiCloud.Identity;

namespace AiCloud.Accounts;

/// <summary>Numbers that went to somebody else.</summary>
public sealed partial record AccountState
{
    /// <summary>What is kept of them; null in accounts whose numbers nobody claimed.</summary>
    public LostNumbers? Numbers { get; init; }
}
