namespace AiCloud.Ledger;

/// <summary>
/// Takes up what a crash, or a database that did not answer, left between the accounts of one shard and the ledger. Key: the shard's
/// number. One reminder each; nothing of its own is kept.
/// </summary>
[Alias("aicloud.grain.ledger-driver")]
public interface ILedgerDriverGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to it that the shard's reminder exists.</summary>
    [Alias("ensure-running")] Task EnsureRunning();
    /// <summary>Asks every account whose entries have waited too long to hand them over again, as the reminder would. Answers how many were asked.</summary>
    [Alias("drive")] Task<int> Drive();
}

/// <summary>
/// Finds open accounts that the ledger does not know, as those of a release without one, and has them begin their chains: page by page,
/// so many a minute, and never again once a whole pass found none. Key: 0.
/// </summary>
[Alias("aicloud.grain.ledger-backfill")]
public interface ILedgerBackfillGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to it that the pass goes on, unless it is over for good.</summary>
    [Alias("ensure-running")] Task EnsureRunning();
    /// <summary>Goes on by one tick's worth, as the reminder would. Answers how many accounts were asked to begin their chains.</summary>
    [Alias("fill")] Task<int> Fill();
}
