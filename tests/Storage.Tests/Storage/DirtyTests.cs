using AiCloud.Expiry;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Storage;

public sealed class DirtyTests(BothDatabases databases)
{
    public static TheoryData<DatabaseProvider> Both => StateTests.Both;

    [Theory, MemberData(nameof(Both))]
    public async Task A_write_with_pending_entries_marks_its_row(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();

        var written = await storage.Write(key, new Note { Pending = ["opened"] });

        Assert.Equal([written.ETag], await Marks(storage, key));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_write_without_pending_entries_marks_nothing(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();

        var written = await storage.Write(key, new Note());
        await storage.Write(key, new Note(), written.ETag);

        Assert.Empty(await Marks(storage, key));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_second_write_moves_the_mark_on_so_that_a_flush_of_the_first_leaves_it(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var first = await storage.Write(key, new Note { Pending = ["one"] });
        var flushed = int.Parse(first.ETag!, System.Globalization.CultureInfo.InvariantCulture);
        var second = await storage.Write(key, new Note { Pending = ["one", "two"] }, first.ETag);

        await storage.Execute("DELETE FROM dirty WHERE key = @key AND version <= @flushed", new { key, flushed });

        Assert.Equal([second.ETag], await Marks(storage, key));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_write_that_lost_marks_nothing(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var first = await storage.Write(key, new Note());
        var stale = first.ETag;
        await storage.Write(key, new Note(), stale);

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => storage.Write(key, new Note { Pending = ["lost"] }, stale));
        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => storage.Write(key, new Note { Pending = ["lost"] }));

        Assert.Empty(await Marks(storage, key));
    }

    [Fact]
    public async Task Row_and_mark_are_written_by_one_statement()
    {
        await using var storage = await StorageUnderTest.Start(DatabaseProvider.PostgreSql); // alone, for the count
        var key = StorageUnderTest.NewKey();
        using var counter = new StatementCounter(storage.DatabaseName);

        var written = await storage.Write(key, new Note { Pending = ["opened"], DueAt = DateTimeOffset.UnixEpoch.AddDays(1) });
        await storage.Write(key, new Note { Pending = ["opened", "changed"] }, written.ETag);

        Assert.Equal(2, counter.Statements.Count(text => text.Contains("INTO state", StringComparison.Ordinal)));
        Assert.DoesNotContain(counter.Statements, text => !text.Contains("INTO state", StringComparison.Ordinal) && text.Contains("dirty", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_sweep_leaves_a_row_whose_entries_are_not_in_the_ledger_yet(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        await storage.Write(key, new Note { DueAt = DateTimeOffset.UnixEpoch.AddDays(1), Pending = ["opened"] }, state: "test-dirty-sweep");
        var expiry = storage.Services.GetRequiredService<IExpiryStore>();

        Assert.Equal(0, await expiry.EraseExpired("test-dirty-sweep", 0, 1, 10, TimeSpan.Zero));
        await storage.Execute("DELETE FROM dirty WHERE key = @key", new { key });

        Assert.Equal(1, await expiry.EraseExpired("test-dirty-sweep", 0, 1, 10, TimeSpan.Zero));
    }

    private static async Task<IEnumerable<string>> Marks(StorageUnderTest storage, string key) =>
        (await storage.Rows<long>("SELECT version FROM dirty WHERE key = @key", new { key })).Select(version => $"{version}");
}
