using System.Data.Common;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Ledger;

public sealed class LedgerStoreTests(BothDatabases databases)
{
    public static TheoryData<DatabaseProvider> Both => StateTests.Both;

    [Theory, MemberData(nameof(Both))]
    public async Task A_batch_is_appended_listed_and_unmarked_at_once(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var batch = Enumerable.Range(0, 30).Select(n => Flush(NewAccount(), entries: 1 + n % 3)).ToArray();
        foreach (var flush in batch) await Mark(storage, flush.Account, flush.Version);

        Assert.Empty(await store.Append(batch));

        foreach (var flush in batch)
        {
            Assert.Equal(flush.Entries.Select(Text), (await Entries(storage, flush.Account)).Select(Text));
            Assert.Equal(flush.Entries.Count, await storage.Query<long>("SELECT number FROM directory WHERE account = @account", new { account = flush.Account }));
            Assert.Equal(0, await Marks(storage, flush.Account));
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Every_field_of_an_entry_comes_back(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var account = NewAccount();
        var text = new DocumentReference { Kind = "privacy-agreement", Version = "2.0 文本", Sha256 = "ab" };
        LedgerDraft[] drafts =
        [
            new() { Account = account, Kind = LedgerKinds.Acceptance, At = At.AddTicks(1234567), Manner = "deemed", Act = "use", Document = text, Incorporated = [text, text with { Kind = "violation-rules" }], Evidence = [0, 255, 10] },
            LedgerDrafts.Consent(account, text, "marketing", given: true, At, "box", [1]),
            LedgerDrafts.Consent(account, text, "profiling", given: false, At, "box", null),
            LedgerDrafts.Withdrawal(account, text, "marketing", At, "settings", null),
            new() { Account = account, Kind = "some-day", At = At, Act = "no document" },
        ];
        var flush = Flush(account, drafts);

        Assert.Empty(await store.Append([flush]));

        var read = await Entries(storage, account);
        Assert.Equal(flush.Entries.Select(Text), read.Select(Text));
        LedgerHead? before = null;
        foreach (var entry in read)
        {
            Assert.Null(LedgerChain.Fault(before, entry));
            before = new LedgerHead(entry.Number, entry.Hash);
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Twenty_silos_that_append_the_same_batch_append_it_once(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var batch = Enumerable.Range(0, 10).Select(_ => Flush(NewAccount(), entries: 2)).ToArray();

        var conflicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Append(batch)));

        Assert.All(conflicts, Assert.Empty);
        foreach (var flush in batch) Assert.Equal(2, (await Entries(storage, flush.Account)).Count);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_later_batch_that_repeats_an_earlier_one_adds_what_is_new_and_never_takes_the_directory_back(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var account = NewAccount();
        var all = Flush(account, entries: 3);
        var early = all with { Entries = [.. all.Entries.Take(1)] };

        Assert.Empty(await store.Append([early]));
        Assert.Empty(await store.Append([all]));
        Assert.Empty(await store.Append([early])); // an old silo's, late

        Assert.Equal(3, (await Entries(storage, account)).Count);
        Assert.Equal(3, await storage.Query<long>("SELECT number FROM directory WHERE account = @account", new { account }));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_mark_of_a_later_write_stays(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var flush = Flush(NewAccount(), entries: 1);
        await Mark(storage, flush.Account, flush.Version + 1);

        Assert.Empty(await store.Append([flush]));

        Assert.Equal(1, await Marks(storage, flush.Account));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_entry_that_is_there_with_another_hash_is_named_and_nothing_of_the_batch_is_kept(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var (good, bad) = (Flush(NewAccount(), entries: 2), Flush(NewAccount(), entries: 2));
        var other = Flush(bad.Account, [Draft(bad.Account) with { Act = "other" }]);
        Assert.Empty(await store.Append([other]));
        await Mark(storage, good.Account, good.Version);

        var conflicts = await store.Append([good, bad]);

        Assert.Equal(bad.Account, Assert.Single(conflicts.Select(conflict => conflict.Account).Distinct()));
        Assert.Equal(1, conflicts.Min(conflict => conflict.Number));
        Assert.Empty(await Entries(storage, good.Account));
        Assert.Equal(1, await Marks(storage, good.Account));
        Assert.Equal(["other"], (await Entries(storage, bad.Account)).Select(entry => entry.Act));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_entry_that_does_not_follow_on_what_is_there_is_not_appended(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var all = Flush(NewAccount(), entries: 3);

        Assert.Equal([new LedgerConflict(all.Account, 2)], await store.Append([all with { Entries = [all.Entries[2]] }]));

        Assert.Empty(await Entries(storage, all.Account));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nobody_can_change_or_take_away_an_entry_by_an_ordinary_statement(DatabaseProvider provider)
    {
        var (storage, store) = await On(provider);
        var flush = Flush(NewAccount(), entries: 1);
        await store.Append([flush]);

        string[] statements = ["UPDATE ledger SET act = 'other' WHERE account = @account", "DELETE FROM ledger WHERE account = @account",
            .. provider == DatabaseProvider.PostgreSql ? new[] { "TRUNCATE ledger" } : ["DELETE FROM ledger"]];
        foreach (var statement in statements)
            Assert.Contains("append-only", (await Assert.ThrowsAnyAsync<DbException>(() => storage.Execute(statement, new { account = flush.Account }))).Message, StringComparison.Ordinal);

        Assert.Equal(flush.Entries.Select(Text), (await Entries(storage, flush.Account)).Select(Text));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Accounts_are_paged_by_key_with_whether_they_are_listed(DatabaseProvider provider)
    {
        await using var storage = await StorageUnderTest.Start(provider);
        var store = storage.Services.GetRequiredService<ILedgerStore>();
        var accounts = Enumerable.Range(0, 5).Select(_ => NewAccount()).Order(StringComparer.Ordinal).ToArray();
        foreach (var account in accounts) await storage.Write(account, new Note(), state: "account");
        await storage.Write(NewAccount(), new Note(), state: "other");
        await store.Append([Flush(accounts[1], entries: 1)]);

        Assert.Equal([(accounts[0], false), (accounts[1], true), (accounts[2], false)], await store.Accounts("", 3));
        Assert.Equal([(accounts[3], false), (accounts[4], false)], await store.Accounts(accounts[2], 3));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_backlog_is_counted_up_to_a_limit(DatabaseProvider provider)
    {
        await using var storage = await StorageUnderTest.Start(provider);
        var store = storage.Services.GetRequiredService<ILedgerStore>();
        Assert.Equal(new LedgerBacklog(0, TimeSpan.Zero), await store.Backlog(3));
        for (var i = 0; i < 5; i++) await Mark(storage, NewAccount(), 1);
        Assert.Equal(3, (await store.Backlog(3)).Marks);
        Assert.InRange((await store.Backlog(10)).Oldest, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    internal static readonly DateTimeOffset At = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    internal static string NewAccount() => AccountKeys.Of(Guid.CreateVersion7());

    internal static LedgerDraft Draft(string account) => new()
    {
        Account = account,
        Kind = LedgerKinds.Acceptance,
        At = At,
        Manner = "explicit",
        Act = "registration_completion",
        Document = new DocumentReference { Kind = "registration-agreement", Version = "1.0", Sha256 = "aa" },
        Evidence = [1, 2, 3],
    };

    internal static LedgerFlush Flush(string account, int entries) => Flush(account, [.. Enumerable.Repeat(Draft(account), entries)]);

    internal static LedgerFlush Flush(string account, LedgerDraft[] drafts)
    {
        var entries = new List<LedgerEntry>();
        foreach (var draft in drafts) entries.Add(LedgerChain.Append(entries is [.., var last] ? new LedgerHead(last.Number, last.Hash) : null, draft));
        return new LedgerFlush { Account = account, Version = 1000, OpenedAt = At, Standing = "good", Entries = entries };
    }

    internal static async Task<IReadOnlyList<LedgerEntry>> Entries(StorageUnderTest storage, string account) =>
        [.. (await storage.Rows<LedgerRow>($"SELECT {LedgerRow.Selected} FROM ledger WHERE account = @account ORDER BY number", new { account })).Select(row => row.Entry()!)];

    private static string Text(LedgerEntry entry) => System.Text.Encoding.UTF8.GetString(LedgerChain.Canonical(entry)) + entry.Hash + Convert.ToHexString(entry.Evidence ?? []);

    private static Task Mark(StorageUnderTest storage, string key, int version) => storage.Execute(
        storage.Settings.Provider == DatabaseProvider.PostgreSql
            ? "INSERT INTO dirty (key, name, service, version) VALUES (@key, 'account', @service, @version)"
            : "INSERT INTO dirty (key, name, service, version, since) VALUES (@key, 'account', @service, @version, CAST(unixepoch('subsec') * 1000 AS INTEGER))",
        new { key, service = storage.ServiceId, version });

    private static Task<long> Marks(StorageUnderTest storage, string account) => storage.Query<long>("SELECT count(*) FROM dirty WHERE key = @account", new { account });

    private async Task<(StorageUnderTest Storage, ILedgerStore Store)> On(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        return (storage, storage.Services.GetRequiredService<ILedgerStore>());
    }
}
