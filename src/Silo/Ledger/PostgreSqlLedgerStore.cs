using System.Data.Common;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Ledger;

/// <summary>The ledger on PostgreSQL: a batch is three or four statements, whatever its size.</summary>
internal sealed class PostgreSqlLedgerStore(Database database, IOptions<ClusterOptions> cluster, ILedgerSteps steps) : ILedgerStore
{
    internal const string Insert = $"""
        INSERT INTO ledger (service, {LedgerRow.Columns})
        SELECT @service, * FROM unnest(
            @account, @number, @kind, @at, @manner, @act, @documentKind, @documentVersion, @documentSha256, @incorporated, @purpose, @given,
            @evidenceSha256, @previous, @hash, @evidence)
        ON CONFLICT DO NOTHING
        """;

    internal const string Compare = """
        SELECT named.account AS "Account", named.number AS "Number"
        FROM unnest(@account, @number, @hash) AS named (account, number, hash)
        LEFT JOIN ledger ON ledger.service = @service AND ledger.account = named.account AND ledger.number = named.number
        WHERE ledger.hash IS DISTINCT FROM named.hash
        """;

    internal const string List = """
        WITH listed AS (
            INSERT INTO directory (service, account, opened, standing, number, hash, bucket)
            SELECT @service, * FROM unnest(@account, @opened, @standing, @number, @hash, @bucket)
            ON CONFLICT (service, account) DO UPDATE SET standing = excluded.standing, number = excluded.number, hash = excluded.hash
                WHERE directory.number < excluded.number
        )
        DELETE FROM dirty USING unnest(@flushed, @version) AS flushed (account, version)
        WHERE dirty.key = flushed.account AND dirty.name = 'account' AND dirty.service = @service AND dirty.version <= flushed.version
        """;

    // In one order, so that two silos never wait for each other in a circle.
    internal const string Touch = """
        INSERT INTO ledger_touched (service, bucket, times)
        SELECT @service, bucket, 1 FROM (SELECT DISTINCT bucket FROM unnest(@bucket) AS named (bucket)) AS buckets ORDER BY bucket
        ON CONFLICT (service, bucket) DO UPDATE SET times = ledger_touched.times + 1
        """;

    internal const string Marked = """
        SELECT key FROM dirty
        WHERE service = @service AND name = 'account' AND key > @after AND since < now() - make_interval(secs => @age)
            AND (position(right(key, 1) IN '0123456789abcdef') - 1) % @shards = @shard
        ORDER BY key
        LIMIT @max
        """;

    internal const string Page = """
        SELECT page.key, directory.account IS NOT NULL
        FROM (SELECT key FROM state WHERE service = @service AND name = 'account' AND key > @after ORDER BY key LIMIT @max) AS page
        LEFT JOIN directory ON directory.service = @service AND directory.account = page.key
        ORDER BY page.key
        """;

    private string Service => cluster.Value.ServiceId;

    public async Task<IReadOnlyList<LedgerConflict>> Append(IReadOnlyList<LedgerFlush> batch, CancellationToken cancellation = default)
    {
        var rows = batch.SelectMany(flush => flush.Entries).Select(LedgerRow.Of).ToArray();
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var inserted = rows.Length == 0 ? 0 : await Run(connection, transaction, Insert, Columns(rows), cancellation);
        var conflicts = await Conflicts(connection, transaction, batch, rows, allNew: inserted == rows.Length, cancellation);
        if (conflicts.Count > 0) return conflicts; // the transaction goes without a trace
        await steps.Reached(LedgerStep.Appended);
        var listing = Listing(batch);
        await Run(connection, transaction, List, listing, cancellation);
        await Run(connection, transaction, Touch, listing, cancellation);
        await transaction.CommitAsync(cancellation);
        return [];
    }

    public async Task<IReadOnlyList<string>> Waiting(int shard, int shards, string after, int max, TimeSpan age, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>(new CommandDefinition(Marked, new { service = Service, after, age = age.TotalSeconds, shard, shards, max }, cancellationToken: cancellation))).AsList();
    }

    public async Task ForgetErased(IReadOnlyList<string> accounts, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("""
            DELETE FROM dirty
            WHERE key = ANY (@accounts) AND name = 'account' AND service = @service AND NOT EXISTS (
                SELECT 1 FROM state WHERE state.key = dirty.key AND state.name = dirty.name AND state.service = dirty.service)
            """, new { service = Service, accounts = accounts.ToArray() }, cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<(string Account, bool Listed)>> Accounts(string after, int max, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(string, bool)>(new CommandDefinition(Page, new { service = Service, after, max }, cancellationToken: cancellation))).AsList();
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
            SELECT count(*), coalesce(extract(epoch FROM now() - min(since)), 0)::double precision
            FROM (SELECT since FROM dirty WHERE service = @service LIMIT @most) AS waiting
            """, new { service = Service, most }, cancellationToken: cancellation));
        return new LedgerBacklog(marks, TimeSpan.FromSeconds(oldest));
    }

    // Where every entry was new and begins its chain, there is nothing that could disagree.
    private async Task<IReadOnlyList<LedgerConflict>> Conflicts(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<LedgerFlush> batch, LedgerRow[] rows, bool allNew, CancellationToken cancellation)
    {
        var named = batch.Where(flush => flush.Entries is [{ Number: > 1 }, ..])
            .Select(flush => (flush.Account, Number: flush.Entries[0].Number - 1, Hash: Convert.FromHexString(flush.Entries[0].Previous)))
            .Concat(allNew ? [] : rows.Select(row => (row.Account, row.Number, row.Hash))).ToArray();
        if (named.Length == 0) return [];
        return (await connection.QueryAsync<LedgerConflict>(new CommandDefinition(Compare, new
        {
            service = Service,
            account = named.Select(one => one.Account).ToArray(),
            number = named.Select(one => one.Number).ToArray(),
            hash = named.Select(one => one.Hash).ToArray(),
        }, transaction, cancellationToken: cancellation))).AsList();
    }

    private static Task<int> Run(DbConnection connection, DbTransaction transaction, string sql, object parameters, CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellation));

    private object Listing(IReadOnlyList<LedgerFlush> batch)
    {
        var listed = batch.Where(flush => flush.Entries.Count > 0).ToArray();
        return new
        {
            service = Service,
            account = listed.Select(flush => flush.Account).ToArray(),
            opened = listed.Select(flush => flush.OpenedAt.ToUnixTimeMilliseconds()).ToArray(),
            standing = listed.Select(flush => flush.Standing).ToArray(),
            number = listed.Select(flush => flush.Entries[^1].Number).ToArray(),
            hash = listed.Select(flush => Convert.FromHexString(flush.Entries[^1].Hash)).ToArray(),
            bucket = listed.Select(flush => LedgerBucket.Of(flush.Account)).ToArray(),
            flushed = batch.Select(flush => flush.Account).ToArray(),
            version = batch.Select(flush => flush.Version).ToArray(),
        };
    }

    private object Columns(LedgerRow[] rows) => new
    {
        service = Service,
        account = Column(rows, row => row.Account),
        number = Column(rows, row => row.Number),
        kind = Column(rows, row => row.Kind),
        at = Column(rows, row => row.At),
        manner = Column(rows, row => row.Manner),
        act = Column(rows, row => row.Act),
        documentKind = Column(rows, row => row.DocumentKind),
        documentVersion = Column(rows, row => row.DocumentVersion),
        documentSha256 = Column(rows, row => row.DocumentSha256),
        incorporated = Column(rows, row => row.Incorporated),
        purpose = Column(rows, row => row.Purpose),
        given = Column(rows, row => row.Given),
        evidenceSha256 = Column(rows, row => row.EvidenceSha256),
        previous = Column(rows, row => row.Previous),
        hash = Column(rows, row => row.Hash),
        evidence = Column(rows, row => row.Evidence),
    };

    private static T[] Column<T>(LedgerRow[] rows, Func<LedgerRow, T> read) => [.. rows.Select(read)];
}
