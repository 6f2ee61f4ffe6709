using AiCloud.Expiry;
using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Storage;

/// <summary>Sweeps on PostgreSQL, by the database's clock.</summary>
internal sealed class PostgreSqlExpiryStore(Database database, IOptions<ClusterOptions> cluster) : IExpiryStore
{
    // One short index scan per slot. A row that a writer holds is passed over; one that was written after it was picked no longer meets
    // the repeated predicate. A row in dirty stays until its entries are in the ledger. MATERIALIZED, because a join may run a plain
    // subquery again for each row it tries, and each run would pick and lock further rows.
    internal const string Erase = """
        WITH expired AS MATERIALIZED (
            SELECT picked.key
            FROM unnest(@slots) AS owned (slot)
            CROSS JOIN LATERAL (
                SELECT key FROM state
                WHERE name = @name AND slot = owned.slot AND service = @service
                    AND due < (extract(epoch FROM now()) * 1000)::bigint - @grace
                    AND NOT EXISTS (
                        SELECT 1 FROM dirty WHERE dirty.key = state.key AND dirty.name = state.name AND dirty.service = state.service)
                ORDER BY due
                LIMIT @max
                FOR UPDATE SKIP LOCKED
            ) AS picked
            LIMIT @max
        )
        DELETE FROM state USING expired
        WHERE state.key = expired.key AND name = @name AND service = @service
            AND due < (extract(epoch FROM now()) * 1000)::bigint - @grace
        """;

    internal const string Fallen = """
        SELECT picked.key
        FROM unnest(@slots) AS owned (slot)
        CROSS JOIN LATERAL (
            SELECT key, due FROM state
            WHERE name = @name AND slot = owned.slot AND service = @service AND due <= (extract(epoch FROM now()) * 1000)::bigint
            ORDER BY due
            LIMIT @max
        ) AS picked
        ORDER BY picked.due
        LIMIT @max
        """;

    public async Task<int> EraseExpired(string stateName, int shard, int shards, int max, TimeSpan grace, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(new CommandDefinition(Erase, Parameters(stateName, shard, shards, max, grace), cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<string>> Due(string stateName, int shard, int shards, int max, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        var keys = await connection.QueryAsync<string>(new CommandDefinition(Fallen, Parameters(stateName, shard, shards, max, TimeSpan.Zero), cancellationToken: cancellation));
        return keys.AsList();
    }

    private object Parameters(string stateName, int shard, int shards, int max, TimeSpan grace) => new
    {
        name = stateName,
        service = cluster.Value.ServiceId,
        slots = Slots.Of(shard, shards).Select(slot => (short)slot).ToArray(),
        max,
        grace = (long)grace.TotalMilliseconds,
    };
}
