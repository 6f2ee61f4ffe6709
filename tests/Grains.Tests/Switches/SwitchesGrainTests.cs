using AiCloud.Delivery;
using AiCloud.Identifiers;
using AiCloud.Registration;
using AiCloud.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Switches;

/// <summary>The actor, and what silos do by their copy of it. How the copy is renewed is tested with real processes.</summary>
public sealed class SwitchesGrainTests(SwitchesGrainTests.Fixture cluster) : IClassFixture<SwitchesGrainTests.Fixture>
{
    private int _operations;

    private ISwitchesGrain Actor => cluster.Grains.GetGrain<ISwitchesGrain>(ISwitchesGrain.Key);
    private SwitchBoard Board => cluster.Cluster.GetSiloServiceProvider().GetRequiredService<SwitchBoard>();

    [Fact]
    public async Task What_was_thrown_survives_the_actor_and_is_told_only_when_it_changed()
    {
        await Throw("sends.channel.email");
        await cluster.Forget(Actor);
        var told = await Actor.Published(null);
        Assert.Contains("sends.channel.email", told.Ends!.Keys);
        Assert.Null((await Actor.Published(told.Revision)).Ends);
        await TakeBack("sends.channel.email");
        Assert.DoesNotContain("sends.channel.email", (await Actor.Published(told.Revision)).Ends!.Keys);
    }

    [Theory]
    [InlineData("sends", true, true), InlineData("sends.channel.sms", true, false), InlineData("sends.channel.email", false, true), InlineData("sends.purpose.registration", true, true)]
    [InlineData("sends.country.86", true, false), InlineData("sends.country.852", false, false), InlineData("sends.prefix.86138", true, false), InlineData("sends.prefix.86139", false, false)]
    [InlineData("sends.purpose.document-change", false, false), InlineData("sends.provider.carrier-one", true, false), InlineData("sends.provider.elsewhere", false, true)]
    public async Task A_stop_of_sends_keeps_from_whom_it_names_and_costs_them_nothing(string name, bool phones, bool emails)
    {
        await Throw(name);
        foreach (var (contact, stopped) in new[] { (Phone(), phones), (Email(), emails) })
        {
            var person = cluster.NewPerson(contact);
            var before = cluster.Delivery.To(KeyOf(contact)).Count;
            var started = await person.Start();
            Assert.Equal(stopped ? RefusalCode.SendsPaused : null, started.Refusal?.Code);
            if (stopped) Assert.InRange(started.Refusal!.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            Assert.Equal(before + (stopped ? 0 : 1), cluster.Delivery.To(KeyOf(contact)).Count);
            Assert.Equal(!stopped, await cluster.HasRow("identifier", person.IdentifierKey));
        }
        await TakeBack(name);
        Assert.Null((await cluster.NewPerson(Phone()).Start()).Refusal);
    }

    [Fact]
    public async Task A_message_whose_instant_comes_while_sends_are_stopped_stays_unsent_and_can_be_asked_for_again()
    {
        var contact = Email();
        await cluster.NewPerson(contact).Start();
        var second = cluster.NewPerson(contact); // within the cool-down: its message leaves later
        await second.Start();
        Assert.Single(cluster.Delivery.To(KeyOf(contact)));
        await Throw("sends");
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(DeliveryState.Unknown, (await second.View()).Value!.Delivery);
        Assert.Single(cluster.Delivery.To(KeyOf(contact)));
        Assert.Equal(RefusalCode.SendsPaused, (await second.Resend()).Refusal!.Code);
        await TakeBack("sends");
        Assert.Null((await second.Resend()).Refusal);
        Assert.Equal(2, cluster.Delivery.To(KeyOf(contact)).Count);
    }

    [Theory, InlineData("sends.provider.carrier-two"), InlineData("sends.provider."), InlineData("sends.provider.Carrier-One"), InlineData("sends.channel.carrier-one")]
    public async Task A_provider_that_nobody_has_is_refused_since_it_would_stop_nothing(string name) =>
        Assert.Equal(RefusalCode.SwitchUnknown, (await Actor.Throw(Guid.NewGuid().ToString("N"), new SwitchOrder { Name = name, Reason = "incident", EndsAt = cluster.Now.AddHours(1) }, Staff)).Refusal?.Code);

    [Theory, InlineData("erasures"), InlineData("read-only")]
    public async Task Sweepers_erase_nothing_while_it_is_thrown_and_all_of_it_after(string name)
    {
        var person = cluster.NewPerson();
        await person.Start();
        cluster.Clock.Advance(TimeSpan.FromHours(20));
        await Throw(name);
        Assert.Equal(0, await cluster.Sweep());
        Assert.Equal(0, await cluster.Wake());
        Assert.True(await cluster.HasRow("registration", person.Id));
        await TakeBack(name);
        Assert.True(await cluster.Sweep() > 0);
        Assert.False(await cluster.HasRow("registration", person.Id));
    }

    [Fact]
    public async Task A_copy_ends_a_switch_by_its_own_clock()
    {
        await Throw("starts");
        Assert.NotNull(Board.StartsPaused);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(Board.StartsPaused);
    }

    [Fact]
    public async Task An_end_that_nobody_brought_about_is_noted_once_in_the_audit_and_one_that_somebody_did_is_not()
    {
        await Throw("starts");
        await TakeBack("starts");
        await Throw("sends.country.44");
        cluster.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await Renew();
        Assert.Empty(await Ends());
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Renew();
        await cluster.Forget(Actor);
        await Renew();
        var end = Assert.Single(await Ends());
        Assert.Equal(("sends.country.44", IAuditLog.Done), (end.Target, end.Outcome));
        Assert.Equal(end.Operation, (await Actor.All()).First(view => view.Name == "sends.country.44").Operation);
        Assert.DoesNotContain("sends.country.44", (await Actor.Published(null)).Ends!.Keys);

        async Task<AuditEntry[]> Ends() => [.. (await cluster.Cluster.GetSiloServiceProvider().GetRequiredService<IAuditLog>().Read(0, 500))
            .Where(entry => entry is { Staff: AuditNote.System, Action: "switch.end", Target: "starts" or "sends.country.44" })];
    }

    private async Task Throw(string name)
    {
        var thrown = await Actor.Throw($"op-{name}-{++_operations}-{Guid.NewGuid():N}", new SwitchOrder { Name = name, Reason = "incident", EndsAt = cluster.Now.AddHours(1) }, Staff);
        Assert.Null(thrown.Refusal);
        await Renew();
    }

    private async Task TakeBack(string name)
    {
        Assert.Null((await Actor.TakeBack($"back-{name}-{++_operations}-{Guid.NewGuid():N}", name, Staff)).Refusal);
        await Renew();
    }

    private async Task Renew() => Board.Take(await Actor.Published(Board.Revision));

    private StaffActor Staff => new() { Staff = "somebody", Creators = [], CreatedAt = cluster.Now };

    private string KeyOf(Identifier contact) => cluster.NewPerson(contact).IdentifierKey;

    private static Identifier Phone() => new(IdentifierKind.Phone, $"+86138{System.Security.Cryptography.RandomNumberGenerator.GetInt32(10_000_000, 99_999_999)}");

    private static Identifier Email() => new(IdentifierKind.Email, $"person-{Guid.NewGuid():N}@example.com");

    public sealed class Fixture : ClusterFixture;
}
