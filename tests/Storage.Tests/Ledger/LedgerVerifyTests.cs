using AiCloud.Accounts;
using AiCloud.Storage;
using Orleans.Runtime;

[assembly: AssemblyFixture(typeof(AiCloud.Ledger.BothLedgers))]

namespace AiCloud.Ledger;

/// <summary>A ledger without its triggers on either database, for tests that keep apart by their accounts.</summary>
public sealed class BothLedgers : IAsyncDisposable
{
    private readonly Dictionary<DatabaseProvider, Task<LedgerOnDisk>> _started = [];
    private readonly Lock _gate = new();

    internal Task<LedgerOnDisk> On(DatabaseProvider provider)
    {
        lock (_gate) return _started.TryGetValue(provider, out var running) ? running : _started[provider] = Start(provider);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _started.Values) await (await running).DisposeAsync();
    }

    private static async Task<LedgerOnDisk> Start(DatabaseProvider provider)
    {
        var ledger = await LedgerOnDisk.Start(provider);
        await ledger.TakeAwayTriggers();
        return ledger;
    }
}

/// <summary>Whatever is changed in the database, by whoever has every right on it, <c>ledger verify</c> names the entry.</summary>
public sealed class LedgerVerifyTests(BothLedgers ledgers)
{
    public static TheoryData<DatabaseProvider, string> Columns
    {
        get
        {
            var data = new TheoryData<DatabaseProvider, string>();
            foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql })
                foreach (var column in $"service, {LedgerRow.Columns}".Split(", ")) data.Add(provider, column);
            return data;
        }
    }

    [Theory, MemberData(nameof(Columns))]
    public async Task One_byte_changed_in_any_column_names_the_entry(DatabaseProvider provider, string column)
    {
        var ledger = await ledgers.On(provider);
        var account = await ledger.Account();
        Assert.Equal(0, (await ledger.Run("verify", "--account", account)).Exit);

        var value = (await ledger.Storage.Rows<object>($"SELECT {column} AS value FROM ledger WHERE account = @account AND number = 2", new { account })).Select(row => ((IDictionary<string, object>)row)["value"]).Single();
        await ledger.Storage.Execute($"UPDATE ledger SET {column} = @changed WHERE account = @account AND number = 2", new { account, changed = Changed(value) });

        var (exit, said) = await ledger.Run("verify", "--account", account);
        Assert.Equal(2, exit);
        Assert.Contains($"BREAK account {account} entry 2: ", said, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_row_that_is_gone_is_missed_in_the_middle_and_at_the_end(DatabaseProvider provider)
    {
        var ledger = await ledgers.On(provider);
        foreach (var number in new[] { 1, 2, 3 })
        {
            var account = await ledger.Account();
            await ledger.Storage.Execute("DELETE FROM ledger WHERE account = @account AND number = @number", new { account, number });
            Assert.Contains($"account {account} entry {number}: {(number == 3 ? "it is missing" : $"entry {number} is missing")}", (await ledger.Run("verify", "--account", account)).Said, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_whole_account_that_is_gone_from_ledger_and_directory_is_missed_by_the_account_itself(DatabaseProvider provider)
    {
        var ledger = await ledgers.On(provider);
        var account = await ledger.Account();
        await ledger.Storage.Execute("DELETE FROM ledger WHERE account = @account", new { account });
        await ledger.Storage.Execute("DELETE FROM directory WHERE account = @account", new { account });
        var (exit, said) = await ledger.Run("verify", "--account", account);
        // Its state still carries what it handed over; a state that let go of it names the entry that is missing.
        await ledger.Keep(account, Read(ledger, await Payload(ledger, account)) with { Pending = [] }, flushed: false);
        (exit, said) = await ledger.Run("verify", "--account", account);
        Assert.Equal(2, exit);
        Assert.Contains($"account {account} entry 1: it is missing; the account has made 3 entries", said, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Directory_and_account_must_name_the_end_of_the_chain(DatabaseProvider provider)
    {
        var ledger = await ledgers.On(provider);
        var other = await ledger.Account();
        await ledger.Storage.Execute("UPDATE directory SET hash = (SELECT previous FROM ledger WHERE account = @other AND number = 1) WHERE account = @other", new { other });
        Assert.Contains($"account {other} entry 3: the directory names another hash here", (await ledger.Run("verify", "--account", other)).Said, StringComparison.Ordinal);

        var shorter = await ledger.Account();
        await ledger.Storage.Execute("UPDATE directory SET number = 2 WHERE account = @shorter", new { shorter });
        Assert.Contains($"account {shorter} entry 3: the directory names 2 entries", (await ledger.Run("verify", "--account", shorter)).Said, StringComparison.Ordinal);

        var state = await ledger.Account();
        await ledger.Storage.Execute("DELETE FROM state WHERE key = @state", new { state });
        Assert.Contains($"account {state}: its account does not exist", (await ledger.Run("verify", "--account", state)).Said, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_chain_is_whole_without_its_sealed_evidence_and_while_entries_are_on_their_way(DatabaseProvider provider)
    {
        var ledger = await ledgers.On(provider);
        var shredded = await ledger.Account();
        await ledger.Storage.Execute("UPDATE ledger SET evidence = NULL WHERE account = @shredded", new { shredded });
        var (exit, said) = await ledger.Run("verify", "--account", shredded);
        Assert.True(exit == 0 && said.Contains("3 entries (3 without their sealed evidence)", StringComparison.Ordinal), said);

        var waiting = await ledger.Account();
        await ledger.Keep(waiting, Read(ledger, await Payload(ledger, waiting)).WithEntry(LedgerDrafts.Notice(waiting, LedgerOnDisk.Text("3.0"), LedgerStoreTests.At, "sign_in", null)), flushed: false);
        Assert.Equal(0, (await ledger.Run("verify", "--account", waiting)).Exit);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_several_broken_accounts_each_is_named_with_its_first_break_and_check_says_the_same(DatabaseProvider provider)
    {
        await using var ledger = await LedgerOnDisk.Start(provider);
        await ledger.TakeAwayTriggers();
        var accounts = new List<string>();
        for (var i = 0; i < 5; i++) accounts.Add(await ledger.Account());
        await ledger.Checkpoint();
        Assert.Equal((0, "5 accounts, 15 entries (0 without their sealed evidence), 0 accounts not in the ledger yet, 1 checkpoints (1 signed by this key ring), 0 breaks"), Trimmed(await ledger.Run("verify")));

        await ledger.Storage.Execute("UPDATE ledger SET act = 'forged' WHERE account = @one OR (account = @other AND number = 3)", new { one = accounts[1], other = accounts[3] });

        var (exit, said) = await ledger.Run("verify");
        Assert.Equal(2, exit);
        Assert.Equal([$"BREAK account {accounts[1]} entry 1: its content is not what its hash was made of", $"BREAK account {accounts[3]} entry 3: its content is not what its hash was made of"],
            said.Split('\n').Where(line => line.StartsWith("BREAK", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains($"BREACH account {accounts[3]} entry 3: ", (await ledger.Check()).Said, StringComparison.Ordinal);
    }

    // The whole chain is written anew with right hashes, in the ledger, the directory and the account: nothing contradicts itself any more,
    // but for what was summed up and signed.
    [Theory, InlineData(DatabaseProvider.Sqlite, false), InlineData(DatabaseProvider.PostgreSql, false), InlineData(DatabaseProvider.Sqlite, true), InlineData(DatabaseProvider.PostgreSql, true)]
    public async Task A_past_rewritten_without_a_seam_contradicts_the_signed_checkpoint(DatabaseProvider provider, bool everywhere)
    {
        await using var ledger = await LedgerOnDisk.Start(provider);
        await ledger.TakeAwayTriggers();
        var account = await ledger.Account();
        await ledger.Account();
        var checkpoint = await ledger.Checkpoint();

        var state = Read(ledger, await Payload(ledger, account));
        var forged = state with { Head = null, Pending = [], Acceptances = [.. state.Acceptances.Select(acceptance => acceptance with { Act = "forged" })] };
        foreach (var table in new[] { "ledger", "directory" })
            if (table == "ledger" || everywhere) await ledger.Storage.Execute($"DELETE FROM {table} WHERE account = @account", new { account });
        if (!everywhere) await ledger.Storage.Execute("UPDATE directory SET number = 0 WHERE account = @account", new { account });
        await ledger.Keep(account, forged.WithLedger(account));

        var (exit, said) = await ledger.Run("verify");
        Assert.Equal(2, exit);
        if (!everywhere) Assert.Contains($"BREAK account {account} entry 3: it is missing; a checkpoint has summed up 3 entries", said, StringComparison.Ordinal);
        else Assert.Contains($"BREAK bucket {LedgerBucket.Of(account)}: ", said, StringComparison.Ordinal);

        if (!everywhere) return;
        // And even with every derived row put right, the signature is over another root.
        await ledger.Storage.Execute("UPDATE directory SET summed_number = number, summed_hash = hash");
        var head = forged.WithLedger(account).Head!;
        await ledger.Storage.Execute("UPDATE ledger_bucket SET root = @root WHERE bucket = @bucket",
            new { root = CheckpointTree.BucketRoot([new SummedHead(account, head)]), bucket = LedgerBucket.Of(account) });
        Assert.Contains($"BREAK checkpoint {checkpoint.Number}: the ledger is not the one that was signed", (await ledger.Run("verify")).Said, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_checkpoint_changed_taken_away_or_signed_by_somebody_else_is_named(DatabaseProvider provider)
    {
        await using var ledger = await LedgerOnDisk.Start(provider);
        await ledger.TakeAwayTriggers();
        await ledger.Account();
        for (var i = 0; i < 3; i++) await ledger.Checkpoint();
        Assert.Equal(0, (await ledger.Run("verify")).Exit);

        await ledger.Storage.Execute("UPDATE checkpoint SET accounts = accounts + 1 WHERE number = 2");
        Assert.Contains("BREAK checkpoint 2: it says something else than what was signed", (await ledger.Run("verify")).Said, StringComparison.Ordinal);
        await ledger.Storage.Execute("UPDATE checkpoint SET accounts = accounts - 1 WHERE number = 2");
        await ledger.Storage.Execute("UPDATE checkpoint SET jws = (SELECT jws FROM checkpoint WHERE number = 3) WHERE number = 2");
        Assert.Contains("BREAK checkpoint 2: ", (await ledger.Run("verify")).Said, StringComparison.Ordinal);
        await ledger.Storage.Execute("DELETE FROM checkpoint WHERE number = 2");
        Assert.Contains("BREAK checkpoint 3: checkpoint 2 is missing", (await ledger.Run("verify")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_processes_that_take_one_checkpoint_one_succeeds()
    {
        await using var ledger = await LedgerOnDisk.Start(DatabaseProvider.PostgreSql);
        for (var i = 0; i < 20; i++) await ledger.Account();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try { return await ledger.CheckpointAfter(null); }
            catch (CheckpointTakenException) { return null; }
        }));
        Assert.Equal(20, Assert.Single(taken.OfType<LedgerCheckpoint>()).Accounts);
        Assert.Equal(0, (await ledger.Run("verify")).Exit);
    }

    private static (int, string) Trimmed((int Exit, string Said) run) => (run.Exit, run.Said.Trim());

    private static object Changed(object value) => value switch
    {
        string { Length: 0 } => "x",
        string text => text[..^1] + (char)(text[^1] ^ 1),
        byte[] { Length: 0 } => new byte[] { 1 },
        byte[] bytes => bytes.Select((one, place) => place == bytes.Length - 1 ? (byte)(one ^ 1) : one).ToArray(),
        int number => number + 100,
        long number => number + 100,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "A column of a kind that the test does not know."),
    };

    private static Task<byte[]> Payload(LedgerOnDisk ledger, string account) => ledger.Storage.Query<byte[]>("SELECT payload FROM state WHERE key = @account AND name = 'account'", new { account });

    private static AccountState Read(LedgerOnDisk _, byte[] payload) => new HeaderedStateSerializer().Deserialize<AccountState>(new BinaryData(payload));
}
