namespace AiCloud.Storage;

/// <summary>
/// Runs while nothing else does: PostgreSQL prunes a page only as far as the oldest transaction of the whole server allows, and the tests that
/// load a million rows are such transactions.
/// </summary>
[CollectionDefinition(nameof(HotUpdateTests), DisableParallelization = true)]
public sealed class NothingElse;

[Collection(nameof(HotUpdateTests))]
public sealed class HotUpdateTests
{
    [Fact]
    public async Task An_update_that_leaves_due_alone_touches_no_index()
    {
        // One connection, so that the server's counters of it can be flushed and read.
        await using var storage = await StorageUnderTest.Start(DatabaseProvider.PostgreSql, settings => settings.MaxPoolSize = 1);
        var due = DateTimeOffset.UnixEpoch.AddDays(30_000);
        var rows = new List<(string Key, Stored State)>();
        for (var n = 0; n < 100; n++)
        {
            var key = StorageUnderTest.NewKey();
            rows.Add((key, await storage.Write(key, new Note { Text = new string('a', 300), DueAt = n % 2 == 0 ? due : null })));
        }

        for (var n = 0; n < 100; n++)
        {
            var (key, state) = rows[n];
            await storage.Write(key, state.State with { Text = new string('b', 310), Pending = ["x"] }, state.ETag);
        }

        var (updates, hot) = await Counters(storage);
        Assert.Equal(100, updates);
        Assert.Equal(100, hot); // fillfactor leaves each page room for one such round
    }

    [Fact]
    public async Task An_update_that_moves_due_pays_for_its_index()
    {
        await using var storage = await StorageUnderTest.Start(DatabaseProvider.PostgreSql, settings => settings.MaxPoolSize = 1);
        var key = StorageUnderTest.NewKey();
        var state = await storage.Write(key, new Note { DueAt = DateTimeOffset.UnixEpoch.AddDays(30_000) });

        await storage.Write(key, new Note { DueAt = DateTimeOffset.UnixEpoch.AddDays(30_001) }, state.ETag);

        // The other side of the limit: without it the test above would prove nothing.
        Assert.Equal((1, 0), await Counters(storage));
    }

    private static async Task<(long Updates, long Hot)> Counters(StorageUnderTest storage)
    {
        await storage.Execute("SELECT pg_stat_force_next_flush()");
        return (await storage.Rows<(long, long)>("SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'state'")).Single();
    }
}
