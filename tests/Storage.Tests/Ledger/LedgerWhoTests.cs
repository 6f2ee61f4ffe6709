using AiCloud.Storage;

namespace AiCloud.Ledger;

/// <summary>C2.5c: which versions bound an account at an instant, and by which act.</summary>
public sealed class LedgerWhoTests(BothLedgers ledgers)
{
    private static readonly string Digest = new('a', 64);

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task C2_5c_the_answer_is_what_had_been_accepted_by_then_with_act_manner_and_entry(DatabaseProvider provider)
    {
        var ledger = await ledgers.On(provider);
        var account = await ledger.Account();

        Assert.Equal((0, $"""
            Account {account} at 2026-03-05T00:00:00Z
            registration-agreement 1.0  sha256 {Digest}
                since 2026-03-02T04:00:00Z, explicit, by registration_completion (entry 1)
            violation-rules 1.0  sha256 {Digest}
                since 2026-03-02T04:00:00Z, explicit, by registration_completion, along with registration-agreement 1.0 (entry 1)
            The chain is whole: 3 entries.

            """), await ledger.Run("who", "--account", account, "--at", "2026-03-05T08:00:00+08:00"));
        Assert.Equal((0, $"""
            Account {account} at 2026-03-11T04:00:00Z
            registration-agreement 2.0  sha256 {Digest}
                since 2026-03-10T04:00:00Z, deemed, by change_account (entry 2)
            violation-rules 1.0  sha256 {Digest}
                since 2026-03-02T04:00:00Z, explicit, by registration_completion, along with registration-agreement 1.0 (entry 1)
            consent to marketing (registration-agreement 2.0)
                since 2026-03-11T04:00:00Z, by settings (entry 3)
            The chain is whole: 3 entries.

            """), await ledger.Run("who", "--account", Guid.ParseExact(account, "N").ToString(), "--at=2026-03-11T04:00:00Z"));
    }

    [Theory, InlineData("2026-03-10T03:59:59.9999999Z", "1.0"), InlineData("2026-03-10T04:00:00Z", "2.0")]
    public async Task The_instant_of_an_act_belongs_to_it_and_the_one_before_does_not(string at, string version)
    {
        var ledger = await ledgers.On(DatabaseProvider.Sqlite);
        Assert.Contains($"registration-agreement {version} ", (await ledger.Run("who", "--account", await ledger.Account(), "--at", at)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_act_nothing_bound_it()
    {
        var ledger = await ledgers.On(DatabaseProvider.Sqlite);
        Assert.Contains("Nothing had been accepted by then.", (await ledger.Run("who", "--account", await ledger.Account(), "--at", "2026-03-02T03:59:59Z")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_are_on_their_way_to_the_ledger_count()
    {
        var ledger = await ledgers.On(DatabaseProvider.Sqlite);
        var (exit, said) = await ledger.Run("who", "--account", await ledger.Account(flushed: false), "--at", "2026-03-05T00:00:00Z");
        Assert.True(exit == 0 && said.Contains("registration-agreement 1.0", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task From_a_broken_chain_nothing_is_proven()
    {
        var ledger = await ledgers.On(DatabaseProvider.Sqlite);
        var account = await ledger.Account();
        await ledger.Storage.Execute("UPDATE ledger SET document_version = '9.0' WHERE account = @account AND number = 1", new { account });
        var (exit, said) = await ledger.Run("who", "--account", account, "--at", "2026-03-05T00:00:00Z");
        Assert.Equal(2, exit);
        Assert.StartsWith($"BREAK account {account} entry 1: ", said, StringComparison.Ordinal);
        Assert.Contains("not proven", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger: say", "")]
    [InlineData("ledger: say", "what")]
    [InlineData("name the account", "who --at 2026-03-05T00:00:00Z")]
    [InlineData("name the instant", "who --account 0195f0000000700080000000000000aa")]
    [InlineData("a UUID", "verify --account nobody")]
    [InlineData("ledger: say", "verify --account")]
    [InlineData("has no entry", "verify --account 0195f0000000700080000000000000aa")]
    [InlineData("has no entry", "who --account 0195f0000000700080000000000000aa --at 2026-03-05T00:00:00Z")]
    [InlineData("with its offset", "who --account 0195f0000000700080000000000000aa --at 2026-03-05")]
    [InlineData("with its offset", "who --account 0195f0000000700080000000000000aa --at 2026-03-05T00:00:00")]
    [InlineData("with its offset", "who --account 0195f0000000700080000000000000aa --at 2026-02-30T00:00:00Z")]
    public async Task A_wrong_question_is_answered_in_one_line(string says, string words)
    {
        var ledger = await ledgers.On(DatabaseProvider.Sqlite);
        var (exit, said) = await ledger.Run(words.Split(' '));
        Assert.Equal(1, exit);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said.TrimEnd());
    }
}
