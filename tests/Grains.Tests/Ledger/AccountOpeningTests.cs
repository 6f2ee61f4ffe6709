using AiCloud.Accounts;
using AiCloud.Registration;
using AiCloud.Storage;
using Orleans.Runtime;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Ledger;

/// <summary>What a sign-up leaves for the ledger (C0.1, C2.2d).</summary>
public sealed class AccountOpeningTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task C0_1_a_sign_up_leaves_its_acceptances_for_the_ledger()
    {
        var person = await cluster.NewPerson().SignUp();
        var kept = await Kept(person);
        Assert.Equal(["privacy-agreement", "registration-agreement", "privacy-agreement"], kept.Unflushed().Select(entry => entry.Document!.Kind));
        Assert.Equal(kept.Acceptances.Length, kept.Head!.Number);
        Assert.All(kept.Unflushed(), entry => Assert.Equal((AccountKeys.Of(person.Account), "explicit"), (entry.Account, entry.Manner)));
    }

    [Fact]
    public async Task C2_5c_an_account_of_a_release_without_a_ledger_gets_its_entries_with_its_next_write()
    {
        var person = await cluster.NewPerson().SignUp();
        var before = await Kept(person);
        await cluster.Forget(person.AccountActor);
        await cluster.Rewrite<AccountState>("account", AccountKeys.Of(person.Account), kept => kept with { Head = null, Pending = [] });

        Granted(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "New" }));

        var after = await Kept(person);
        Assert.Equal(before.Head, after.Head);
        Assert.Equal(before.Unflushed().Select(entry => entry.Hash), after.Unflushed().Select(entry => entry.Hash));
    }

    private async Task<AccountState> Kept(Registrant person)
    {
        var row = new KeptRow<AccountState>();
        await cluster.State.ReadStateAsync("account", GrainId.Create("account", AccountKeys.Of(person.Account)), row);
        return row.State;
    }
}
