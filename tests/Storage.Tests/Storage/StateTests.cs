using Orleans.Storage;

namespace AiCloud.Storage;

public sealed class StateTests(BothDatabases databases)
{
    public static TheoryData<DatabaseProvider> Both => [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    public static TheoryData<DatabaseProvider, string, string> LookAlikes
    {
        get
        {
            var data = new TheoryData<DatabaseProvider, string, string>();
            foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql })
            {
                data.Add(provider, "a1", "A1");
                data.Add(provider, "b1", "0b1");
                data.Add(provider, "c1+x", "C1+x");
                data.Add(provider, "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF");
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_written_is_read(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var note = new Note { Text = "字 and \"quotes\" and \0", Digest = [0, 1, 255], DueAt = DateTimeOffset.UnixEpoch.AddDays(20_000), Mood = Mood.Wild, Pending = ["a"] };
        var written = await storage.Write(key, note);
        await storage.Write(key, note with { Text = "second" }, written.ETag);

        var read = await storage.Read(key);

        Assert.True(read.RecordExists);
        Assert.NotEqual(written.ETag, read.ETag);
        Assert.Equal("second", read.State.Text);
        Assert.Equal(note.Digest, read.State.Digest);
        Assert.Equal(note.DueAt, read.State.DueAt);
        Assert.Equal(note.Mood, read.State.Mood);
        Assert.Equal(["a"], read.State.Pending);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_never_written_does_not_exist(DatabaseProvider provider)
    {
        var read = await (await databases.On(provider)).Read(StorageUnderTest.NewKey());

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Equal("", read.State.Text);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_fifty_first_writes_at_once_exactly_one_wins(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();

        var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Won(() => storage.Write(key, new Note { Text = $"{n}" }))));

        Assert.Single(won, one => one);
        Assert.Equal($"{Array.IndexOf(won, true)}", (await storage.Read(key)).State.Text);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_fifty_updates_of_one_version_exactly_one_wins(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var first = await storage.Write(key, new Note());

        var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Won(() => storage.Write(key, new Note { Text = $"{n}" }, first.ETag))));

        Assert.Single(won, one => one);
        Assert.Equal($"{Array.IndexOf(won, true)}", (await storage.Read(key)).State.Text);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task After_delete_and_re_create_a_stale_activation_cannot_write_with_any_earlier_version(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var earlier = new List<string?>();
        var state = await storage.Write(key, new Note { Text = "old" });
        for (var n = 0; n < 5; n++)
        {
            earlier.Add(state.ETag);
            state = await storage.Write(key, new Note { Text = "old" }, state.ETag);
        }

        earlier.Add(state.ETag);
        await storage.State.ClearStateAsync("test-note", StorageUnderTest.Id(key), state);
        await storage.Write(key, new Note { Text = "new" });

        foreach (var etag in earlier) await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Write(key, new Note { Text = "stale" }, etag));
        Assert.Equal("new", (await storage.Read(key)).State.Text);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_write_to_a_deleted_row_does_not_bring_it_back(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var state = await storage.Write(key, new Note());
        var etag = state.ETag;
        await storage.State.ClearStateAsync("test-note", StorageUnderTest.Id(key), state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Write(key, new Note { Text = "back" }, etag));

        Assert.False((await storage.Read(key)).RecordExists);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_new_row_starts_at_a_version_nobody_can_guess(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);

        var versions = new HashSet<string?>();
        for (var n = 0; n < 20; n++) versions.Add((await storage.Write(StorageUnderTest.NewKey(), new Note())).ETag);

        Assert.Equal(20, versions.Count);
        Assert.DoesNotContain("1", versions);
        Assert.All(versions, version => Assert.InRange(int.Parse(version!, System.Globalization.CultureInfo.InvariantCulture), 1, 1 << 30));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_clear_deletes_the_row(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var state = await storage.Write(key, new Note { Text = "gone soon" });

        await storage.State.ClearStateAsync("test-note", StorageUnderTest.Id(key), state);

        Assert.Null(state.ETag);
        Assert.Equal(0, await storage.Query<long>("SELECT count(*) FROM state WHERE key = @key", new { key }));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_clear_with_a_stale_version_deletes_nothing(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();
        var stale = await storage.Write(key, new Note());
        await storage.Write(key, new Note { Text = "newer" }, stale.ETag);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.State.ClearStateAsync("test-note", StorageUnderTest.Id(key), stale));

        Assert.Equal("newer", (await storage.Read(key)).State.Text);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Two_states_with_one_key_do_not_share_a_row(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var key = StorageUnderTest.NewKey();

        await storage.Write(key, new Note { Text = "one" }, state: "test-note");
        await storage.Write(key, new Note { Text = "other" }, state: "test-other");

        Assert.Equal("one", (await storage.Read(key, "test-note")).State.Text);
        Assert.Equal("other", (await storage.Read(key, "test-other")).State.Text);
    }

    // Orleans' storage takes a short hexadecimal text for a number, 32 digits for a GUID, and cuts at a '+'.
    [Theory, MemberData(nameof(LookAlikes))]
    public async Task Keys_that_look_like_one_number_or_guid_do_not_share_a_row(DatabaseProvider provider, string one, string other)
    {
        var storage = await databases.On(provider);

        await storage.Write(one, new Note { Text = "one" }, state: "test-alias");
        await storage.Write(other, new Note { Text = "other" }, state: "test-alias");

        Assert.Equal("one", (await storage.Read(one, "test-alias")).State.Text);
        Assert.Equal([one], await storage.Rows<string>("SELECT key FROM state WHERE key = @one AND name = 'test-alias'", new { one }));
    }

    private static async Task<bool> Won(Func<Task> write)
    {
        try { await write(); return true; }
        catch (InconsistentStateException) { return false; }
    }
}
