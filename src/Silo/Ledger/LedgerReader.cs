using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Ledger;

/// <summary>Reads the ledger's tables, on either database.</summary>
internal sealed class LedgerReader(Database database, IOptions<ClusterOptions> cluster) : ILedgerReader
{
    private string Service => cluster.Value.ServiceId;

    public async Task<IReadOnlyList<LedgerEntry>> Entries(string account, CancellationToken cancellation = default) =>
        [.. (await Rows<LedgerRow>($"SELECT {LedgerRow.Selected} FROM ledger WHERE service = @service AND account = @account ORDER BY number",
            new { service = Service, account }, cancellation)).Select(row => row.Entry() ?? throw new InvalidOperationException($"Entry {row.Number} of account {account} cannot be read."))];

    public async Task<LedgerCheckpoint?> Checkpoint(int? number, CancellationToken cancellation = default) => number is { } wanted
        ? (await Checkpoints("number = @wanted", new { service = Service, wanted, max = 1 }, cancellation)).SingleOrDefault()
        : (await Checkpoints("true", new { service = Service, max = 1 }, cancellation)).SingleOrDefault();

    public Task<IReadOnlyList<LedgerCheckpoint>> Checkpoints(int below, int max, CancellationToken cancellation = default) =>
        Checkpoints("number < @below", new { service = Service, below, max }, cancellation);

    public async Task<IReadOnlyList<SummedHead>> Bucket(int bucket, CancellationToken cancellation = default) =>
        [.. (await Rows<(string Account, int Number, byte[] Hash)>(CheckpointStore.Heads, new { service = Service, bucket }, cancellation))
            .Select(row => new SummedHead(row.Account, new LedgerHead(row.Number, Convert.ToHexStringLower(row.Hash))))];

    public async Task<IReadOnlyList<(int Bucket, byte[] Root)>> Roots(CancellationToken cancellation = default) =>
        await Rows<(int, byte[])>("SELECT bucket, root FROM ledger_bucket WHERE service = @service", new { service = Service }, cancellation);

    private async Task<IReadOnlyList<LedgerCheckpoint>> Checkpoints(string which, object parameters, CancellationToken cancellation) =>
        [.. (await Rows<CheckpointRow>($"SELECT {CheckpointRow.Columns} FROM checkpoint WHERE service = @service AND {which} ORDER BY number DESC LIMIT @max", parameters, cancellation))
            .Select(row => row.Checkpoint() ?? throw new InvalidOperationException($"Checkpoint {row.Number} cannot be read."))];

    private async Task<IReadOnlyList<T>> Rows<T>(string sql, object parameters, CancellationToken cancellation)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
    }
}

/// <summary>A checkpoint as it stands in its row.</summary>
internal sealed record CheckpointRow
{
    public const string Columns = "number, at, accounts, root, previous, jws";

    public required int Number { get; init; }
    public required string At { get; init; }
    public required long Accounts { get; init; }
    public required byte[] Root { get; init; }
    public required byte[] Previous { get; init; }
    public required string Jws { get; init; }

    /// <summary>The checkpoint that the row says; null when no checkpoint has such a row.</summary>
    public LedgerCheckpoint? Checkpoint() => LedgerChain.ReadInstant(At) is not { } at ? null : new LedgerCheckpoint
    {
        Number = Number,
        At = at,
        Accounts = Accounts,
        Root = Convert.ToHexStringLower(Root),
        Previous = Convert.ToHexStringLower(Previous),
        Jws = Jws,
    };
}
