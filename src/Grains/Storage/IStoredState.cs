namespace AiCloud.Storage;

/// <summary>
/// What the row of a state shows to SQL: the instant at which a sweeper looks at it, and whether entries wait for the ledger.
/// Both are written into the payload's fixed header, from where the same statement that writes the row fills <c>due</c> and <c>dirty</c>.
/// </summary>
public interface IStoredState
{
    /// <summary>When a sweeper or due-sweeper has to look at this row; null for never. Kept in whole milliseconds, UTC.</summary>
    DateTimeOffset? DueAt { get; }

    /// <summary>True while entries wait to be appended to ledger or directory.</summary>
    bool HasPendingEntries => false;

    /// <summary>The state without the entries that it says are pending: read when the row's mark in <c>dirty</c> is gone, for then the ledger has them.</summary>
    IStoredState AllFlushed() => this;
}
