using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AiCloud.Storage;

public sealed class ReminderTests(BothDatabases databases)
{
    public static TheoryData<DatabaseProvider> Both => StateTests.Both;

    [Theory, MemberData(nameof(Both))]
    public async Task A_grain_registers_lists_and_forgets_reminders(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var grain = storage.Cluster.Client.GetGrain<INotebook>(StorageUnderTest.NewKey());

        await grain.Remind("one");
        await grain.Remind("two");
        await grain.Remind("two");
        Assert.Equal(["one", "two"], await grain.Reminders());

        await grain.ForgetReminder("one");
        Assert.Equal(["two"], await grain.Reminders());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_reminder_keeps_its_instant_and_period(DatabaseProvider provider)
    {
        var table = await Table(provider);
        var start = new DateTime(2031, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc);
        var entry = Entry("kept", start);

        entry.ETag = await table.UpsertRow(entry);
        var read = await table.ReadRow(entry.GrainId, "kept");

        Assert.Equal((start, TimeSpan.FromDays(40), entry.ETag), (read!.StartAt, read.Period, read.ETag));
        Assert.Equal(DateTimeKind.Utc, read.StartAt.Kind);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_reminder_registered_anew_is_not_removed_by_who_knows_the_old_one(DatabaseProvider provider)
    {
        var table = await Table(provider);
        var entry = Entry("anew", DateTime.UnixEpoch);
        var old = (await table.UpsertRow(entry))!;
        Assert.True(await table.RemoveRow(entry.GrainId, "anew", old));
        var fresh = await table.UpsertRow(entry);

        Assert.False(await table.RemoveRow(entry.GrainId, "anew", old));

        Assert.Equal(fresh, (await table.ReadRow(entry.GrainId, "anew"))!.ETag);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Ranges_of_the_ring_give_each_reminder_once_also_where_the_ring_wraps(DatabaseProvider provider)
    {
        var table = await Table(provider);
        var name = StorageUnderTest.NewKey();
        var entries = Enumerable.Range(0, 30).Select(_ => Entry(name, DateTime.UnixEpoch)).ToList();
        foreach (var entry in entries) await table.UpsertRow(entry);
        uint[] cuts = [0x2000_0000, 0x7000_0000, 0x9000_0000, 0xE000_0000];

        for (var i = 0; i < cuts.Length; i++)
        {
            var (begin, end) = (cuts[i], cuts[(i + 1) % cuts.Length]);
            var read = (await table.ReadRows(begin, end)).Reminders.Where(row => row.ReminderName == name).Select(row => row.GrainId);
            var expected = entries.Select(entry => entry.GrainId).Where(id => In(id.GetUniformHashCode(), begin, end));
            Assert.Equal(expected.Order(), read.Order());
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_whole_ring_gives_each_reminder_once(DatabaseProvider provider)
    {
        var table = await Table(provider);
        var entry = Entry(StorageUnderTest.NewKey(), DateTime.UnixEpoch);
        await table.UpsertRow(entry);

        var read = (await table.ReadRows(7, 7)).Reminders.Where(row => row.ReminderName == entry.ReminderName);

        Assert.Single(read);
    }

    private async Task<IReminderTable> Table(DatabaseProvider provider) => (await databases.On(provider)).Services.GetRequiredService<IReminderTable>();

    private static ReminderEntry Entry(string name, DateTime start) => new()
    {
        GrainId = StorageUnderTest.Id(StorageUnderTest.NewKey()), ReminderName = name, StartAt = start, Period = TimeSpan.FromDays(40),
    };

    private static bool In(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
}
