using System.Data.Common;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Ledger;

/// <summary>
/// Sums up and signs, on either database. One process at a time: the transaction holds a lock, and finds out under it whether the checkpoint
/// is still to be taken.
/// </summary>
internal sealed class CheckpointStore(Database database, IOptions<ClusterOptions> cluster) : ICheckpointStore
{
    internal const string Touched = "SELECT bucket, times FROM ledger_touched WHERE service = @service AND bucket > @after ORDER BY bucket LIMIT @max";

    // In the order in which flushers take these rows, so that neither waits for the other in a circle.
    internal const string Changed = """
        SELECT account FROM directory
        WHERE service = @service AND bucket = @bucket AND (summed_number IS NULL OR summed_number <> number)
        ORDER BY account
        """;

    internal const string Heads = """
        SELECT account, summed_number, summed_hash FROM directory
        WHERE service = @service AND bucket = @bucket AND summed_number IS NOT NULL
        ORDER BY account
        """;

    private const long Lock = 0x41_69_43_6b_70_74; // any constant that nobody else locks in this database

    private string Service => cluster.Value.ServiceId;
    private bool Locks => database.Provider == DatabaseProvider.PostgreSql; // SQLite's one writer is the lock

    public async Task<int?> SumUp(int number, int after, int max, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Begin(connection, transaction, number);
        var touched = (await connection.QueryAsync<(int Bucket, long Times)>(Touched, new { service = Service, after, max }, transaction)).AsList();
        foreach (var (bucket, times) in touched) await SumUp(connection, transaction, number, bucket, times);
        await transaction.CommitAsync(cancellation);
        return touched is [.., var last] ? last.Bucket : null;
    }

    public async Task<LedgerCheckpoint> Close(LedgerCheckpoint? before, Func<CheckpointTree, long, LedgerCheckpoint> make, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Begin(connection, transaction, (before?.Number ?? 0) + 1);
        var buckets = (await connection.QueryAsync<(int Bucket, byte[] Root, long Accounts)>(
            "SELECT bucket, root, accounts FROM ledger_bucket WHERE service = @service", new { service = Service }, transaction)).AsList();
        var made = make(new CheckpointTree(buckets.Select(bucket => (bucket.Bucket, bucket.Root))), buckets.Sum(bucket => bucket.Accounts));
        await connection.ExecuteAsync("""
            INSERT INTO checkpoint (service, number, hour, at, accounts, root, previous, jws)
            VALUES (@service, @number, @hour, @at, @accounts, @root, @previous, @jws)
            """, new
        {
            service = Service,
            number = made.Number,
            hour = Checkpoints.Hour(made.At),
            at = LedgerChain.Instant(made.At),
            accounts = made.Accounts,
            root = Convert.FromHexString(made.Root),
            previous = Convert.FromHexString(made.Previous),
            jws = made.Jws,
        }, transaction);
        await transaction.CommitAsync(cancellation);
        return made;
    }

    private async Task Begin(DbConnection connection, DbTransaction transaction, int number)
    {
        if (Locks) await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@Lock)", new { Lock }, transaction);
        var latest = await connection.ExecuteScalarAsync<int?>("SELECT max(number) FROM checkpoint WHERE service = @service", new { service = Service }, transaction);
        if ((latest ?? 0) != number - 1) throw new CheckpointTakenException();
    }

    private async Task SumUp(DbConnection connection, DbTransaction transaction, int number, int bucket, long times)
    {
        var where = new { service = Service, bucket };
        await connection.QueryAsync<string>(Locks ? $"{Changed} FOR UPDATE" : Changed, where, transaction);
        await connection.ExecuteAsync("""
            UPDATE directory SET summed_number = number, summed_hash = hash
            WHERE service = @service AND bucket = @bucket AND (summed_number IS NULL OR summed_number <> number)
            """, where, transaction);
        var heads = (await connection.QueryAsync<(string Account, int Number, byte[] Hash)>(Heads, where, transaction))
            .Select(row => new SummedHead(row.Account, new LedgerHead(row.Number, Convert.ToHexStringLower(row.Hash)))).ToArray();
        await connection.ExecuteAsync("""
            INSERT INTO ledger_bucket (service, bucket, accounts, root, checkpoint) VALUES (@service, @bucket, @accounts, @root, @number)
            ON CONFLICT (service, bucket) DO UPDATE SET accounts = excluded.accounts, root = excluded.root, checkpoint = excluded.checkpoint
            """, new { service = Service, bucket, accounts = heads.Length, root = CheckpointTree.BucketRoot(heads), number }, transaction);
        await connection.ExecuteAsync("DELETE FROM ledger_touched WHERE service = @service AND bucket = @bucket AND times = @times",
            new { service = Service, bucket, times }, transaction);
    }
}
