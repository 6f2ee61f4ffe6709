namespace AiCloud.Expiry;

/// <summary>Set-based access to rows by their due instant. Implemented on the database beside the state.</summary>
public interface IExpiryStore
{
    /// <summary>
    /// Deletes at most <paramref name="max"/> rows of <paramref name="stateName"/> in <paramref name="shard"/> whose due instant lies
    /// before the database's clock minus <paramref name="grace"/>. Rows locked by a writer are passed over; the predicate is repeated in the DELETE.
    /// </summary>
    /// <returns>How many rows went.</returns>
    Task<int> EraseExpired(string stateName, int shard, int shards, int max, TimeSpan grace, CancellationToken cancellation = default);

    /// <summary>The grain keys (text form, without type) of at most <paramref name="max"/> rows that have fallen due, oldest first.</summary>
    Task<IReadOnlyList<string>> Due(string stateName, int shard, int shards, int max, CancellationToken cancellation = default);
}
