namespace AiCloud.Accounts;

/// <summary>A display name that the rules do not allow any more (L-12).</summary>
public sealed partial record AccountState
{
    /// <summary>Null while nothing stands against the name; gone with the name.</summary>
    public StoredNameFault? NameFault { get; init; }
}

/// <summary>When it was noted, and from when on the name is not shown.</summary>
public sealed record StoredNameFault(DateTimeOffset At, DateTimeOffset Deadline);
