using AiCloud.Expiry;
using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Storage;

/// <summary>Sweeps on SQLite, where the process's clock is the database's and no other writer can stand between picking and deleting.</summary>
internal sealed class SqliteExpiryStore(Database database, IOptions<ClusterOptions> cluster, TimeProvider clock) : IExpiryStore
{
    internal const string Erase = """
        DELETE FROM state WHERE rowid IN (
            SELECT rowid FROM state INDEXED BY state_due
            WHERE name = @name AND slot = @slot AND due < @before AND service = @service
                AND NOT EXISTS (
                    SELECT 1 FROM dirty WHERE dirty.key = state.key AND dirty.name = state.name AND dirty.service = state.service)
            ORDER BY due
            LIMIT @max)
        """;

    internal const string Fallen = """
        SELECT key AS Key, due AS Due FROM state INDEXED BY state_due
        WHERE name = @name AND slot = @slot AND due < @before AND service = @service
        ORDER BY due
        LIMIT @max
        """;

    public async Task<int> EraseExpired(string stateName, int shard, int shards, int max, TimeSpan grace, CancellationToken cancellation = default)
    {
        var before = (clock.GetUtcNow() - grace).ToUnixTimeMilliseconds();
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var gone = 0;
        foreach (var slot in Slots.Of(shard, shards))
        {
            if (gone >= max) break;
            gone += await connection.ExecuteAsync(Erase, Parameters(stateName, slot, before, max - gone), transaction);
        }

        await transaction.CommitAsync(cancellation);
        return gone;
    }

    public async Task<IReadOnlyList<string>> Due(string stateName, int shard, int shards, int max, CancellationToken cancellation = default)
    {
        var until = clock.GetUtcNow().ToUnixTimeMilliseconds() + 1;
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        var rows = new List<(string Key, long Due)>();
        foreach (var slot in Slots.Of(shard, shards))
            rows.AddRange(await connection.QueryAsync<(string, long)>(Fallen, Parameters(stateName, slot, until, max)));
        return [.. rows.OrderBy(row => row.Due).Take(max).Select(row => row.Key)];
    }

    private object Parameters(string stateName, int slot, long before, int max) =>
        new { name = stateName, service = cluster.Value.ServiceId, slot, before, max };
}
