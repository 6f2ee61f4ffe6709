using AiCloud.Accounts;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Registration;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Identity;

/// <summary>A number that its former owner no longer has (C2.1g, C2.1d).</summary>
public sealed class NotMineTests(NotMineTests.Fixture cluster) : IClassFixture<NotMineTests.Fixture>
{
    private static int _numbers;

    [Fact]
    public async Task A_number_that_changed_hands_leaves_the_old_account_and_the_registration_goes_on__C2_1g()
    {
        var (old, claimant) = await Claim(NumberStanding.Changed);
        var view = Granted(await NotMine(claimant));
        Assert.Equal(RegistrationState.Verified, view.State);
        Assert.Equal(RegistrationState.Verified, Granted(await NotMine(claimant)).State); // repeated
        Granted(await claimant.Complete());
        Assert.NotEqual(old.Account, claimant.Account);
        Assert.Equal(claimant.Account, (await claimant.Identifier.Standing()).Owner);
        // The account had nothing else: it stands, says since when nobody can get in, and its sessions ended.
        var kept = await Row(old);
        Assert.Equal((AccountPhase.Open, 0, 0), (kept.Phase, kept.Contacts.Length, kept.Sessions.Length));
        Assert.NotNull(kept.Numbers!.ContactlessSince);
        Assert.Empty(kept.Numbers.Leaving);
        Refused(RefusalCode.NotFound, await old.AccountActor.View(old.Session));
    }

    [Fact]
    public async Task The_claim_never_opens_the_old_account()
    {
        foreach (var standing in new[] { NumberStanding.Unchanged, NumberStanding.Unknown, NumberStanding.Later })
        {
            var (old, claimant) = await Claim(standing);
            await NotMine(claimant);
            Refused(RefusalCode.AccountExists, await claimant.Complete());
            Assert.Equal(old.Account, (await claimant.Identifier.Standing()).Owner);
        }
    }

    [Fact]
    public async Task Whoever_used_the_number_lately_keeps_it_and_nobody_is_asked()
    {
        var (old, claimant) = await Claim(NumberStanding.Changed, idle: TimeSpan.FromDays(89));
        var asked = cluster.Numbers.Asked;
        Refused(RefusalCode.NumberNotChanged, await NotMine(claimant));
        Assert.Equal(asked, cluster.Numbers.Asked);
        Assert.Single((await Row(old)).Contacts);
    }

    [Fact]
    public async Task A_sign_in_with_the_number_is_a_use_of_it()
    {
        var old = await Registered();
        cluster.Clock.Advance(TimeSpan.FromDays(80));
        Granted(await old.AccountActor.SignIn(new SignIn { Operation = NewId(), Session = NewSession(NewId()), MatchedHash = old.PasswordHash, IdentifierKey = old.IdentifierKey }));
        var claimant = await Claimant(old, NumberStanding.Changed, TimeSpan.FromDays(20));
        Refused(RefusalCode.NumberNotChanged, await NotMine(claimant));
    }

    [Fact]
    public async Task Of_an_unknown_number_the_answer_says_until_when_it_waits_and_after_seven_days_it_goes()
    {
        var (old, claimant) = await Claim(NumberStanding.Unknown);
        Assert.Equal(TimeSpan.FromDays(7), Refused(RefusalCode.NumberChangeUnknown, await NotMine(claimant)).RetryAfter);
        Assert.Equal(old.Account, (await claimant.Identifier.Standing()).Owner);
        var again = await Claimant(old, NumberStanding.Unknown, TimeSpan.FromDays(7));
        Assert.Equal(RegistrationState.Verified, Granted(await NotMine(again)).State);
    }

    [Fact]
    public async Task An_outage_is_no_answer()
    {
        var (_, claimant) = await Claim(NumberStanding.Later);
        Refused(RefusalCode.NumberCheckUnavailable, await NotMine(claimant));
        cluster.Numbers.Answer = () => throw new InvalidOperationException("no");
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Refused(RefusalCode.NumberCheckUnavailable, await NotMine(claimant));
    }

    [Fact]
    public async Task Only_a_proven_phone_number_can_be_claimed_and_only_with_the_attempts_token()
    {
        var old = await cluster.NewPerson().SignUp();
        cluster.Clock.Advance(TimeSpan.FromDays(100));
        var byMail = cluster.NewPerson(old.Contact);
        Granted(await byMail.Start());
        Refused(RefusalCode.NotVerified, await NotMine(byMail));
        Granted(await byMail.Verify(await byMail.Code()));
        Refused(RefusalCode.NumberNotChanged, await NotMine(byMail));
        var (_, claimant) = await Claim(NumberStanding.Changed);
        Refused(RefusalCode.NotFound, await cluster.Grains.GetGrain<IRegistrationNotMine>(claimant.Id).NotMine(new byte[32]));
    }

    [Theory, InlineData(WriteFault.Before), InlineData(WriteFault.After)]
    public async Task A_crash_after_the_account_gave_the_number_up_is_settled_by_the_clock(WriteFault fault)
    {
        var (old, claimant) = await Claim(NumberStanding.Changed);
        // The attempt repeats its call once, and the account its own.
        for (var i = 0; i < (fault == WriteFault.Before ? 4 : 2); i++) cluster.Faults.FailNext("identifier", old.IdentifierKey, fault);
        if (fault == WriteFault.Before) await Assert.ThrowsAnyAsync<Exception>(() => NotMine(claimant));
        else await NotMine(claimant);
        await cluster.Forget(old.AccountActor, old.Identifier);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.Wake();
        Assert.Null((await claimant.Identifier.Standing()).Owner);
        Assert.Empty((await Row(old)).Numbers!.Leaving);
        Assert.Equal(RegistrationState.Verified, Granted(await NotMine(claimant)).State);
    }

    [Fact]
    public async Task Of_two_claimants_at_once_one_gets_the_number()
    {
        var (old, first) = await Claim(NumberStanding.Changed);
        var second = cluster.NewPerson(old.Contact);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        Granted(await second.Start());
        Granted(await second.Verify(await second.Code()));
        var views = await Task.WhenAll(NotMine(first), NotMine(second));
        Assert.All(views, view => Assert.Equal(RegistrationState.Verified, Granted(view).State));
        Granted(await first.Complete());
        Refused(RefusalCode.AccountExists, await second.Complete());
    }

    // The attack: whoever gets the number of somebody who was guardian signs in as guardian by a code sent to it.
    [Fact]
    public async Task C2_1b_the_new_holder_of_a_guardians_number_is_guardian_of_nobody_and_the_minors_account_hears_of_it()
    {
        var old = await Registered();
        cluster.Clock.Advance(TimeSpan.FromSeconds(61)); // its code was a message of the last minute
        var (minor, guardian) = await cluster.SignUpMinor(new Guardian(cluster, old.Contact));
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await cluster.Wake();
        Granted(await cluster.GuardedAccount(minor).GuardianFreeze((await guardian.SignsIn()).Session, true));
        var claimant = await Claimant(old, NumberStanding.Changed, TimeSpan.FromDays(90));
        await guardian.SignsIn(); // before the claim is made, which nobody can tell from the guardian
        var before = guardian.Session;
        Granted(await NotMine(claimant));
        Granted(await NotMine(claimant)); // repeated

        Refused(RefusalCode.NotFound, await guardian.ContactActor.Session(before));
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(before));
        var challenge = NewId();
        Refused(RefusalCode.NotFound, await guardian.ContactActor.OpenSession(new NewGuardianSession { Proven = await guardian.Code(guardian.Contact, GuardianSubjects.SignIn(challenge), challenge), Id = "s", SecretDigest = [1] }));

        var standing = Granted(await cluster.GuardedAccount(minor).Guardianship(await minor.SignInAnew()));
        Assert.Equal((GuardianshipState.Missing, GuardianLoss.ContactLost, null, true), (standing.State, standing.Loss, standing.GuardianMasked, standing.Frozen));
        Assert.Null(standing.ReplacedFrom); // nobody is left to object
        Assert.Equal(cluster.Now + TimeSpan.FromDays(30), standing.NameBy!.Value, TimeSpan.FromMinutes(5));
        Assert.Contains(cluster.Delivery.Notices, notice => notice.IdentifierKey == minor.IdentifierKey && notice.Text.Contains("guardian's number is now somebody else's", StringComparison.Ordinal));
        Assert.NotNull((await Row(minor)).Responsibilities.Single().Until);

        // Nor once the new holder is somebody's guardian in their own right, whose session the contact knows.
        Granted(await claimant.Complete());
        cluster.Clock.Advance(TimeSpan.FromDays(2)); // enough codes for one day
        var (other, holder) = await cluster.SignUpMinor(new Guardian(cluster, old.Contact));
        await holder.SignsIn();
        Granted(await cluster.GuardedAccount(other).GuardianView(holder.Session));
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(holder.Session));
    }

    // No account owns it, so that nobody ever claims it: the guardian's own silence is what there is to go by. Both sides of the day.
    [Theory]
    [InlineData(-1, NumberStanding.Changed, null)]
    [InlineData(0, NumberStanding.Changed, RefusalCode.NotFound)]
    [InlineData(0, NumberStanding.Unchanged, null)]
    [InlineData(0, NumberStanding.Unknown, null)]
    [InlineData(0, NumberStanding.Later, RefusalCode.NumberCheckUnavailable)]
    public async Task A_guardians_number_that_was_silent_for_ninety_days_is_asked_about_before_it_opens_anything(int seconds, NumberStanding standing, RefusalCode? refusal)
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await cluster.Wake();
        Granted(await cluster.GuardedAccount(minor).GuardianView((await guardian.SignsIn()).Session));
        var seen = (await Row(minor)).Ward!.Guardian!.SeenAt!.Value;
        cluster.Numbers.Answer = () => standing;
        var asked = cluster.Numbers.Asked;
        cluster.Clock.SetUtcNow(seen + TimeSpan.FromDays(90) + TimeSpan.FromSeconds(seconds));
        await guardian.SignsIn();
        Assert.Equal(refusal, (await cluster.GuardedAccount(minor).GuardianView(guardian.Session)).Refusal?.Code);
        Assert.Equal(seconds < 0 ? 0 : 1, cluster.Numbers.Asked - asked);
        var ward = (await Row(minor)).Ward!;
        Assert.Equal(refusal == RefusalCode.NotFound, ward.Guardian is null);
        if (refusal == RefusalCode.NotFound) Assert.Equal(GuardianLoss.ContactLost, ward.Loss);
        if (refusal is not null) return;
        Granted(await cluster.GuardedAccount(minor).GuardianFreeze(guardian.Session, true)); // asked about once
        Assert.Equal(seconds < 0 ? 0 : 1, cluster.Numbers.Asked - asked);
    }

    [Fact]
    public async Task A_guardians_number_that_changed_hands_ends_the_guardianship_although_a_write_failed_in_between()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await cluster.Wake();
        cluster.Numbers.Answer = () => NumberStanding.Changed;
        cluster.Clock.Advance(TimeSpan.FromDays(91));
        await guardian.SignsIn();
        cluster.Faults.FailNext("account", AccountKeys.Of(minor.Account), WriteFault.Before);
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.GuardedAccount(minor).GuardianView(guardian.Session));
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(guardian.Session));
        var row = await Row(minor);
        Assert.Equal((null, GuardianLoss.ContactLost, 0), (row.Ward!.Guardian, row.Ward.Loss!.Value, row.LeavingPlaces.Length));
        Assert.Empty(Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
    }

    [Fact]
    public async Task A_write_that_fails_between_the_number_and_the_minors_account_is_made_good()
    {
        var (old, minor, claimant) = await ClaimOfGuardiansNumber();
        cluster.Faults.FailNext("account", AccountKeys.Of(minor.Account), WriteFault.Before);
        Granted(await NotMine(claimant));
        Assert.Equal(GuardianLoss.ContactLost, (await Row(minor)).Ward!.Loss);
        Assert.Empty(await cluster.Grains.GetGrain<IGuardianContactGrain>(old.IdentifierKey).LostWards());
    }

    [Fact]
    public async Task The_minors_account_hears_of_a_number_that_the_clock_gave_up_and_somebody_faster_has()
    {
        var (old, minor, claimant) = await ClaimOfGuardiansNumber();
        for (var i = 0; i < 4; i++) cluster.Faults.FailNext("identifier", old.IdentifierKey, WriteFault.Before);
        await Assert.ThrowsAnyAsync<Exception>(() => NotMine(claimant));
        await cluster.Forget(old.AccountActor, old.Identifier);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await cluster.Wake();
        await cluster.NewPerson(old.Contact).SignUp();
        Refused(RefusalCode.NumberNotChanged, await NotMine(claimant));
        var row = await Row(minor);
        Assert.Equal((null, GuardianLoss.ContactLost), (row.Ward!.Guardian, row.Ward.Loss!.Value));
    }

    // The attempt that proved it may never come back to tell: each account asks for its place by itself.
    [Fact]
    public async Task C2_1b_a_minors_account_hears_within_a_day_of_a_number_that_the_clock_alone_gave_up()
    {
        var (old, minor, claimant) = await ClaimOfGuardiansNumber();
        await cluster.Wake(); // its place was asked for just now: the next time is a day away
        for (var i = 0; i < 4; i++) cluster.Faults.FailNext("identifier", old.IdentifierKey, WriteFault.Before);
        await Assert.ThrowsAnyAsync<Exception>(() => NotMine(claimant));
        await cluster.Forget(old.AccountActor, old.Identifier);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await cluster.Wake();
        Assert.Null((await old.Identifier.Standing()).Owner);
        Assert.Null((await Row(minor)).Ward!.Loss);

        var due = (await Row(minor)).Ward!.PlaceDue!.Value;
        Assert.InRange(due - cluster.Now, TimeSpan.Zero, TimeSpan.FromDays(1));
        cluster.Clock.SetUtcNow(due - TimeSpan.FromSeconds(1));
        await cluster.Wake();
        Assert.Null((await Row(minor)).Ward!.Loss);
        cluster.Clock.SetUtcNow(due);
        await cluster.Wake();
        var row = await Row(minor);
        Assert.Equal((null, GuardianLoss.ContactLost, 0), (row.Ward!.Guardian, row.Ward.Loss!.Value, row.LeavingPlaces.Length));
        Assert.Empty(await cluster.Grains.GetGrain<IGuardianContactGrain>(old.IdentifierKey).LostWards());
    }

    // The attack: somebody who holds a guardian's session makes the platform ask the authority at will.
    [Fact]
    public async Task An_authority_that_has_no_answer_is_asked_about_a_guardians_number_once_a_minute_by_the_same_question_and_the_guardian_sees_it()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await cluster.Wake();
        cluster.Clock.Advance(TimeSpan.FromDays(91));
        cluster.Numbers.Answer = () => NumberStanding.Later;
        await guardian.SignsIn();
        var account = cluster.GuardedAccount(minor);
        var (asked, at) = (cluster.Numbers.Asked, cluster.Now);
        var refusal = (await account.GuardianView(guardian.Session)).Refusal!;
        Assert.Equal((RefusalCode.NumberCheckUnavailable, TimeSpan.FromMinutes(1)), (refusal.Code, refusal.RetryAfter));
        var question = cluster.Numbers.Request;
        cluster.Clock.Advance(TimeSpan.FromSeconds(59));
        await cluster.Forget(minor.AccountActor);
        Refused(RefusalCode.NumberCheckUnavailable, await account.GuardianView(guardian.Session));
        Assert.Equal(1, cluster.Numbers.Asked - asked);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Refused(RefusalCode.NumberCheckUnavailable, await account.GuardianView(guardian.Session));
        Assert.Equal((2, question), (cluster.Numbers.Asked - asked, cluster.Numbers.Request));

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        cluster.Numbers.Answer = () => NumberStanding.Unchanged;
        var held = Granted(await cluster.Grains.GetGrain<IGuardianOwnData>(AccountKeys.Of(minor.Account)).OwnData(guardian.Session, whole: true));
        Assert.Equal((3, question), (cluster.Numbers.Asked - asked, cluster.Numbers.Request));
        Assert.Equal(new GuardianOwnNumberCheck(at + TimeSpan.FromMinutes(2), NumberStanding.Unchanged, true), held.NumberCheck);

        // The next silence is another question.
        cluster.Clock.Advance(TimeSpan.FromDays(91));
        await guardian.SignsIn();
        Granted(await account.GuardianView(guardian.Session));
        Assert.Equal(4, cluster.Numbers.Asked - asked);
        Assert.NotEqual(question, cluster.Numbers.Request);
    }

    private Task<Outcome<RegistrationView>> NotMine(Registrant person) => cluster.Grains.GetGrain<IRegistrationNotMine>(person.Id).NotMine(person.Proof);

    private async Task<(Registrant Old, Registrant Minor, Registrant Claimant)> ClaimOfGuardiansNumber()
    {
        var old = await Registered();
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        var (minor, _) = await cluster.SignUpMinor(new Guardian(cluster, old.Contact));
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await cluster.Wake();
        return (old, minor, await Claimant(old, NumberStanding.Changed, TimeSpan.FromDays(90)));
    }

    private async Task<(Registrant Old, Registrant Claimant)> Claim(NumberStanding standing, TimeSpan? idle = null)
    {
        var old = await Registered();
        return (old, await Claimant(old, standing, idle ?? TimeSpan.FromDays(90)));
    }

    private async Task<Registrant> Registered() => await cluster.NewPerson(new Identifier(
        IdentifierKind.Phone, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+86138{Interlocked.Increment(ref _numbers):D8}"))).SignUp();

    private async Task<Registrant> Claimant(Registrant old, NumberStanding standing, TimeSpan idle)
    {
        cluster.Clock.Advance(idle);
        cluster.Numbers.Answer = () => standing;
        var claimant = cluster.NewPerson(old.Contact);
        Granted(await claimant.Start());
        Assert.Equal(RegistrationState.AccountExists, Granted(await claimant.Verify(await claimant.Code())).State);
        return claimant;
    }

    private async Task<AccountState> Row(Registrant person)
    {
        var row = new KeptRow<AccountState>();
        await cluster.State.ReadStateAsync("account", GrainId.Create("account", AccountKeys.Of(person.Account)), row);
        return row.State;
    }

    public sealed class Fixture : ClusterFixture
    {
        public Authority Numbers { get; } = new();

        protected override void Configure(IServiceCollection services) => services.AddSingleton<IRecycledNumberCheck>(Numbers);
    }

    /// <summary>An authority on numbers whose answers a test decides.</summary>
    public sealed class Authority : IRecycledNumberCheck
    {
        private int _asked;

        public Func<NumberStanding> Answer { get; set; } = () => NumberStanding.Unknown;

        public int Asked => _asked;

        /// <summary>Names the last question.</summary>
        public string? Request { get; private set; }

        public Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _asked);
            Request = question.Request;
            return Task.FromResult(Answer());
        }
    }
}
