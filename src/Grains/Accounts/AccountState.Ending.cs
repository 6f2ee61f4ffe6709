using AiCloud.Endings;

namespace AiCloud.Accounts;

/// <summary>An ending that waits for its instant (C2.5d).</summary>
public sealed partial record AccountState
{
    /// <summary>What was decided; null while nothing was.</summary>
    public PlannedEnding? Planned { get; init; }

    /// <summary>The account ends, and its contacts are still to be told.</summary>
    public bool FarewellDue { get; init; }
}
