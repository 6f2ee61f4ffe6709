using AiCloud.Identifiers;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Contacts;

/// <summary>What a crash between any two steps of a change of contacts costs: never a contact without its account, never one with two.</summary>
public abstract class InterruptedContactTests(ContactsFixture cluster) : IDisposable
{
    public static TheoryData<ContactStep> Steps => [.. Enum.GetValues<ContactStep>()];

    public void Dispose()
    {
        cluster.ContactSteps.At = null;
        GC.SuppressFinalize(this);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task After_a_crash_the_same_code_ends_with_the_contact_in_its_place(ContactStep step)
    {
        var owner = await cluster.NewOwner();
        var contact = Owner.NewContact();
        var proven = await owner.Proven(contact, (await owner.List())[0].Id);
        await Crash(step, () => owner.Add(proven), owner);
        await Sound(owner, contact);
        Granted(await owner.Add(proven));
        await Ended(owner, contact, replaced: true);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task After_a_crash_the_due_sweeper_decides_it_once_and_for_all(ContactStep step)
    {
        var owner = await cluster.NewOwner();
        var contact = Owner.NewContact();
        var proven = await owner.Proven(contact, (await owner.List())[0].Id);
        await Crash(step, () => owner.Add(proven), owner);
        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        await cluster.Wake();
        await Ended(owner, contact, replaced: step >= ContactStep.Owned);
        // The code may still be answered: it was not burnt.
        Granted(await owner.Add(proven));
        await Ended(owner, contact, replaced: true);
    }

    [Theory]
    [InlineData(ContactStep.Named)]
    [InlineData(ContactStep.Held)]
    public async Task What_was_not_owned_when_it_crashed_another_account_can_have_and_it_stays_with_one(ContactStep step)
    {
        var (owner, rival) = (await cluster.NewOwner(), await cluster.NewOwner());
        var contact = Owner.NewContact();
        var proven = await owner.Proven(contact);
        await Crash(step, () => owner.Add(proven), owner);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Granted(await rival.Add(await rival.Proven(contact)));
        Refused(RefusalCode.ContactTaken, await owner.Add(proven));
        await cluster.Wake();
        await Ended(owner, contact, replaced: false);
        Assert.Equal(rival.Person.Account, (await rival.Identifier(contact).Standing()).Owner);
    }

    [Theory]
    [InlineData(ContactStep.Kept)]
    [InlineData(ContactStep.Relinquished)]
    [InlineData(ContactStep.Told)]
    public async Task A_removal_that_crashed_is_finished_by_the_due_sweeper(ContactStep step)
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        var first = (await owner.List())[0].Id;
        await Crash(step, () => owner.Remove(first), owner);
        await Sound(owner, owner.Person.Contact);
        cluster.Clock.Advance(TimeSpan.FromSeconds(11));
        await cluster.Wake();
        Assert.Null((await owner.Person.Identifier.Standing()).Owner);
        Assert.True((await owner.State()).Security.Leaving.Single().Released);
        Assert.InRange(owner.Notices(owner.Person.IdentifierKey), 2, 3); // of adding and of removing; twice after a crash rather than never
    }

    [Theory]
    [InlineData(WriteFault.Before)]
    [InlineData(WriteFault.After)]
    public async Task A_write_that_fails_leaves_nothing_half_known(WriteFault fault)
    {
        var owner = await cluster.NewOwner();
        var contact = Owner.NewContact();
        var proven = await owner.Proven(contact);
        for (var write = 0; write < 3; write++)
        {
            cluster.Faults.FailNext("account", owner.Key, fault);
            try { await owner.Add(proven); }
            catch (Exception) { await Sound(owner, contact); }
        }
        Granted(await owner.Add(proven));
        await Ended(owner, contact, replaced: false, added: true);
    }

    [Fact]
    public async Task Of_two_accounts_that_prove_one_contact_at_once_one_gets_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var (one, two) = (await cluster.NewOwner(), await cluster.NewOwner());
            var contact = Owner.NewContact();
            var first = await one.Proven(contact);
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
            var second = await two.Proven(contact);
            var outcomes = await Task.WhenAll(one.Add(first), two.Add(second));
            Assert.InRange(outcomes.Count(outcome => outcome.Refusal is null), 0, 1);
            Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Contains(outcome.Refusal!.Code, new[] { RefusalCode.ContactTaken, RefusalCode.ContactBusy }));
            Outcome<Accounts.AccountView>[] again = [await one.Add(first), await two.Add(second)];
            Assert.Single(again, outcome => outcome.Refusal is null);
            await Sound(one, contact);
            await Sound(two, contact);
        }
    }

    private async Task Crash(ContactStep at, Func<Task<Outcome<Accounts.AccountView>>> act, Owner owner)
    {
        cluster.ContactSteps.At = step => step == at ? throw new InvalidOperationException("The process is gone.") : ValueTask.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(act);
        cluster.ContactSteps.At = null;
        await cluster.Forget(owner.Contacts);
    }

    // What `check` asks of a database in use: an owned contact is named by its account, and an account owns what it names as its own.
    private static async Task Sound(Owner owner, Identifier contact)
    {
        var state = await owner.State();
        if ((await owner.Identifier(contact).Standing()).Owner == owner.Person.Account)
            Assert.Contains(owner.KeyOf(contact), state.Contacts.Select(each => each.IdentifierKey).Append(state.Security.Arriving?.Contact.IdentifierKey)
                .Concat(state.Security.Leaving.Where(left => !left.Released).Select(left => left.Contact.IdentifierKey)));
        foreach (var key in await owner.Keys())
            if (key == owner.KeyOf(contact)) Assert.Equal(owner.Person.Account, (await owner.Identifier(contact).Standing()).Owner);
    }

    private static async Task Ended(Owner owner, Identifier contact, bool replaced, bool added = false)
    {
        var state = await owner.State();
        Assert.Null(state.Security.Arriving);
        Assert.All(state.Security.Leaving, left => Assert.True(left.Released));
        Assert.All(state.Security.Alarms, alarm => Assert.Null(alarm.SendAt));
        string[] expected = replaced ? [owner.KeyOf(contact)] : added ? [owner.Person.IdentifierKey, owner.KeyOf(contact)] : [owner.Person.IdentifierKey];
        Assert.Equal(expected, state.Contacts.Select(each => each.IdentifierKey));
        Assert.Equal(replaced ? null : owner.Person.Account, (await owner.Person.Identifier.Standing()).Owner);
        if (replaced || added) Assert.Equal(owner.Person.Account, (await owner.Identifier(contact).Standing()).Owner);
        if (replaced) Assert.InRange(owner.Notices(owner.Person.IdentifierKey), 1, 2);
    }
}

/// <summary>On SQLite.</summary>
public sealed class InterruptedContactOnSqliteTests(ContactsFixture cluster) : InterruptedContactTests(cluster), IClassFixture<ContactsFixture>;

/// <summary>On PostgreSQL.</summary>
[Trait("Takes", "long")]
public sealed class InterruptedContactOnPostgreSqlTests(ContactsOnPostgreSql cluster) : InterruptedContactTests(cluster), IClassFixture<ContactsOnPostgreSql>;
