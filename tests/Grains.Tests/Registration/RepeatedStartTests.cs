using System.Text.Json;
using AiCloud.Identifiers;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>Starts under a key of the caller's: they may come twice, late, after the end, and to a silo that remembers nothing.</summary>
public sealed class RepeatedStartTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_late_duplicate_does_not_bring_an_erased_attempt_back(bool forgotten)
    {
        var person = cluster.NewPerson();
        Granted(await person.Start(keyed: true, minted: true));
        Granted(await person.Registration.Erase(person.Proof));
        if (forgotten) await cluster.Forget(person.Registration, person.Identifier);
        Refused(RefusalCode.RegistrationExpired, await person.Start(keyed: true, minted: true));
        Refused(RefusalCode.RegistrationExpired, await person.Start("another body", keyed: true));
        Refused(RefusalCode.RegistrationExpired, await person.View());
        Granted(await person.Registration.Erase(person.Proof));
        Assert.Single(cluster.Delivery.To(person.IdentifierKey));
        Assert.Single((await Data(person).Counted()).Messages);
    }

    [Fact]
    public async Task What_is_left_of_an_erased_attempt_says_nothing_of_anybody_and_goes_when_the_attempt_would_have_lapsed()
    {
        var person = await Started();
        Granted(await person.Registration.Erase(person.Proof));
        Assert.Equal(JsonSerializer.Serialize(PendingRegistration.Erased(cluster.Now + 30 * Minute)), JsonSerializer.Serialize(await Stored(person)));
        cluster.Clock.Advance(30 * Minute + new Expiry.ExpiryOptions().Grace);
        await cluster.Sweep();
        Assert.True(await cluster.HasRow("registration", person.Id));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(2));
        await cluster.Sweep();
        Assert.False(await cluster.HasRow("registration", person.Id));
        await cluster.Forget(person.Registration);
        Granted(await person.Start(keyed: true, minted: true)); // an act of its own by now
    }

    [Fact]
    public async Task A_late_duplicate_does_not_bring_back_an_attempt_that_was_refused_for_age()
    {
        var person = await Started();
        Granted(await person.Verify(await person.Code()));
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-12);
        Refused(RefusalCode.UnderAge, await person.Complete());
        Assert.Null((await Stored(person)).BirthDate);
        await cluster.Forget(person.Registration);
        Refused(RefusalCode.RegistrationExpired, await person.Start(keyed: true, minted: true));
    }

    [Fact]
    public async Task Without_a_key_nothing_at_all_is_left()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start(minted: true));
        Granted(await person.Registration.Erase(person.Proof));
        Assert.False(await cluster.HasRow("registration", person.Id));
    }

    [Fact]
    public async Task A_repeat_that_no_activation_remembers_is_answered_from_the_row_and_costs_the_contact_nothing()
    {
        var person = await Started();
        for (var repeat = 0; repeat < 6; repeat++) // more than the contact has messages
        {
            await cluster.Forget(person.Registration);
            Assert.Equal(RegistrationState.CodeSent, Granted(await person.Start(keyed: true, minted: true)).State);
            await cluster.Forget(person.Registration);
            Refused(RefusalCode.IdempotencyKeyReused, await person.Start("another body", keyed: true, minted: true));
        }
        Assert.Single(cluster.Delivery.To(person.IdentifierKey));
        Assert.Single((await Data(person).Counted()).Messages);
        Granted(await person.Verify(await person.Code())); // and the code that was sent is the one that counts
    }

    [Fact]
    public async Task A_repeat_that_would_be_refused_as_a_first_call_is_answered_as_the_repeat_that_it_is()
    {
        var person = await Started();
        for (var other = 1; other < 4; other++) Granted(await cluster.NewPerson(person.Contact, person.Network).Start());
        Refused(RefusalCode.SendLimit, await cluster.NewPerson(person.Contact, person.Network).Start());
        await cluster.Forget(person.Registration);
        Granted(await person.Start(keyed: true, minted: true));
        Granted(await person.View()); // nor does anybody else meet an activation that knows of nothing
    }

    [Fact]
    public async Task A_first_call_that_is_refused_leaves_nothing()
    {
        var person = cluster.NewPerson();
        for (var other = 0; other < 4; other++) Granted(await cluster.NewPerson(person.Contact, person.Network).Start());
        Refused(RefusalCode.SendLimit, await person.Start(keyed: true, minted: true));
        Assert.False(await cluster.HasRow("registration", person.Id));
        cluster.Clock.Advance(61 * Minute);
        Granted(await person.Start(keyed: true, minted: true));
    }

    private async Task<Registrant> Started()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start(keyed: true, minted: true));
        return person;
    }

    private IIdentifierData Data(Registrant person) => cluster.Grains.GetGrain<IIdentifierData>(person.IdentifierKey);

    private async Task<PendingRegistration> Stored(Registrant person)
    {
        var row = new Storage.KeptRow<PendingRegistration>();
        await cluster.State.ReadStateAsync("registration", Orleans.Runtime.GrainId.Create("registration", person.Id), row);
        return row.State;
    }
}
