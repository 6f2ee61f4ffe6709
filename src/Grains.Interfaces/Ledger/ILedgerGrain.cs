namespace AiCloud.Ledger;

/// <summary>Reads the ledger. Key: 0; any silo answers.</summary>
[Alias("aicloud.grain.ledger")]
public interface ILedgerGrain : IGrainWithIntegerKey
{
    /// <summary>One checkpoint; the newest for null. <see cref="RefusalCode.NotFound"/> when there is none.</summary>
    [Alias("checkpoint")] Task<Outcome<LedgerCheckpoint>> Checkpoint(int? number, CancellationToken cancellation = default);

    /// <summary>At most 100 checkpoints below a number, or the newest for null; newest first.</summary>
    [Alias("checkpoints")] Task<LedgerCheckpoint[]> Checkpoints(int? below, int max, CancellationToken cancellation = default);

    /// <summary>
    /// That an account's chain is part of the newest checkpoint. <see cref="RefusalCode.NotInCheckpoint"/> while it is in none, at most an hour and some
    /// minutes after the account was opened; <see cref="RefusalCode.CheckpointUnderWay"/> while the next one is being taken.
    /// </summary>
    [Alias("prove")] Task<Outcome<LedgerProof>> Prove(string account, CancellationToken cancellation = default);

    /// <summary>An account's chain, oldest first; none for an account without one.</summary>
    [Alias("entries")] Task<LedgerLine[]> Entries(string account, CancellationToken cancellation = default);

    /// <summary>Which versions bound an account at an instant, by which act. <see cref="RefusalCode.NotFound"/> for an account without a chain.</summary>
    [Alias("bound")] Task<Outcome<BoundAgreements>> Bound(string account, DateTimeOffset at, CancellationToken cancellation = default);
}
