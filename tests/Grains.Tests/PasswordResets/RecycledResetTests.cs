using AiCloud.Challenges;
using AiCloud.Contacts;
using AiCloud.Identifiers;
using AiCloud.Identity;
using static AiCloud.Registration.Registrant;

namespace AiCloud.PasswordResets;

/// <summary>
/// The attack: whoever was given a number anew asks for a new password with it, and gets every code and every notice (C2.1g). By the clock, on both sides of every limit.
/// </summary>
public sealed class RecycledResetTests(NumbersFixture cluster) : IClassFixture<NumbersFixture>
{
    private static readonly TimeSpan Wait = TimeSpan.FromHours(72);

    [Theory]
    [InlineData(NumberStanding.Changed, RefusalCode.NumberUnconfirmed)]
    [InlineData(NumberStanding.Unknown, RefusalCode.NumberUnconfirmed)]
    [InlineData(NumberStanding.Later, RefusalCode.NumberCheckUnavailable)]
    public async Task A_number_that_was_given_out_again_sets_no_password_on_the_old_account_however_long_its_holder_waits__C2_1g(NumberStanding standing, RefusalCode refused)
    {
        var owner = await WithNumber(TimeSpan.FromDays(90), standing);
        var held = owner.Person.PasswordHash;
        for (var time = 0; time < 3; time++)
        {
            Refused(refused, await Announce(owner));
            Assert.Equal((false, null), (Granted(await owner.Reset(owner.Person.Contact)).Allowed, (await owner.State()).Security.Reset));
            cluster.Clock.Advance(Wait);
            Refused(RefusalCode.SecondProofNeeded, await Set(owner));
        }
        Assert.Equal(held, (await owner.Person.AccountActor.Credential()).PasswordHash);
    }

    [Fact]
    public async Task Where_the_authority_says_unchanged_the_wait_begins_and_opens_to_the_millisecond__C2_1g()
    {
        var owner = await WithNumber(TimeSpan.FromDays(90), NumberStanding.Unchanged);
        Assert.Equal(cluster.Now + Wait, Granted(await Announce(owner)).ReadyAt);
        cluster.Clock.Advance(Wait - TimeSpan.FromMilliseconds(1));
        Refused(RefusalCode.SecondProofNeeded, await Set(owner));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Granted(await Set(owner));
        Assert.Equal("$argon2id$new", (await owner.Person.AccountActor.Credential()).PasswordHash);
    }

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public async Task One_code_alone_is_enough_until_the_ninetieth_day_and_nobody_is_asked_before(int milliseconds, bool enough)
    {
        var owner = await WithNumber(TimeSpan.FromDays(90) + TimeSpan.FromMilliseconds(milliseconds), NumberStanding.Unknown);
        var asked = cluster.Numbers.Asked;
        Assert.Equal(enough, Granted(await owner.Reset(owner.Person.Contact)).Allowed);
        Assert.Equal(enough ? null : RefusalCode.NumberUnconfirmed, (await Announce(owner)).Refusal?.Code);
        Assert.Equal(enough ? 0 : 1, cluster.Numbers.Asked - asked);
    }

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public async Task An_address_is_enough_alone_until_the_ninetieth_day_and_then_after_the_wait__P05(int milliseconds, bool enough)
    {
        var signedUp = cluster.Now;
        var owner = await cluster.NewOwner();
        cluster.Clock.Advance(signedUp + TimeSpan.FromDays(90) + TimeSpan.FromMilliseconds(milliseconds) - cluster.Now);
        Assert.Equal(enough, Granted(await owner.Reset(owner.Person.Contact)).Allowed);
        if (enough) return;
        Refused(RefusalCode.SecondProofNeeded, await Set(owner));
        Granted(await Announce(owner));
        cluster.Clock.Advance(Wait);
        Granted(await Set(owner));
    }

    [Fact]
    public async Task The_authority_is_asked_once_a_day_and_after_an_outage_a_minute_later_under_the_same_name()
    {
        var owner = await WithNumber(TimeSpan.FromDays(100), NumberStanding.Later);
        var asked = cluster.Numbers.Asked;
        Refused(RefusalCode.NumberCheckUnavailable, await Announce(owner));
        var request = (await owner.State()).Numbers!.Asked.Single().Request;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Refused(RefusalCode.NumberCheckUnavailable, await Announce(owner));
        Assert.Equal(1, cluster.Numbers.Asked - asked);
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        cluster.Numbers.Answer = () => NumberStanding.Unknown;
        Refused(RefusalCode.NumberUnconfirmed, await Announce(owner));
        Assert.Equal(request, (await owner.State()).Numbers!.Asked.Single().Request);
        cluster.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        cluster.Numbers.Answer = () => NumberStanding.Unchanged;
        Refused(RefusalCode.NumberUnconfirmed, await Announce(owner));
        Assert.Equal(2, cluster.Numbers.Asked - asked);
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Granted(await Announce(owner));
        Granted(await Announce(owner)); // goes on, without asking
        Assert.Equal(3, cluster.Numbers.Asked - asked);
        Assert.NotEqual(request, (await owner.State()).Numbers!.Asked.Single().Request);
    }

    [Theory]
    [InlineData(NumberStanding.Unknown, null)]
    [InlineData(NumberStanding.Later, null)]
    [InlineData(NumberStanding.Changed, RefusalCode.NumberUnconfirmed)]
    public async Task Where_somebody_else_is_told_who_can_object_the_wait_is_enough_unless_the_number_is_known_to_have_gone__P05(NumberStanding standing, RefusalCode? refused)
    {
        var owner = await WithNumber(TimeSpan.Zero, standing, beside: Owner.NewContact());
        cluster.Clock.Advance(TimeSpan.FromDays(100));
        Assert.Equal(refused, (await Announce(owner)).Refusal?.Code);
        cluster.Clock.Advance(Wait);
        Assert.Equal(refused is null ? null : RefusalCode.SecondProofNeeded, (await Set(owner)).Refusal?.Code);
    }

    [Fact]
    public async Task Another_number_as_long_unused_is_nobody_who_is_told__C2_1g()
    {
        var owner = await WithNumber(TimeSpan.Zero, NumberStanding.Unknown, beside: NumbersFixture.NewNumber());
        cluster.Clock.Advance(TimeSpan.FromDays(100));
        Refused(RefusalCode.NumberUnconfirmed, await Announce(owner));
    }

    [Fact]
    public async Task A_wait_that_began_while_others_were_told_opens_nothing_once_they_are_gone__C2_1g()
    {
        var beside = NumbersFixture.NewNumber();
        var owner = await WithNumber(TimeSpan.FromDays(50), NumberStanding.Unknown, beside);
        cluster.Clock.Advance(TimeSpan.FromDays(88));
        Granted(await Announce(owner)); // the other number was used two days less than ninety ago
        cluster.Clock.Advance(Wait);
        Refused(RefusalCode.SecondProofNeeded, await Set(owner));
        cluster.Numbers.Answer = () => NumberStanding.Unchanged;
        var ready = (await owner.State()).Security.Reset!.ReadyAt;
        Granted(await Announce(owner));
        Assert.Equal(ready, (await owner.State()).Security.Reset!.ReadyAt);
        Granted(await Set(owner));
    }

    // With a number that was last used so long ago, and perhaps a contact that was added just now.
    private async Task<Owner> WithNumber(TimeSpan idle, NumberStanding standing, Identifier? beside = null)
    {
        cluster.Numbers.Answer = () => standing;
        var signedUp = cluster.Now;
        var owner = await cluster.NewOwner(NumbersFixture.NewNumber());
        cluster.Clock.Advance(idle - (cluster.Now - signedUp) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
        if (beside is { Kind: IdentifierKind.Email }) Granted(await owner.Add(await owner.Proven(beside)));
        if (beside is not { Kind: IdentifierKind.Phone }) return owner;
        await cluster.Forget(owner.Contacts);
        await cluster.Rewrite<Accounts.AccountState>("account", owner.Key, state => state with
        {
            Contacts = [.. state.Contacts, state.Contacts[0] with { Kind = beside.Kind, IdentifierKey = owner.KeyOf(beside), ProvenAt = cluster.Now, AddedAt = cluster.Now, UsedAt = null }],
        });
        return owner;
    }

    private Task<Outcome<ResetStanding>> Announce(Owner owner) => Actor(owner).AnnounceReset(Code(owner), Owner.Call());

    private async Task<Outcome<Done>> Set(Owner owner)
    {
        var proofs = new ResetProofs { First = Code(owner), Attempt = NewId() };
        var prepared = await Actor(owner).PrepareReset(proofs);
        return prepared.Refusal is { } refusal ? refusal : await Actor(owner).ResetPassword(proofs, "$argon2id$new", Owner.Call());
    }

    private static ChallengeProven Code(Owner owner) => owner.Proof(owner.Person.Contact, ChallengePurpose.PasswordReset, "whoever asked");

    private IAccountPasswordReset Actor(Owner owner) => cluster.Grains.GetGrain<IAccountPasswordReset>(owner.Key);
}
