using AiCloud.Accounts;
using AiCloud.Hosting;
using AiCloud.Identifiers;
using AiCloud.Invariants;
using AiCloud.Protection;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Shredding;

/// <summary>
/// <c>shredded replay FOLDER</c>: ends again, in a database that was restored from a backup, every account that was ended after the backup was made (C2.5e). Before
/// anything serves: it refuses while a process runs. Saying it twice changes nothing. Exit code 0 when done, 1 when refused.
/// </summary>
internal static class ShreddedCommand
{
    private static readonly HeaderedStateSerializer Serializer = new();

    public static async Task<int> Run(string[] words, IConfiguration configuration, TextWriter output) => await Start.Reached(async () =>
    {
        if (words is not ["replay", var folder]) throw new StartRefusedException("shredded: say \"replay FOLDER\".");
        if (!Directory.Exists(folder)) throw new StartRefusedException($"shredded replay: there is no folder {folder}.");
        await using var database = Database.Open(CheckedDatabase.Settings(configuration));
        if (await new KeyHolders(database).Running() is [var process, ..])
            throw new StartRefusedException($"shredded replay: {process.Process} is running. Stop every silo first; what they hold in memory would come back.");
        using var audit = Start.OpenAudit(configuration, configuration[AccountsOptions.Section + ":DataDirectory"]);
        var (listed, ended) = (ShredListFile.Read(folder), 0);
        foreach (var account in listed)
        {
            if (!await End(database, account)) continue;
            audit.OfSystem("shredded.replay", account);
            ended++;
        }
        await output.WriteLineAsync($"{listed.Count} accounts on the list, {ended} of them ended again.");
        return 0;
    });

    private static async Task<bool> End(Database database, string account)
    {
        await using var connection = await database.State.OpenConnectionAsync();
        var row = await connection.QuerySingleOrDefaultAsync<Row>("SELECT key, name, service, version, payload FROM state WHERE key = @account AND name = 'account'", new { account });
        if (row is null || Serializer.Deserialize<AccountState>(new BinaryData(row.Payload)) is not { Phase: not AccountPhase.Ended } state) return false;
        await using var transaction = await connection.BeginTransactionAsync();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var key in state.HeldIdentifiers())
        {
            var held = await connection.QuerySingleOrDefaultAsync<Row>("SELECT key, name, service, version, payload FROM state WHERE key = @key AND name = 'identifier' AND service = @Service",
                new { key, row.Service }, transaction);
            if (held is null) continue;
            var identifier = Serializer.Deserialize<IdentifierState>(new BinaryData(held.Payload));
            var free = identifier.GivenUp(Guid.ParseExact(account, "N"), now);
            if (!ReferenceEquals(free, identifier)) await Put(connection, held, Serializer.Serialize(free).ToArray(), free.DueAt, transaction);
        }
        var shredded = state.Shredded();
        await Put(connection, row, Serializer.Serialize(shredded).ToArray(), shredded.DueAt, transaction);
        await transaction.CommitAsync();
        return true;
    }

    private static async Task Put(System.Data.Common.DbConnection connection, Row row, byte[] payload, DateTimeOffset? due, System.Data.Common.DbTransaction transaction)
    {
        var put = await connection.ExecuteAsync("UPDATE state SET payload = @payload, due = @due, version = version + 1 WHERE key = @Key AND name = @Name AND service = @Service AND version = @Version",
            new { payload, due = due?.ToUnixTimeMilliseconds(), row.Key, row.Name, row.Service, row.Version }, transaction);
        if (put != 1) throw new StartRefusedException("shredded replay: something else writes to this database. Stop it, and say this again.");
    }

    private sealed record Row
    {
        public string Key { get; init; } = "";
        public string Name { get; init; } = "";
        public string Service { get; init; } = "";
        public int Version { get; init; }
        public byte[] Payload { get; init; } = [];
    }
}
