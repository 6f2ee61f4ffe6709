using AiCloud.Accounts;
using AiCloud.Contacts;
using AiCloud.Facts;
using AiCloud.Guardians;
using AiCloud.Identity;
using AiCloud.Staff;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Delivery;

/// <summary>What the contacts of an account must hear of: although staff stopped messages, although a channel fails, and each once (C2.1g).</summary>
public sealed class OwedMessageTests(NumbersFixture cluster) : IClassFixture<NumbersFixture>, IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    public void Dispose() => cluster.Throw();

    [Fact]
    public async Task A_lost_number_is_told_to_the_other_contacts_once_although_messages_were_stopped_meanwhile__C2_1g()
    {
        var (owner, mail) = await WithOldNumber(NumberStanding.Changed);
        cluster.Throw("sends");
        Granted(await Lose(owner));
        Assert.Equal((0, 0), (Told(owner.KeyOf(mail)), (await owner.State()).Numbers!.Leaving.Length));
        cluster.Throw();
        await WakeAfter(Again - TimeSpan.FromSeconds(1));
        Assert.Equal(0, Told(owner.KeyOf(mail)));
        await WakeAfter(TimeSpan.FromSeconds(1));
        await WakeAfter(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), (Told(owner.KeyOf(mail)), (await owner.State()).Owed.Length));
        Assert.Equal(0, Told(owner.Person.IdentifierKey)); // it is somebody else's
    }

    [Fact]
    public async Task A_channel_that_fails_keeps_nobody_from_losing_a_number_and_the_message_follows()
    {
        var (owner, mail) = await WithOldNumber(NumberStanding.Changed);
        cluster.Delivery.BehaveToNotices(owner.KeyOf(mail), _ => throw new InvalidOperationException("down"));
        Granted(await Lose(owner));
        await WakeAfter(Again);
        cluster.Delivery.BehaveToNotices(owner.KeyOf(mail), null);
        Assert.Equal(0, Told(owner.KeyOf(mail)));
        await WakeAfter(Again);
        Assert.Equal((1, 0), (Told(owner.KeyOf(mail)), (await owner.State()).Owed.Length));
    }

    [Theory, InlineData(-1, 1), InlineData(0, 0)]
    public async Task A_channel_that_fails_is_tried_for_a_day(int milliseconds, int told)
    {
        var (owner, mail) = await WithOldNumber(NumberStanding.Changed);
        cluster.Delivery.BehaveToNotices(owner.KeyOf(mail), _ => throw new InvalidOperationException("down"));
        Granted(await Lose(owner));
        await WakeAfter(TimeSpan.FromDays(1) + TimeSpan.FromMilliseconds(milliseconds));
        cluster.Delivery.BehaveToNotices(owner.KeyOf(mail), null);
        await WakeAfter(Again);
        Assert.Equal((told, 0), (Told(owner.KeyOf(mail)), (await owner.State()).Owed.Length));
    }

    [Fact]
    public async Task A_mark_whose_message_the_channel_refuses_is_made_and_told_before_its_deadline__C2_1g()
    {
        var owner = await cluster.NewOwner();
        cluster.Delivery.BehaveToNotices(owner.Person.IdentifierKey, _ => throw new InvalidOperationException("down"));
        var marking = new FactMarking
        {
            Operation = NewId(), Id = NewId(), Fact = AccountFact.Email, Fault = FactFault.Outdated, Reference = "case 4711", By = new StaffActor { Staff = "ann" },
        };
        var facts = cluster.Grains.GetGrain<IAccountFacts>(owner.Key);
        Granted(await facts.MarkFact(marking));
        Granted(await facts.MarkFact(marking));
        cluster.Delivery.BehaveToNotices(owner.Person.IdentifierKey, null);
        await WakeAfter(Again);
        Assert.Equal(1, Told(owner.Person.IdentifierKey));
    }

    [Fact]
    public async Task A_crash_between_a_mark_and_its_message_leaves_the_message_to_the_clock__C2_1g()
    {
        var owner = await cluster.NewOwner();
        cluster.Faults.FailNext("account", owner.Key, WriteFault.After);
        var facts = cluster.Grains.GetGrain<IAccountFacts>(owner.Key);
        await Assert.ThrowsAnyAsync<Exception>(() => facts.MarkFact(new FactMarking
        {
            Operation = NewId(), Id = NewId(), Fact = AccountFact.Email, Fault = FactFault.False, Reference = "case 4711", By = new StaffActor { Staff = "ann" },
        }));
        Assert.Equal(0, Told(owner.Person.IdentifierKey));
        await WakeAfter(TimeSpan.FromSeconds(10));
        await WakeAfter(TimeSpan.FromDays(1));
        Assert.Equal(1, Told(owner.Person.IdentifierKey));
    }

    [Fact]
    public async Task While_one_channel_is_stopped_the_other_contact_hears_of_a_change_once_and_the_stopped_one_afterwards__C2_1f()
    {
        var owner = await cluster.NewOwner(NumbersFixture.NewNumber());
        var mail = await owner.Add();
        var before = (Told(owner.Person.IdentifierKey), Told(owner.KeyOf(mail)));
        cluster.Throw("sends.channel.sms");
        await owner.Add();
        for (var time = 0; time < 3; time++) await WakeAfter(Again);
        Assert.Equal((before.Item1, before.Item2 + 1), (Told(owner.Person.IdentifierKey), Told(owner.KeyOf(mail))));
        cluster.Throw();
        await WakeAfter(Again);
        await WakeAfter(Again);
        Assert.Equal((before.Item1 + 1, before.Item2 + 1), (Told(owner.Person.IdentifierKey), Told(owner.KeyOf(mail))));
        Assert.All((await owner.State()).Security.Alarms, alarm => Assert.Null(alarm.SendAt));
    }

    [Fact]
    public async Task Of_an_unknown_claim_every_contact_is_warned_once_in_the_seven_days_and_a_sign_in_keeps_the_number__C2_1g()
    {
        var (owner, mail) = await WithOldNumber(NumberStanding.Unknown);
        var until = (await Claim(owner)).Until!.Value;
        Assert.Equal((1, 1), (Told(owner.Person.IdentifierKey), Told(owner.KeyOf(mail))));
        Assert.Contains(Clock.Shanghai.At(until).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), Texts(owner.KeyOf(mail)).Last(), StringComparison.Ordinal);
        for (var day = 1; day < 7; day++)
        {
            cluster.Clock.Advance(TimeSpan.FromDays(1));
            Assert.Equal(NumberStanding.Unknown, (await Claim(owner)).Standing);
        }
        Assert.Equal((1, 1), (Told(owner.Person.IdentifierKey), Told(owner.KeyOf(mail))));
        Granted(await owner.SignsIn("Test on Linux"));
        cluster.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(NumberStanding.Unchanged, (await Claim(owner)).Standing);
    }

    [Fact]
    public async Task A_wait_that_begins_anew_is_warned_of_anew__C2_1g()
    {
        var (owner, mail) = await WithOldNumber(NumberStanding.Unknown);
        await Claim(owner);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        cluster.Numbers.Answer = () => NumberStanding.Unchanged;
        await Claim(owner);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        cluster.Numbers.Answer = () => NumberStanding.Unknown;
        await Claim(owner);
        Assert.Equal(2, Told(owner.KeyOf(mail)));
    }

    [Fact]
    public async Task A_minors_guardian_hears_that_a_contact_went_to_somebody_else__C2_1b()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Clock.Advance(TimeSpan.FromDays(90));
        cluster.Numbers.Answer = () => NumberStanding.Changed;
        var numbers = cluster.Grains.GetGrain<IAccountNumbers>(AccountKeys.Of(minor.Account));
        await numbers.JudgeClaim(minor.IdentifierKey, NewId());
        Granted(await numbers.LoseContact(minor.IdentifierKey, NewId()));
        Assert.Single(guardian.Messages, message => message.Contains("a mobile number of the account", StringComparison.Ordinal));
    }

    // Somebody whose number was not used for ninety days, with an e-mail address beside.
    private async Task<(Owner Owner, Identifiers.Identifier Mail)> WithOldNumber(NumberStanding standing)
    {
        var owner = await cluster.NewOwner(NumbersFixture.NewNumber());
        var mail = await owner.Add();
        cluster.Clock.Advance(TimeSpan.FromDays(90));
        cluster.Numbers.Answer = () => standing;
        _before[owner.Person.IdentifierKey] = Texts(owner.Person.IdentifierKey).Length;
        return (owner, mail);
    }

    private readonly Dictionary<string, int> _before = [];

    private Task<NumberClaim> Claim(Owner owner) => cluster.Grains.GetGrain<IAccountNumbers>(owner.Key).JudgeClaim(owner.Person.IdentifierKey, NewId());

    private async Task<Outcome<Done>> Lose(Owner owner)
    {
        Assert.Equal(NumberStanding.Changed, (await Claim(owner)).Standing);
        return await cluster.Grains.GetGrain<IAccountNumbers>(owner.Key).LoseContact(owner.Person.IdentifierKey, NewId());
    }

    private async Task WakeAfter(TimeSpan time)
    {
        cluster.Clock.Advance(time);
        await cluster.Wake();
    }

    private int Told(string identifierKey) => Texts(identifierKey).Length - _before.GetValueOrDefault(identifierKey);

    private string[] Texts(string identifierKey) => [.. cluster.Delivery.Notices.Where(notice => notice.IdentifierKey == identifierKey).Select(notice => notice.Text)];
}
