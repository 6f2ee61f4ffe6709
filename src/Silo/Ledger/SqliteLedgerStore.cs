using System.Data.Common;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Ledger;

/// <summary>The ledger on SQLite, a row at a time within one transaction.</summary>
internal sealed class SqliteLedgerStore(Database database, IOptions<ClusterOptions> cluster, ILedgerSteps steps) : ILedgerStore
{
    internal const string Insert = $"""
        INSERT INTO ledger (service, {LedgerRow.Columns})
        VALUES (@service, @account, @number, @kind, @at, @manner, @act, @documentKind, @documentVersion, @documentSha256, @incorporated, @purpose, @given,
            @evidenceSha256, @previous, @hash, @evidence)
        ON CONFLICT DO NOTHING
        """;

    internal const string List = """
        INSERT INTO directory (service, account, opened, standing, number, hash, bucket)
        VALUES (@service, @account, @opened, @standing, @number, @hash, @bucket)
        ON CONFLICT (service, account) DO UPDATE SET standing = excluded.standing, number = excluded.number, hash = excluded.hash
            WHERE directory.number < excluded.number
        """;

    private string Service => cluster.Value.ServiceId;

    public async Task<IReadOnlyList<LedgerConflict>> Append(IReadOnlyList<LedgerFlush> batch, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var conflicts = new List<LedgerConflict>();
        foreach (var flush in batch)
            if (await Append(connection, transaction, flush) is { } conflict) conflicts.Add(conflict);
        if (conflicts.Count > 0) return conflicts; // the transaction goes without a trace
        await steps.Reached(LedgerStep.Appended);
        foreach (var flush in batch) await Close(connection, transaction, flush);
        await transaction.CommitAsync(cancellation);
        return [];
    }

    public async Task<IReadOnlyList<string>> Waiting(int shard, int shards, string after, int max, TimeSpan age, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>(new CommandDefinition("""
            SELECT key FROM dirty
            WHERE service = @service AND name = 'account' AND key > @after AND since < unixepoch('subsec') * 1000 - @age
                AND (instr('0123456789abcdef', substr(key, -1)) - 1) % @shards = @shard
            ORDER BY key
            LIMIT @max
            """, new { service = Service, after, age = age.TotalMilliseconds, shard, shards, max }, cancellationToken: cancellation))).AsList();
    }

    public async Task ForgetErased(IReadOnlyList<string> accounts, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("""
            DELETE FROM dirty
            WHERE key IN @accounts AND name = 'account' AND service = @service AND NOT EXISTS (
                SELECT 1 FROM state WHERE state.key = dirty.key AND state.name = dirty.name AND state.service = dirty.service)
            """, new { service = Service, accounts }, cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<(string Account, bool Listed)>> Accounts(string after, int max, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(string, bool)>(new CommandDefinition("""
            SELECT page.key, directory.account IS NOT NULL
            FROM (SELECT key FROM state WHERE service = @service AND name = 'account' AND key > @after ORDER BY key LIMIT @max) AS page
            LEFT JOIN directory ON directory.service = @service AND directory.account = page.key
            ORDER BY page.key
            """, new { service = Service, after, max }, cancellationToken: cancellation))).AsList();
    }

    public async Task<IReadOnlyList<string>> Listed(string after, int max, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT account FROM directory WHERE service = @service AND account > @after ORDER BY account LIMIT @max",
            new { service = Service, after, max }, cancellationToken: cancellation))).AsList();
    }

    public async Task<LedgerBacklog> Backlog(int most, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        var (marks, oldest) = await connection.QuerySingleAsync<(long, double)>(new CommandDefinition("""
            SELECT count(*), coalesce(unixepoch('subsec') - min(since) / 1000.0, 0.0)
            FROM (SELECT since FROM dirty WHERE service = @service LIMIT @most)
            """, new { service = Service, most }, cancellationToken: cancellation));
        return new LedgerBacklog(marks, TimeSpan.FromSeconds(oldest));
    }

    // The entries themselves, and the one that the first of them names.
    private async Task<LedgerConflict?> Append(DbConnection connection, DbTransaction transaction, LedgerFlush flush)
    {
        var rows = flush.Entries.Select(LedgerRow.Of).ToArray();
        if (rows is [{ Number: > 1 } first, ..] && !await Holds(connection, transaction, flush.Account, first.Number - 1, first.Previous))
            return new LedgerConflict(flush.Account, first.Number - 1);
        foreach (var row in rows)
        {
            var added = await connection.ExecuteAsync(Insert, Parameters(row), transaction);
            if (added == 0 && !await Holds(connection, transaction, row.Account, row.Number, row.Hash)) return new LedgerConflict(row.Account, row.Number);
        }
        return null;
    }

    private async Task<bool> Holds(DbConnection connection, DbTransaction transaction, string account, int number, byte[] hash) =>
        await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM ledger WHERE service = @service AND account = @account AND number = @number AND hash = @hash",
            new { service = Service, account, number, hash }, transaction) > 0;

    private async Task Close(DbConnection connection, DbTransaction transaction, LedgerFlush flush)
    {
        if (flush.Entries is [.., var last])
        {
            var bucket = LedgerBucket.Of(flush.Account);
            await connection.ExecuteAsync(List, new
            {
                service = Service,
                account = flush.Account,
                opened = flush.OpenedAt.ToUnixTimeMilliseconds(),
                standing = flush.Standing,
                number = last.Number,
                hash = Convert.FromHexString(last.Hash),
                bucket,
            }, transaction);
            await connection.ExecuteAsync("""
                INSERT INTO ledger_touched (service, bucket, times) VALUES (@service, @bucket, 1)
                ON CONFLICT (service, bucket) DO UPDATE SET times = ledger_touched.times + 1
                """, new { service = Service, bucket }, transaction);
        }
        await connection.ExecuteAsync("DELETE FROM dirty WHERE key = @account AND name = 'account' AND service = @service AND version <= @version",
            new { service = Service, account = flush.Account, version = flush.Version }, transaction);
    }

    private object Parameters(LedgerRow row) => new
    {
        service = Service,
        account = row.Account,
        number = row.Number,
        kind = row.Kind,
        at = row.At,
        manner = row.Manner,
        act = row.Act,
        documentKind = row.DocumentKind,
        documentVersion = row.DocumentVersion,
        documentSha256 = row.DocumentSha256,
        incorporated = row.Incorporated,
        purpose = row.Purpose,
        given = row.Given,
        evidenceSha256 = row.EvidenceSha256,
        previous = row.Previous,
        hash = row.Hash,
        evidence = row.Evidence,
    };
}
