using AiCloud.Accounts;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Ledger;

public sealed class AccountOpeningTests(ClusterFixture cluster) : AccountOpening(cluster), IClassFixture<ClusterFixture>;

public sealed class AccountOpeningOnPostgreSqlTests(PostgreSqlFixture cluster) : AccountOpening(cluster), IClassFixture<PostgreSqlFixture>;

/// <summary>The way of a sign-up's acceptances into the ledger (C0.1, C2.2d).</summary>
public abstract class AccountOpening(ClusterFixture cluster)
{
    [Fact]
    public async Task C0_1_a_sign_up_puts_its_acceptances_into_the_ledger_and_the_account_into_the_directory()
    {
        var person = await cluster.NewPerson().SignUp();
        Assert.True(await person.AccountActor.Flush());

        var entries = await cluster.Entries(person.Key());
        Assert.Equal([("privacy-agreement", "registration_start"), ("registration-agreement", "registration_completion"), ("privacy-agreement", "registration_completion")],
            entries.Select(entry => (entry.Document!.Kind, entry.Act)));
        Assert.Equal(["violation-rules", "cancellation-rules"], entries[1].Incorporated.Select(text => text.Kind));
        LedgerLook.AssertWhole(entries);
        var kept = await cluster.Kept(person.Key());
        Assert.Equal(kept.Acceptances.Select(acceptance => acceptance.Evidence), entries.Select(entry => entry.Evidence!));
        Assert.Equal(kept.Head, new LedgerHead(entries[^1].Number, entries[^1].Hash));
        Assert.Equal(entries[^1].Number, await cluster.One<int>("SELECT number FROM directory WHERE account = @account", new { account = person.Key() }));
        Assert.Equal(0, await cluster.Marks(person.Key()));
    }

    [Fact]
    public async Task What_arrived_is_let_go_with_the_next_write_and_marks_nothing()
    {
        var person = await cluster.NewPerson().SignUp();
        await person.AccountActor.Flush();

        Granted(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "New" }));

        Assert.Equal(0, await cluster.Marks(person.Key()));
        Assert.Equal('0', await Flag(person.Key()));
    }

    [Fact]
    public async Task So_it_is_by_an_activation_that_never_saw_the_flush()
    {
        var person = await cluster.NewPerson().SignUp();
        await person.AccountActor.Flush();
        await cluster.Forget(person.AccountActor);
        Assert.Equal('1', await Flag(person.Key()));
        Assert.Empty((await cluster.Kept(person.Key())).Pending); // the read says so by itself

        Granted(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "New" }));

        Assert.Equal(0, await cluster.Marks(person.Key()));
        Assert.Equal('0', await Flag(person.Key()));
        Assert.NotNull((await cluster.Kept(person.Key())).Head);
    }

    [Fact]
    public async Task Flushing_again_adds_nothing()
    {
        var person = await cluster.NewPerson().SignUp();
        Assert.True(await person.AccountActor.Flush());
        var before = await cluster.Entries(person.Key());
        Assert.True(await person.AccountActor.Flush());
        await cluster.Forget(person.AccountActor);
        Assert.True(await person.AccountActor.Flush());
        Assert.Equal(before.Select(entry => entry.Hash), (await cluster.Entries(person.Key())).Select(entry => entry.Hash));
    }

    [Fact]
    public async Task An_account_nobody_knows_has_nothing_to_flush() => Assert.True(await cluster.NewPerson().AccountActor.Flush());

    private async Task<char> Flag(string account) =>
        (char)(await cluster.One<byte[]>("SELECT payload FROM state WHERE name = 'account' AND key = @account", new { account }))![3];
}
