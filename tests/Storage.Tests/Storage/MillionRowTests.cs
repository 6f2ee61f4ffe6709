using AiCloud.Expiry;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Storage;

/// <summary>A million rows of one state, three in ten with a due instant, and a thousand of them fallen due; and 100,000 reminders.</summary>
[Trait("Takes", "long")]
public sealed class MillionRowTests
{
    private const string Name = "test-million";

    [Fact]
    public async Task Sweeps_and_due_queries_use_the_partial_index_on_PostgreSQL()
    {
        await using var storage = await StorageUnderTest.Start(DatabaseProvider.PostgreSql);
        await storage.Execute($"""
            INSERT INTO state (due, version, slot, key, name, service, payload)
            SELECT CASE WHEN n <= 1000 THEN n WHEN n % 10 < 3 THEN 9000000000000 + n END, n, n & 63, md5(n::text), '{Name}', '{storage.ServiceId}', 'x'
            FROM generate_series(1, 1000000) n
            """);
        await storage.Execute("""
            INSERT INTO reminder (starttime, period, grainhash, version, grainid, name, service)
            SELECT now(), 60000, hashint4(n), 1, 'g/' || n, 'r', @service FROM generate_series(1, 100000) n
            """, new { service = storage.ServiceId });
        await storage.Execute("ANALYZE state; ANALYZE reminder");

        foreach (var statement in new[] { PostgreSqlExpiryStore.Erase, PostgreSqlExpiryStore.Fallen })
        {
            var values = new { name = Name, service = storage.ServiceId, slots = Slots.Of(1, 8).Select(slot => (short)slot).ToArray(), max = 100, grace = 0L };
            var plan = string.Join('\n', await storage.Rows<string>("EXPLAIN " + statement, values));
            Assert.Contains("Index Scan using state_due", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on state", plan, StringComparison.Ordinal);
            var generic = await GenericPlan(storage, statement);
            Assert.Contains("Index Scan using state_due", generic, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on state", generic, StringComparison.Ordinal);
        }

        foreach (var key in new[] { "ReadFromStorageKey", "WriteToStorageKey", "DeleteStorageKey" })
        {
            var plan = string.Join('\n', await storage.Rows<string>("EXPLAIN " + await storage.Query<string>("SELECT querytext FROM orleansquery WHERE querykey = @key", new { key }), Row(storage)));
            Assert.Contains("Index Scan using state_key", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on state", plan, StringComparison.Ordinal);
        }

        foreach (var key in new[] { "ReadRangeRows1Key", "ReadRangeRows2Key" })
        {
            var range = new { ServiceId = storage.ServiceId, BeginHash = 2_000_000_000, EndHash = key == "ReadRangeRows1Key" ? 2_040_000_000 : -2_000_000_000 };
            var plan = string.Join('\n', await storage.Rows<string>("EXPLAIN " + await storage.Query<string>("SELECT querytext FROM orleansquery WHERE querykey = @key", new { key }), range));
            Assert.Contains("reminder_hash", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }

        await SweepsFindAll(storage);
    }

    [Fact]
    public async Task Sweeps_and_due_queries_use_the_partial_index_on_SQLite()
    {
        await using var storage = await StorageUnderTest.Start(DatabaseProvider.Sqlite);
        await storage.Execute($"""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000000)
            INSERT INTO state (key, name, service, slot, version, due, modified, payload)
            SELECT printf('%08d', n), '{Name}', '{storage.ServiceId}', n & 63, n, CASE WHEN n <= 1000 THEN n WHEN n % 10 < 3 THEN 9000000000000 + n END, 0, CAST('A100000000000000000' || char(10) AS BLOB)
            FROM numbers
            """);

        foreach (var statement in new[] { SqliteExpiryStore.Erase, SqliteExpiryStore.Fallen })
        {
            var plan = await Plan(storage, statement, new { name = Name, service = storage.ServiceId, slot = 1, before = 2000L, max = 100 });
            Assert.Contains("USING INDEX state_due (name=? AND slot=? AND due<?)", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN state", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }

        foreach (var key in new[] { "ReadFromStorageKey", "WriteToStorageKey", "DeleteStorageKey" })
        {
            var plan = await Plan(storage, await storage.Query<string>("SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key", new { key }), Row(storage));
            Assert.Contains("SEARCH state USING", plan, StringComparison.Ordinal);
            Assert.Contains("(key=? AND name=? AND service=?)", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN state", plan, StringComparison.Ordinal);
        }

        foreach (var key in new[] { "ReadRangeRows1Key", "ReadRangeRows2Key" })
        {
            var statement = await storage.Query<string>("SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key", new { key });
            var plan = await Plan(storage, statement, new { ServiceId = storage.ServiceId, BeginHash = 5, EndHash = 3 });
            Assert.Contains("USING INDEX reminder_hash", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN reminder", plan, StringComparison.Ordinal);
        }

        await SweepsFindAll(storage);
    }

    private static object Row(StorageUnderTest storage) => new
    {
        GrainIdHash = 1, GrainTypeString = Name, GrainIdExtensionString = "=0123", storage.ServiceId, GrainStateVersion = (int?)7,
        PayloadBinary = "A100000000000000000\n{}"u8.ToArray(),
    };

    // More rounds than a driver needs to prepare a statement and a server to plan it once for all.
    private static async Task SweepsFindAll(StorageUnderTest storage)
    {
        var expiry = storage.Services.GetRequiredService<IExpiryStore>();
        var (due, gone) = (0, 0);
        for (var shard = 0; shard < 8; shard++) due += (await expiry.Due(Name, shard, 8, 1000)).Count;
        for (var round = 0; round < 3; round++)
            for (var shard = 0; shard < 8; shard++) gone += await expiry.EraseExpired(Name, shard, 8, 60, TimeSpan.Zero);

        Assert.Equal((1000, 1000), (due, gone));
        Assert.Equal(999_000, await storage.Query<long>("SELECT count(*) FROM state"));
    }

    // The plan that the server makes once for all values, after a statement was run a few times.
    private static async Task<string> GenericPlan(StorageUnderTest storage, string statement)
    {
        await using var connection = await storage.Database.State.OpenConnectionAsync();
        await Dapper.SqlMapper.ExecuteAsync(connection, $"PREPARE generic (smallint[], text, text, bigint, bigint) AS {Positional(statement)}; SET plan_cache_mode = force_generic_plan");
        var plan = await Dapper.SqlMapper.QueryAsync<string>(connection, $"EXPLAIN EXECUTE generic ('{{1,9}}', '{Name}', '{storage.ServiceId}', 0, 100)");
        await Dapper.SqlMapper.ExecuteAsync(connection, "DEALLOCATE generic; RESET plan_cache_mode");
        return string.Join('\n', plan);
    }

    private static async Task<string> Plan(StorageUnderTest storage, string statement, object parameters)
    {
        await using var connection = await storage.Database.State.OpenConnectionAsync();
        return string.Join('\n', (await Dapper.SqlMapper.QueryAsync(connection, "EXPLAIN QUERY PLAN " + statement, parameters)).Select(row => (string)row.detail));
    }

    private static string Positional(string statement) => statement.Replace("@slots", "$1", StringComparison.Ordinal).Replace("@name", "$2", StringComparison.Ordinal)
        .Replace("@service", "$3", StringComparison.Ordinal).Replace("@grace", "$4", StringComparison.Ordinal).Replace("@max", "$5", StringComparison.Ordinal);
}
