using AiCloud.Accounts;
using AiCloud.Contacts;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Objections;

/// <summary>Notices as a thief would misuse them: to end the owner's "this was not me", and to have messages sent at will (C2.4c, O-04).</summary>
public sealed class NoticeBudgetTests(ContactsFixture cluster) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task A_thief_who_signs_in_with_a_hundred_clients_does_not_end_the_owners_link_nor_pump_messages__C2_4c()
    {
        var owner = await cluster.NewOwner();
        await owner.Add((await owner.List())[0].Id);
        var proof = owner.Objection(owner.Person.IdentifierKey);
        var thiefs = (await owner.Keys()).Single();
        for (var day = 0; day < 10; day++)
        {
            for (var client = 0; client < 10; client++) Granted(await owner.SignsIn($"c{day}x{client}"));
            Assert.Equal(3 * (day + 1), owner.Notices(thiefs));
            cluster.Clock.Advance(TimeSpan.FromDays(1));
        }
        Assert.Equal(AlarmKind.ContactReplaced, Granted(await owner.Objections.Alarm(proof)).Kind);
        Granted(await owner.Objections.Object(proof));
        Assert.Equal([owner.Person.IdentifierKey], await owner.Keys());
    }

    [Fact]
    public async Task The_fourth_new_client_of_a_day_stands_in_the_session_list_alone_and_a_day_later_one_is_told_again__C2_4c()
    {
        var owner = await cluster.NewOwner();
        for (var client = 0; client < 4; client++) Granted(await owner.SignsIn($"client {client}"));
        Assert.Equal(3, owner.Notices(owner.Person.IdentifierKey));
        Assert.Equal(5, Granted(await owner.Person.AccountActor.Sessions(owner.Person.Session)).Length);
        cluster.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Granted(await owner.SignsIn("client 4"));
        Assert.Equal(3, owner.Notices(owner.Person.IdentifierKey));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Granted(await owner.SignsIn("client 5"));
        Assert.Equal(4, owner.Notices(owner.Person.IdentifierKey));
    }

    [Fact]
    public async Task Sign_ins_leave_every_message_about_a_change_to_be_told__C2_1f()
    {
        var owner = await cluster.NewOwner();
        for (var client = 0; client < 9; client++) Granted(await owner.SignsIn($"client {client}"));
        await owner.Add();
        Assert.Equal(4, owner.Notices(owner.Person.IdentifierKey));
        Assert.Equal(AlarmKind.ContactAdded, Granted(await owner.Objections.Alarm(owner.Objection(owner.Person.IdentifierKey))).Kind);
    }

    [Fact]
    public async Task A_signed_in_stranger_has_ten_changes_a_day_told_and_makes_no_eleventh_and_resets_stay_the_owners__O04()
    {
        var owner = await cluster.NewOwner();
        var ready = await owner.Proven(Owner.NewContact());
        await owner.Add();
        for (var change = 1; change < 10; change++)
        {
            Granted(await owner.ChangePassword($"op {change}"));
            Granted(await owner.ChangePassword($"op {change}")); // a repeat is none
        }
        Assert.Equal(10, owner.Notices(owner.Person.IdentifierKey));
        Assert.Equal(TimeSpan.FromDays(1), Refused(RefusalCode.TooManyChanges, await owner.ChangePassword("op 10")).RetryAfter);
        Refused(RefusalCode.TooManyChanges, await owner.Contacts.BeginContact(owner.Person.Session, new BeginContact { Challenge = NewId(), IdentifierKey = owner.KeyOf(Owner.NewContact()) }));
        Refused(RefusalCode.TooManyChanges, await owner.Add(ready));
        Refused(RefusalCode.TooManyChanges, await owner.Remove((await owner.List())[1].Id));
        Assert.Equal((10, 2), (owner.Notices(owner.Person.IdentifierKey), (await owner.Keys()).Length));
        // The owner's two ways out are open: to object, and to reset by code.
        Assert.NotEmpty(Granted(await owner.Reset(owner.Person.Contact)).Others);
        Granted(await owner.Objections.Object(owner.Objection(owner.Person.IdentifierKey)));
    }
}
