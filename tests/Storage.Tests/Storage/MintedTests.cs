using Orleans.Storage;

namespace AiCloud.Storage;

public sealed class MintedTests(BothDatabases databases)
{
    [Theory, InlineData(true, 1), InlineData(false, 2)]
    public async Task The_first_read_of_a_key_minted_in_this_call_sends_no_query(bool minted, int statements)
    {
        await using var storage = await StorageUnderTest.Start(DatabaseProvider.PostgreSql); // alone, for the count
        var key = StorageUnderTest.NewKey();
        var grain = storage.Cluster.Client.GetGrain<INotebook>(key);
        using var counter = new StatementCounter(storage.DatabaseName);

        if (minted) Minted.Mark(key);
        await grain.Write("hello");
        Minted.Clear();

        Assert.Equal(statements, counter.Statements.Count(OfState));
        Assert.Equal("hello", (await storage.Read(key)).State.Text);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_wrong_mark_loses_the_write_and_not_the_row(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        await storage.Write(key, new Note { Text = "was here" });

        Minted.Mark(key);
        var read = await storage.Read(key);
        Minted.Clear();
        Assert.False(read.RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Write(key, new Note { Text = "again" }, read.ETag));

        Assert.Equal("was here", (await storage.Read(key)).State.Text);
    }

    [Fact]
    public async Task A_mark_for_one_key_says_nothing_of_another()
    {
        var storage = await databases.On(DatabaseProvider.Sqlite);
        var key = StorageUnderTest.NewKey();
        await storage.Write(key, new Note { Text = "mine" });

        Minted.Mark(StorageUnderTest.NewKey());
        var read = await storage.Read(key);
        Minted.Clear();

        Assert.Equal("mine", read.State.Text);
    }

    private static bool OfState(string text) => text.Contains("FROM state", StringComparison.Ordinal) || text.Contains("INTO state", StringComparison.Ordinal);
}
