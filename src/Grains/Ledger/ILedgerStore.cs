namespace AiCloud.Ledger;

/// <summary>The tables <c>ledger</c>, <c>directory</c> and <c>dirty</c>, beside the state of the accounts.</summary>
public interface ILedgerStore
{
    /// <summary>
    /// Appends what a batch of accounts handed over, lists them in the directory and takes away their marks up to the version handed over, in
    /// one transaction. Entries that are there already are left as they are. If one is there with another hash, or the entry before is not
    /// the one named, nothing of the batch is kept.
    /// </summary>
    /// <returns>Where the ledger and the account disagree; empty when everything was kept.</returns>
    Task<IReadOnlyList<LedgerConflict>> Append(IReadOnlyList<LedgerFlush> batch, CancellationToken cancellation = default);

    /// <summary>Keys after <paramref name="after"/>, in order, of at most <paramref name="max"/> accounts whose mark is older than <paramref name="age"/>.</summary>
    Task<IReadOnlyList<string>> Waiting(int shard, int shards, string after, int max, TimeSpan age, CancellationToken cancellation = default);

    /// <summary>Takes away the marks of accounts whose rows are gone: they have nothing to hand over.</summary>
    Task ForgetErased(IReadOnlyList<string> accounts, CancellationToken cancellation = default);

    /// <summary>The next page of accounts by key, and whether the directory lists each.</summary>
    Task<IReadOnlyList<(string Account, bool Listed)>> Accounts(string after, int max, CancellationToken cancellation = default);

    /// <summary>Keys after <paramref name="after"/>, in order, of at most <paramref name="max"/> accounts that the directory lists.</summary>
    Task<IReadOnlyList<string>> Listed(string after, int max, CancellationToken cancellation = default);

    /// <summary>How many marks there are, counted up to <paramref name="most"/>, and since when the oldest of those stands.</summary>
    Task<LedgerBacklog> Backlog(int most, CancellationToken cancellation = default);
}

/// <summary>What one account hands over.</summary>
public sealed record LedgerFlush
{
    /// <summary>The account's key.</summary>
    public required string Account { get; init; }
    /// <summary>The version of its row in which these entries are pending.</summary>
    public required int Version { get; init; }
    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>How it stands, as the directory shows it.</summary>
    public required string Standing { get; init; }
    /// <summary>Every entry that is not known to be in the ledger, in order; none when only the mark is to go.</summary>
    public required IReadOnlyList<LedgerEntry> Entries { get; init; }
}

/// <summary>The ledger holds something else than an account hands over.</summary>
public sealed record LedgerConflict(string Account, int Number);

/// <summary>What waits to be flushed.</summary>
public sealed record LedgerBacklog(long Marks, TimeSpan Oldest);
