using System.Text;
using AiCloud.Accounts;
using AiCloud.Running;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiCloud.Protection;

/// <summary><c>keys rewrap</c> as an operator runs it: killed in the middle, and said again (C-01).</summary>
public sealed class RewrapCrashTests
{
    private const int Rows = 1200;

    public static TheoryData<DatabaseProvider> Both => [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    [Theory, MemberData(nameof(Both))]
    public async Task Killed_in_the_middle_it_goes_on_where_it_was_and_no_key_is_lost(DatabaseProvider provider)
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-test-rewrap-").FullName;
        await using var postgres = provider == DatabaseProvider.PostgreSql ? await TemporaryDatabase.Create() : null;
        var settings = postgres?.Settings ?? new DatabaseSettings { Provider = DatabaseProvider.Sqlite, File = Path.Combine(folder, "accounts.db") };
        if (postgres is null) await Migrations.Apply(settings, NullLoggerFactory.Instance);
        var file = Path.Combine(folder, "keys.json");
        var old = KeyRing.Generate(new CryptographicRandomness());
        await using var database = Database.Open(settings);
        var secrets = await Fill(database, old);
        old.Add(RingPart.Encryption, new CryptographicRandomness()).Promote(RingPart.Encryption).SaveNew(file);
        KeyValuePair<string, string>[] environment =
        [
            new("AiCloud__Keys__File", file),
            postgres is null ? new("AiCloud__DataDirectory", folder) : new("AiCloud__Storage__ConnectionString", settings.ConnectionString!),
        ];

        await using (var first = Child.Start("AiCloud.Silo", ["keys", "rewrap", "--rows-per-second", "200"], environment))
        {
            while (await Under(database, "e2") < 100) await Task.Delay(20);
            first.Kill();
            await first.Exit();
        }
        var reached = await Under(database, "e2");
        Assert.InRange(reached, 100, Rows - 1);

        await using (var again = Child.Start("AiCloud.Silo", ["keys", "rewrap"], environment))
        {
            Assert.Equal(0, await again.Exit());
            Assert.Contains(again.Output, line => line.StartsWith("Goes on after ", StringComparison.Ordinal));
            Assert.Contains(again.Output, line => line == "1,200 rows looked at, 1,200 brought under e2. Done.");
        }
        Assert.Equal(Rows, await Under(database, "e2"));
        await using (var retire = Child.Start("AiCloud.Silo", ["keys", "retire", "e1"], environment)) Assert.Equal(0, await retire.Exit());
        var envelope = new Envelope(KeyRing.Load(file), new CryptographicRandomness());
        foreach (var row in await new KeyedRows(database).Page(("", "", ""), Rows, null))
        {
            var held = row.HeldKeys().Single();
            using var key = envelope.Unwrap(held.Key, held.Owner);
            Assert.Equal(secrets[row.Key].Plain, key.UnprotectText(secrets[row.Key].Sealed, "c"));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Dictionary<string, (string Plain, byte[] Sealed)>> Fill(Database database, KeyRing ring)
    {
        var (envelope, serializer, secrets) = (new Envelope(ring, new CryptographicRandomness()), new HeaderedStateSerializer(), new Dictionary<string, (string, byte[])>());
        var modified = database.Provider == DatabaseProvider.Sqlite ? "0" : "now()";
        await using var connection = await database.State.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        for (var i = 0; i < Rows; i++)
        {
            var id = AccountKeys.Of(Guid.CreateVersion7());
            using var made = await envelope.Make(AccountState.FactsOwner(id));
            secrets[id] = ($"secret {i}", made.Key.ProtectText($"secret {i}", "c"));
            var payload = serializer.Serialize(new AccountState { Phase = AccountPhase.Open, AccountKey = made.Wrapped }).ToArray();
            await connection.ExecuteAsync($"INSERT INTO state (version, slot, key, name, service, payload, modified) VALUES (1, 0, @id, 'account', 's', @payload, {modified})", new { id, payload }, transaction);
        }
        await transaction.CommitAsync();
        return secrets;
    }

    private static async Task<int> Under(Database database, string epoch) =>
        (await new KeyedRows(database).Page(("", "", ""), Rows, null)).Count(row => Encoding.UTF8.GetString(row.Payload).Contains($"\"{epoch}\"", StringComparison.Ordinal));
}
