using AiCloud.Accounts;
using AiCloud.Identifiers;
using AiCloud.Invariants;
using AiCloud.Protection;
using AiCloud.Storage;
using Microsoft.Extensions.Configuration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Contacts;

/// <summary>What <c>check</c> says of a database in which a change of contacts stopped between two steps: nothing while it is mended by itself, and all that never is.</summary>
public abstract class CheckedContactTests(ContactsFixture cluster) : IDisposable
{
    private static readonly TimeSpan Mended = TimeSpan.FromMinutes(3); // what check allows the due-sweeper

    public static TheoryData<ContactStep> Steps => [.. Enum.GetValues<ContactStep>()];

    public void Dispose()
    {
        cluster.ContactSteps.At = null;
        GC.SuppressFinalize(this);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task A_change_that_stopped_after_any_step_is_no_breach_before_nor_after_it_is_mended(ContactStep step)
    {
        await Stopped(step);
        await IsSound();
        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        await cluster.Wake();
        await IsSound();
    }

    [Theory]
    [InlineData(ContactStep.Kept)]
    [InlineData(ContactStep.Relinquished)]
    [InlineData(ContactStep.Told)]
    public async Task A_removal_that_stopped_after_any_step_is_no_breach_before_nor_after_it_is_mended(ContactStep step)
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        var first = (await owner.List())[0].Id;
        await Stop(step, owner, () => owner.Remove(first));
        await IsSound();
        cluster.Clock.Advance(TimeSpan.FromSeconds(11));
        await cluster.Wake();
        await IsSound();
    }

    [Theory]
    [InlineData(ContactStep.Named, "arriving, long past")]
    [InlineData(ContactStep.Held, "arriving, long past")]
    [InlineData(ContactStep.Owned, "arriving, long past")]
    [InlineData(ContactStep.Kept, "its actor still does not know")]
    public async Task What_nobody_mends_in_time_is_a_breach_and_no_longer_once_it_is_mended(ContactStep step, string what)
    {
        var (owner, _) = await Stopped(step);
        var security = (await owner.State()).Security;
        var settled = security.Arriving?.Until ?? security.Leaving.Single().At;
        cluster.Clock.Advance(settled + Mended - cluster.Now);
        await IsSound();
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await IsBroken(owner.Key, what);
        await cluster.Wake();
        await IsSound();
    }

    [Fact]
    public async Task An_owned_contact_that_its_account_does_not_name_as_arriving_is_a_breach()
    {
        var (owner, contact) = await Stopped(ContactStep.Owned);
        await Broken(owner, state => state.With(state.Security with { Arriving = null }), owner.KeyOf(contact), "does not name it");
    }

    [Fact]
    public async Task An_owned_contact_that_its_account_does_not_name_as_leaving_is_a_breach()
    {
        var (owner, _) = await Stopped(ContactStep.Kept);
        await Broken(owner, state => state.With(state.Security with { Leaving = [] }), owner.Person.IdentifierKey, "does not name it");
    }

    [Fact]
    public async Task An_owned_contact_that_its_account_names_as_one_it_gave_back_is_a_breach()
    {
        var (owner, _) = await Stopped(ContactStep.Kept);
        await Broken(owner, state => state.With(state.Security with { Leaving = [.. state.Security.Leaving.Select(left => left with { Released = true })] }),
            owner.Person.IdentifierKey, "does not name it");
    }

    [Fact]
    public async Task A_contact_that_an_account_names_before_it_owns_it_is_a_breach()
    {
        var (owner, contact) = await Stopped(ContactStep.Held);
        await Broken(owner, state => state with { Contacts = [.. state.Contacts, state.Security.Arriving!.Contact] }, owner.Key, $"nobody owns {owner.KeyOf(contact)}");
    }

    // Stopped between two steps, then made what no stop leaves; and put back, since others look at the same database.
    private async Task Broken(Owner owner, Func<AccountState, AccountState> breaking, string key, string what)
    {
        await IsSound();
        var sound = await owner.State();
        await cluster.Rewrite("account", owner.Key, breaking);
        await IsBroken(key, what);
        await cluster.Rewrite<AccountState>("account", owner.Key, _ => sound);
        await IsSound();
        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        await cluster.Wake();
    }

    private async Task<(Owner Owner, Identifier Contact)> Stopped(ContactStep step)
    {
        var owner = await cluster.NewOwner();
        var contact = Owner.NewContact();
        var proven = await owner.Proven(contact, (await owner.List())[0].Id);
        await Stop(step, owner, () => owner.Add(proven));
        return (owner, contact);
    }

    private async Task Stop(ContactStep at, Owner owner, Func<Task<Outcome<AccountView>>> act)
    {
        cluster.ContactSteps.At = step => step == at ? throw new InvalidOperationException("The process is gone.") : ValueTask.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(act);
        cluster.ContactSteps.At = null;
        await cluster.Forget(owner.Contacts);
    }

    private async Task IsSound()
    {
        var (code, said) = await Check();
        Assert.True(code == 0, said);
    }

    private async Task IsBroken(string key, string what)
    {
        var (code, said) = await Check();
        Assert.Equal(2, code);
        var breach = Assert.Single(said.Split('\n'), line => line.StartsWith("BREACH", StringComparison.Ordinal));
        Assert.StartsWith($"BREACH {key}: ", breach, StringComparison.Ordinal);
        Assert.Contains(what, breach, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said)> Check()
    {
        var settings = cluster.Database.Settings;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("AiCloud:Cluster:ServiceId", "checked"),
            settings.Provider == DatabaseProvider.PostgreSql
                ? new("AiCloud:Storage:ConnectionString", settings.ConnectionString) : new("AiCloud:DataDirectory", Path.GetDirectoryName(settings.File)),
        ]).Build();
        await new KeyHolders(cluster.Database).Say("silo", "e1", ["e1"], TestContext.Current.CancellationToken);
        var said = new StringWriter();
        return (await CheckCommand.Run(configuration, said, TimeSpan.FromMilliseconds(1), cluster.Clock), said.ToString());
    }
}

/// <summary>On SQLite.</summary>
public sealed class CheckedContactOnSqliteTests(ContactsFixture cluster) : CheckedContactTests(cluster), IClassFixture<ContactsFixture>;

/// <summary>On PostgreSQL.</summary>
[Trait("Takes", "long")]
public sealed class CheckedContactOnPostgreSqlTests(ContactsOnPostgreSql cluster) : CheckedContactTests(cluster), IClassFixture<ContactsOnPostgreSql>;
