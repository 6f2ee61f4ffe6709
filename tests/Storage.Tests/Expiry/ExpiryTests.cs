using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Expiry;

public sealed class ExpiryTests(BothDatabases databases)
{
    private static readonly DateTimeOffset Past = DateTimeOffset.UnixEpoch.AddDays(10_000);
    private static readonly DateTimeOffset Future = DateTimeOffset.UnixEpoch.AddDays(100_000);

    public static TheoryData<DatabaseProvider> Both => StateTests.Both;

    [Theory, MemberData(nameof(Both))]
    public async Task What_has_fallen_due_is_erased_and_nothing_else(DatabaseProvider provider)
    {
        var (storage, expiry, name) = await Begin(provider);
        await storage.Write("past", new Note { DueAt = Past }, state: name);
        await storage.Write("future", new Note { DueAt = Future }, state: name);
        await storage.Write("never", new Note(), state: name);
        await storage.Write("past", new Note { DueAt = Past }, state: name + "-other");

        Assert.Equal(1, await expiry.EraseExpired(name, 0, 1, 100, TimeSpan.Zero));

        Assert.Equal(["future", "never"], await Keys(storage, name));
        Assert.Equal(["past"], await Keys(storage, name + "-other"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Grace_keeps_a_row_that_long_after_it_fell_due(DatabaseProvider provider)
    {
        var (storage, expiry, name) = await Begin(provider);
        var now = TimeProvider.System.GetUtcNow();
        await storage.Write("recent", new Note { DueAt = now - TimeSpan.FromMinutes(50) }, state: name);
        await storage.Write("old", new Note { DueAt = now - TimeSpan.FromMinutes(70) }, state: name);

        Assert.Equal(1, await expiry.EraseExpired(name, 0, 1, 100, TimeSpan.FromHours(1)));

        Assert.Equal(["recent"], await Keys(storage, name));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_sweep_erases_at_most_as_many_as_it_was_told(DatabaseProvider provider)
    {
        var (storage, expiry, name) = await Begin(provider);
        await WritePast(storage, name, 25);

        Assert.Equal(10, await expiry.EraseExpired(name, 0, 1, 10, TimeSpan.Zero));
        Assert.Equal(10, await expiry.EraseExpired(name, 0, 1, 10, TimeSpan.Zero));
        Assert.Equal(5, await expiry.EraseExpired(name, 0, 1, 10, TimeSpan.Zero));
        Assert.Equal(0, await expiry.EraseExpired(name, 0, 1, 10, TimeSpan.Zero));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Each_row_belongs_to_exactly_one_shard(DatabaseProvider provider)
    {
        var (storage, expiry, name) = await Begin(provider);
        await WritePast(storage, name, 40);

        var shards = new List<string>();
        for (var shard = 0; shard < 5; shard++) shards.AddRange(await expiry.Due(name, shard, 5, 100));

        Assert.Equal(await Keys(storage, name), shards.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Due_rows_come_oldest_first_with_their_grains_keys(DatabaseProvider provider)
    {
        var (storage, expiry, name) = await Begin(provider);
        for (var n = 9; n >= 0; n--) await storage.Write($"k{n}", new Note { DueAt = Past.AddSeconds(n) }, state: name);
        await storage.Write("later", new Note { DueAt = Future }, state: name);

        Assert.Equal(["k0", "k1", "k2", "k3"], await expiry.Due(name, 0, 1, 4));
        Assert.Equal(10, (await expiry.Due(name, 0, 1, 100)).Count);
    }

    [Fact]
    public async Task A_sweep_passes_over_a_row_that_a_writer_holds()
    {
        var (storage, expiry, name) = await Begin(DatabaseProvider.PostgreSql);
        await WritePast(storage, name, 3);
        await using var writer = await storage.Database.State.OpenConnectionAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await Dapper.SqlMapper.ExecuteAsync(writer, "SELECT 1 FROM state WHERE name = @name AND key = 'k1' FOR UPDATE", new { name }, transaction);

        Assert.Equal(2, await expiry.EraseExpired(name, 0, 1, 10, TimeSpan.Zero));

        await transaction.RollbackAsync();
        Assert.Equal(["k1"], await Keys(storage, name));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_row_whose_extension_was_acknowledged_outlives_a_sweep_at_the_same_time(DatabaseProvider provider)
    {
        var (storage, expiry, name) = await Begin(provider);
        var rows = new List<Stored>();
        for (var n = 0; n < 100; n++) rows.Add(await storage.Write($"k{n}", new Note { DueAt = Past }, state: name));

        var extensions = rows.Select(async (row, n) =>
        {
            await Task.Yield();
            try { await storage.Write($"k{n}", new Note { DueAt = Future }, row.ETag, name); return $"k{n}"; }
            catch (Orleans.Storage.InconsistentStateException) { return null; }
        }).ToList();
        var sweeps = Enumerable.Range(0, 20).Select(_ => expiry.EraseExpired(name, 0, 1, 7, TimeSpan.Zero)).ToList();
        var extended = (await Task.WhenAll(extensions)).OfType<string>().Order(StringComparer.Ordinal);
        await Task.WhenAll(sweeps);
        while (await expiry.EraseExpired(name, 0, 1, 100, TimeSpan.Zero) > 0) { }

        Assert.Equal(extended, await Keys(storage, name));
    }

    [Theory, InlineData(0, 0), InlineData(0, 65), InlineData(-1, 4), InlineData(4, 4)]
    public void A_shard_that_cannot_be_is_refused(int shard, int shards) => Assert.Throws<ArgumentOutOfRangeException>(() => Slots.Of(shard, shards));

    private async Task<(StorageUnderTest Storage, IExpiryStore Expiry, string Name)> Begin(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        return (storage, storage.Services.GetRequiredService<IExpiryStore>(), $"test-{Guid.NewGuid():N}");
    }

    private static async Task WritePast(StorageUnderTest storage, string name, int rows)
    {
        for (var n = 0; n < rows; n++) await storage.Write($"k{n}", new Note { DueAt = Past }, state: name);
    }

    private static async Task<IEnumerable<string>> Keys(StorageUnderTest storage, string name) =>
        (await storage.Rows<string>("SELECT key FROM state WHERE name = @name", new { name })).Order(StringComparer.Ordinal);
}
