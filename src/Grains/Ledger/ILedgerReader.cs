namespace AiCloud.Ledger;

/// <summary>Reads chains and checkpoints, and sums up what checkpoints sign. Beside the state, as <see cref="ILedgerStore"/>.</summary>
public interface ILedgerReader
{
    /// <summary>An account's entries in the ledger, in order; none for an account that has no chain.</summary>
    Task<IReadOnlyList<LedgerEntry>> Entries(string account, CancellationToken cancellation = default);

    /// <summary>One checkpoint, the newest for null; null when there is none.</summary>
    Task<LedgerCheckpoint?> Checkpoint(int? number, CancellationToken cancellation = default);

    /// <summary>Checkpoints below a number, newest first.</summary>
    Task<IReadOnlyList<LedgerCheckpoint>> Checkpoints(int below, int max, CancellationToken cancellation = default);

    /// <summary>The ends of a bucket's chains as they were last summed up, in the order of their accounts.</summary>
    Task<IReadOnlyList<SummedHead>> Bucket(int bucket, CancellationToken cancellation = default);

    /// <summary>The roots of all buckets that hold a chain.</summary>
    Task<IReadOnlyList<(int Bucket, byte[] Root)>> Roots(CancellationToken cancellation = default);
}

/// <summary>Takes checkpoints. Of two that take the same one, one succeeds.</summary>
public interface ICheckpointStore
{
    /// <summary>
    /// Sums up at most <paramref name="max"/> buckets above <paramref name="after"/> that something touched, for the checkpoint with this
    /// number, in one transaction.
    /// </summary>
    /// <returns>The last bucket summed up; null when no more are touched.</returns>
    /// <exception cref="CheckpointTakenException">Another process has taken this checkpoint.</exception>
    Task<int?> SumUp(int number, int after, int max, CancellationToken cancellation = default);

    /// <summary>Closes the checkpoint after <paramref name="before"/>: what it covers is read and what <paramref name="make"/> signs is kept in one transaction.</summary>
    /// <exception cref="CheckpointTakenException">Another process has taken this checkpoint.</exception>
    Task<LedgerCheckpoint> Close(LedgerCheckpoint? before, Func<CheckpointTree, long, LedgerCheckpoint> make, CancellationToken cancellation = default);
}

/// <summary>Somebody else has taken the checkpoint meanwhile: there is nothing left to do.</summary>
public sealed class CheckpointTakenException : Exception
{
    /// <summary>Creates one.</summary>
    public CheckpointTakenException() : base("The checkpoint is taken.") { }

    /// <summary>Creates one.</summary>
    public CheckpointTakenException(string message) : base(message) { }

    /// <summary>Creates one.</summary>
    public CheckpointTakenException(string message, Exception innerException) : base(message, innerException) { }
}
