using AiCloud.Accounts;
using AiCloud.Registration;
using AiCloud.Storage;
using Dapper;
using Orleans.Runtime;

namespace AiCloud.Ledger;

/// <summary>Looks at what the ledger holds, and at what an account keeps.</summary>
internal static class LedgerLook
{
    public static string Key(this Registrant person) => AccountKeys.Of(person.Account);

    /// <summary>The account's entries as they stand in the table, in order.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> Entries(this ClusterFixture cluster, string account)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        var rows = await connection.QueryAsync<LedgerRow>($"SELECT {LedgerRow.Selected} FROM ledger WHERE account = @account ORDER BY number", new { account });
        return [.. rows.Select(row => row.Entry()!)];
    }

    public static async Task<T?> One<T>(this ClusterFixture cluster, string sql, object? parameters = null)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    public static async Task Do(this ClusterFixture cluster, string sql, object? parameters = null)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public static Task<long> Marks(this ClusterFixture cluster, string account) =>
        cluster.One<long>("SELECT count(*) FROM dirty WHERE key = @account AND name = 'account'", new { account })!;

    /// <summary>What the account keeps, as the next activation reads it.</summary>
    public static async Task<AccountState> Kept(this ClusterFixture cluster, string account)
    {
        var row = new KeptRow<AccountState>();
        await cluster.State.ReadStateAsync("account", GrainId.Create("account", account), row);
        return row.State;
    }

    public static void AssertWhole(IReadOnlyList<LedgerEntry> entries)
    {
        LedgerHead? before = null;
        foreach (var entry in entries)
        {
            Assert.Null(LedgerChain.Fault(before, entry));
            before = new LedgerHead(entry.Number, entry.Hash);
        }
    }
}
