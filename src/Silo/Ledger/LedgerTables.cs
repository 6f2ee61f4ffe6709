using System.Runtime.CompilerServices;
using AiCloud.Accounts;
using AiCloud.Protection;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Ledger;

/// <summary>An account as the directory lists it.</summary>
internal sealed record DirectoryRow
{
    public required string Account { get; init; }
    public required int Number { get; init; }
    public required byte[] Hash { get; init; }
    public required int Bucket { get; init; }
    public required string Standing { get; init; }
    public required int? SummedNumber { get; init; }
    public required byte[]? SummedHash { get; init; }

    public LedgerHead Head => new(Number, Convert.ToHexStringLower(Hash));
    public LedgerHead? Summed => SummedNumber is { } number && SummedHash is { } hash ? new LedgerHead(number, Convert.ToHexStringLower(hash)) : null;
}

/// <summary>A bucket as it was last summed up.</summary>
internal sealed record BucketRow(int Bucket, int Accounts, int Checkpoint, byte[] Root);

/// <summary>Reads the ledger's tables straight from the database, page by page in the order of their keys, so that any number of rows needs the same memory.</summary>
internal sealed class LedgerTables(DatabaseSettings settings) : IAsyncDisposable
{
    private const int Page = 1000;
    private const string Listed = "account, number, hash, bucket, standing, summed_number AS summednumber, summed_hash AS summedhash";
    private static readonly HeaderedStateSerializer Serializer = new();
    private readonly Database _database = Database.Open(settings);

    /// <summary>The services that have rows; found by hopping along the keys, not by reading the tables.</summary>
    public async Task<IReadOnlyList<string>> Services(string configured)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal) { configured };
        foreach (var table in new[] { "ledger", "directory", "checkpoint" })
            for (var after = ""; (await Rows<string?>($"SELECT min(service) FROM {table} WHERE service > @after", new { after }))[0] is { } next; after = next) found.Add(next);
        return [.. found];
    }

    public IAsyncEnumerable<LedgerRow> Entries(string service, string? only) => Pages(("", 0), after => Rows<LedgerRow>(
        $"SELECT {LedgerRow.Selected} FROM ledger WHERE service = @service AND (account, number) > (@account, @number){Only("account", only)} ORDER BY account, number LIMIT @Page",
        new { service, account = after.Item1, number = after.Item2, only, Page }), row => (row.Account, row.Number));

    public IAsyncEnumerable<DirectoryRow> Directory(string service, string? only) => Pages("", after => Rows<DirectoryRow>(
        $"SELECT {Listed} FROM directory WHERE service = @service AND account > @after{Only("account", only)} ORDER BY account LIMIT @Page", new { service, after, only, Page }), row => row.Account);

    public IAsyncEnumerable<DirectoryRow> ByBucket(string service, int? only) => Pages((-1, ""), after => Rows<DirectoryRow>(
        $"SELECT {Listed} FROM directory WHERE service = @service AND (bucket, account) > (@bucket, @account){(only is null ? "" : " AND bucket = @only")} ORDER BY bucket, account LIMIT @Page",
        new { service, bucket = after.Item1, account = after.Item2, only, Page }), row => (row.Bucket, row.Account));

    public async IAsyncEnumerable<(string Account, AccountState State)> Accounts(string service, string? only)
    {
        var rows = Pages("", after => Rows<(string Key, byte[] Payload)>(
            $"SELECT key, payload FROM state WHERE name = 'account' AND service = @service AND key > @after{Only("key", only)} ORDER BY key LIMIT @Page", new { service, after, only, Page }), row => row.Key);
        await foreach (var (key, payload) in rows) yield return (key, Serializer.Deserialize<AccountState>(new BinaryData(payload)));
    }

    public IAsyncEnumerable<CheckpointRow> Checkpoints(string service) => Pages(0, after => Rows<CheckpointRow>(
        $"SELECT {CheckpointRow.Columns} FROM checkpoint WHERE service = @service AND number > @after ORDER BY number LIMIT @Page", new { service, after, Page }), row => row.Number);

    public async Task<IReadOnlyDictionary<int, BucketRow>> Buckets(string service) =>
        (await Rows<(int Bucket, int Accounts, int Checkpoint, byte[] Root)>("SELECT bucket, accounts, checkpoint, root FROM ledger_bucket WHERE service = @service", new { service }))
        .ToDictionary(row => row.Bucket, row => new BucketRow(row.Bucket, row.Accounts, row.Checkpoint, row.Root));

    /// <summary>The public keys that processes published.</summary>
    public async Task<IReadOnlyList<EvidenceKey>> PublishedKeys(string service) =>
        (await Rows<byte[]>("SELECT payload FROM state WHERE key = @key AND name = 'signing-keys' AND service = @service", new { key = ISigningKeysGrain.Evidence, service }))
        .SelectMany(payload => Serializer.Deserialize<SigningKeysState>(new BinaryData(payload)).Keys).ToArray();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string Only(string column, string? only) => only is null ? "" : $" AND {column} = @only";

    private static async IAsyncEnumerable<TRow> Pages<TRow, TKey>(
        TKey first, Func<TKey, Task<IReadOnlyList<TRow>>> read, Func<TRow, TKey> keyOf, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        IReadOnlyList<TRow> page;
        for (var after = first; ; after = keyOf(page[^1]))
        {
            cancellation.ThrowIfCancellationRequested();
            page = await read(after);
            foreach (var row in page) yield return row;
            if (page.Count < Page) yield break;
        }
    }

    private async Task<IReadOnlyList<T>> Rows<T>(string sql, object parameters)
    {
        await using var connection = await _database.State.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql, parameters, commandTimeout: 60)).AsList();
    }
}
