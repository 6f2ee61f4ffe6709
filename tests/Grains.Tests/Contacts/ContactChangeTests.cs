using AiCloud.Identifiers;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Contacts;

/// <summary>Adding, replacing and removing contacts (C2.1f).</summary>
public sealed class ContactChangeTests(ContactsFixture cluster) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task A_proven_contact_becomes_the_accounts_and_those_that_stood_before_are_told()
    {
        var owner = await cluster.NewOwner();
        var added = await owner.Add();
        Assert.Equal(owner.Person.Account, (await owner.Identifier(added).Standing()).Owner);
        Assert.Equal([owner.Person.IdentifierKey, owner.KeyOf(added)], await owner.Keys());
        Assert.Equal((1, 0), (owner.Notices(owner.Person.IdentifierKey), owner.Notices(owner.KeyOf(added))));
    }

    [Fact]
    public async Task One_code_adds_once_and_its_repeat_finds_it_done()
    {
        var owner = await cluster.NewOwner();
        var proven = await owner.Proven(Owner.NewContact());
        Granted(await owner.Add(proven));
        Granted(await owner.Add(proven));
        await cluster.Forget(owner.Contacts);
        Assert.Equal(2, Granted(await owner.Add(proven)).Contacts.Length);
        Assert.Equal(1, owner.Notices(owner.Person.IdentifierKey));
        // Removed since, the same code does not bring it back.
        Granted(await owner.Remove((await owner.List())[1].Id));
        Assert.Single(Granted(await owner.Add(proven)).Contacts);
    }

    [Fact]
    public async Task Without_a_recent_authentication_nothing_is_begun_and_nothing_removed__S06()
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        var begin = new BeginContact { Challenge = NewId(), IdentifierKey = owner.KeyOf(Owner.NewContact()) };
        Refused(RefusalCode.ReauthenticationRequired, await owner.Contacts.BeginContact(owner.Person.Session, begin));
        Refused(RefusalCode.ReauthenticationRequired, await owner.Remove((await owner.List())[0].Id));
        Refused(RefusalCode.ReauthenticationRequired, await owner.Contacts.Facts(owner.Person.Session));
    }

    [Fact]
    public async Task A_code_for_a_contact_that_the_account_did_not_ask_for_adds_nothing()
    {
        var (owner, other) = (await cluster.NewOwner(), await cluster.NewOwner());
        var proven = await owner.Proven(Owner.NewContact());
        Refused(RefusalCode.NotFound, await other.Add(proven));
        Refused(RefusalCode.NotFound, await owner.Add(proven with { IdentifierKey = owner.KeyOf(Owner.NewContact()) }));
        Refused(RefusalCode.NotFound, await owner.Add(proven with { Challenge = NewId() }));
    }

    [Fact]
    public async Task A_contact_of_another_account_is_not_taken_whoever_proves_it()
    {
        var (owner, other) = (await cluster.NewOwner(), await cluster.NewOwner());
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Refused(RefusalCode.ContactTaken, await owner.Add(await owner.Proven(other.Person.Contact)));
        Assert.Equal(other.Person.Account, (await other.Person.Identifier.Standing()).Owner);
        Assert.Null((await owner.State()).Security.Arriving);
    }

    [Fact]
    public async Task A_contact_in_its_place_sends_the_old_one_away_and_both_sides_of_five_are_kept_to()
    {
        var owner = await cluster.NewOwner();
        for (var count = 1; count < 5; count++) await owner.Add();
        var begin = new BeginContact { Challenge = NewId(), IdentifierKey = owner.KeyOf(Owner.NewContact()) };
        Refused(RefusalCode.TooManyContacts, await owner.Contacts.BeginContact(owner.Person.Session, begin));
        Refused(RefusalCode.ContactYours, await owner.Contacts.BeginContact(owner.Person.Session, begin with { IdentifierKey = owner.Person.IdentifierKey }));
        Refused(RefusalCode.NotFound, await owner.Contacts.BeginContact(owner.Person.Session, begin with { Replaces = "nothing" }));
        var replacing = await owner.Add((await owner.List())[0].Id);
        Assert.DoesNotContain(owner.Person.IdentifierKey, await owner.Keys());
        Assert.Contains(owner.KeyOf(replacing), await owner.Keys());
        Assert.Null((await owner.Person.Identifier.Standing()).Owner);
    }

    [Fact]
    public async Task The_last_contact_stays()
    {
        var owner = await cluster.NewOwner();
        Refused(RefusalCode.LastContact, await owner.Remove((await owner.List())[0].Id));
        await owner.Add();
        Granted(await owner.Remove((await owner.List())[0].Id, "remove"));
        Granted(await owner.Remove((await owner.List())[0].Id, "remove")); // repeated, though its name is gone
        Refused(RefusalCode.LastContact, await owner.Remove((await owner.List())[0].Id));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task A_removed_contact_is_kept_for_its_account_for_fourteen_days(int second, bool free)
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        Granted(await owner.Remove((await owner.List())[0].Id));
        Assert.Null((await owner.Person.Identifier.Standing()).Owner);
        cluster.Clock.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(second));
        var stranger = await cluster.NewPerson(owner.Person.Contact).Prove();
        if (second < 0) cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var outcome = await stranger.Complete();
        Assert.Equal(free ? null : RefusalCode.ContactReserved, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Its_own_account_may_have_it_back_at_once()
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        Granted(await owner.Remove((await owner.List())[0].Id));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Granted(await owner.Add(await owner.Proven(owner.Person.Contact)));
        Assert.Equal(owner.Person.Account, (await owner.Person.Identifier.Standing()).Owner);
        Assert.Empty((await owner.State()).Security.Leaving);
    }

    [Fact]
    public async Task The_address_of_a_removed_contact_goes_when_its_reservation_ends()
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        Granted(await owner.Remove((await owner.List())[0].Id));
        Assert.Single((await owner.State()).Security.Leaving);
        cluster.Clock.Advance(TimeSpan.FromDays(14));
        await cluster.Wake();
        var state = await owner.State();
        Assert.Empty(state.Security.Leaving);
        Assert.Empty(state.Security.Alarms);
        Assert.Null(state.DueAt);
    }

    [Fact]
    public async Task Export_and_cancellation_wait_seven_days_after_a_change()
    {
        var owner = await cluster.NewOwner();
        var limits = new AccountSecurityOptions();
        Assert.Null((await owner.State()).LeavingAllowedFrom(limits, cluster.Now));
        await owner.Add();
        var changed = (await owner.State()).SecurityChangedAt!.Value;
        Assert.Equal(changed + TimeSpan.FromDays(7), (await owner.State()).LeavingAllowedFrom(limits, changed + TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1)));
        Assert.Null((await owner.State()).LeavingAllowedFrom(limits, changed + TimeSpan.FromDays(7)));
    }

    [Fact]
    public async Task Facts_are_shown_in_full_after_a_recent_authentication()
    {
        var owner = await cluster.NewOwner();
        var facts = Granted(await owner.Contacts.Facts(owner.Person.Session));
        Assert.Equal((owner.Person.Contact, owner.Person.BirthDate, "Somebody"), (facts.Contacts.Single().Contact, facts.BirthDate, facts.DisplayName));
    }
}
