namespace AiCloud.Storage;

/// <summary>
/// Rows are dealt into 64 fixed slots by their key's hash, and a shard of sweepers owns every n-th slot: so the number of shards may
/// change without touching a row, and the index begins with the slot.
/// </summary>
internal static class Slots
{
    internal const int Count = 64;

    internal static int[] Of(int shard, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shards is >= 1 and <= Count, true, nameof(shards));
        ArgumentOutOfRangeException.ThrowIfNotEqual(shard >= 0 && shard < shards, true, nameof(shard));
        return [.. Enumerable.Range(0, Count).Where(slot => slot % shards == shard)];
    }
}
