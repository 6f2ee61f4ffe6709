using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Ledger;
using AiCloud.Registration;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>Life with a guardian until the 18th birthday (C2.1b).</summary>
public sealed class GuardedAccountTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly ActOfUse Use = new() { Kind = ActsOfUse.AccountChange, Language = "en", Channel = "web", Network = 1 };

    [Fact]
    public async Task The_guardians_acceptance_stands_in_the_ledger_in_their_own_name_beside_the_minors()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        var chain = await Chain(minor);
        var texts = cluster.Texts.Where(text => text.Required).Select(text => text.Reference).ToHashSet();
        Assert.Equal(texts, chain.Where(entry => entry.Kind == LedgerKinds.GuardianAcceptance).Select(entry => entry.Document!).ToHashSet());
        Assert.All(chain.Where(entry => entry.Kind == LedgerKinds.GuardianAcceptance), entry => Assert.Equal(("explicit", "guardian_acceptance", true), (entry.Manner, entry.Act, entry.Evidence is not null)));
        Assert.Equal(texts, chain.Where(entry => entry is { Kind: LedgerKinds.Acceptance, Act: "registration_completion" }).Select(entry => entry.Document!).ToHashSet());
        var view = Granted(await cluster.GuardedAccount(minor).GuardianView((await guardian.SignsIn()).Session));
        Assert.Equal((minor.BirthDate, minor.Account), (view.BirthDate, view.Account.Id));
        Assert.DoesNotContain(minor.Contact.Address, System.Text.Json.JsonSerializer.Serialize(view.Account.Contacts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C2_5c_what_the_guardian_does_is_no_act_of_use_and_accepts_nothing()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        var before = Granted(await minor.AccountActor.Acceptances(minor.Session)).Length;
        Granted(await cluster.GuardedAccount(minor).GuardianCorrect(guardian.Session, new ChangeAccount { DisplayName = "Corrected" }));
        Granted(await cluster.GuardedAccount(minor).GuardianFreeze(guardian.Session, true));
        Granted(await cluster.GuardedAccount(minor).GuardianFreeze(guardian.Session, false));
        Assert.Equal("Corrected", Granted(await minor.AccountActor.View(minor.Session)).DisplayName);
        Assert.Equal(before, Granted(await minor.AccountActor.Acceptances(minor.Session)).Length);
        Assert.Equal(["guardian_corrected", "guardian_froze", "guardian_unfroze"], (await Chain(minor)).Where(entry => entry.Kind == LedgerKinds.Guardianship).Select(entry => entry.Act));
    }

    [Fact]
    public async Task A_freeze_by_the_guardian_takes_effect_at_the_next_request_and_ends_with_it()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        Granted(await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "One" }));
        Granted(await cluster.GuardedAccount(minor).GuardianFreeze(guardian.Session, true));
        Refused(RefusalCode.AccountLimited, await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Two" }));
        Assert.Equal(AccountStanding.Limited, Granted(await minor.AccountActor.View(minor.Session)).Standing);
        Assert.False(Granted(await minor.AccountActor.Use(new UseReport { ServiceType = "compute", Operation = "start", Used = true })).Allowed);
        var session = Granted(await minor.AccountActor.Sessions(minor.Session)).Single();
        Assert.Equal(SessionScope.Limited, session.Scope);
        Assert.Contains("export", session.Allowed);
        Assert.Contains(cluster.Delivery.Notices, notice => notice.IdentifierKey == minor.IdentifierKey && notice.Text.Contains("frozen", StringComparison.Ordinal));
        Granted(await cluster.GuardedAccount(minor).GuardianFreeze(guardian.Session, false));
        Granted(await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Two" }));
    }

    [Fact]
    public async Task A_guardians_session_opens_nothing_but_the_accounts_that_name_the_contact()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        var (other, stranger) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        await stranger.SignsIn();
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(stranger.Session));
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(other).GuardianFreeze(guardian.Session, true));
        // The right contact's name with another's session, and a guardian's session used as the account's own.
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(stranger.Session with { IdentifierKey = guardian.Contact.IdentifierKey }));
        Refused(RefusalCode.NotFound, await minor.AccountActor.View(new SessionProof { Session = guardian.Session.Session, SecretDigest = guardian.Session.SecretDigest }));
        Assert.Equal([minor.Account], Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
        await guardian.ContactActor.EndSession(guardian.Session);
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(guardian.Session));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task A_guardians_session_ends_after_two_hours(int milliseconds, bool stands)
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        cluster.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(stands, (await cluster.GuardedAccount(minor).GuardianView(guardian.Session)).Value is not null);
    }

    [Fact]
    public async Task After_a_withdrawal_the_account_is_limited_until_another_guardian_stands()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        Granted(await cluster.GuardedAccount(minor).GuardianWithdraw(guardian.Session));
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(guardian.Session));
        Refused(RefusalCode.GuardianRequired, await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "No" }));
        var missing = Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session));
        Assert.Equal((GuardianshipState.Missing, GuardianLoss.Withdrawn, cluster.Now + TimeSpan.FromDays(30), null), (missing.State, missing.Loss, missing.NameBy!.Value, missing.GuardianMasked));
        // The place is free again.
        Assert.Empty((await guardian.ContactActor.Session(guardian.Session)).Value?.Accounts ?? []);

        var next = new Guardian(cluster);
        Granted(await cluster.GuardedAccount(minor).Invite(minor.Session, ByWard(next)));
        await next.Agrees();
        Assert.Equal(GuardianshipState.Standing, Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session)).State);
        Granted(await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Yes" }));
        Granted(await cluster.GuardedAccount(minor).GuardianView((await next.SignsIn()).Session));
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(guardian.Session));
    }

    // The mother's number is the father's by now, who is guardian by it.
    [Fact]
    public async Task L_16_a_guardian_sees_nothing_of_one_who_stood_before_by_the_same_number()
    {
        var (minor, mother) = await cluster.SignUpMinor();
        Granted(await cluster.GuardedAccount(minor).GuardianWithdraw((await mother.SignsIn()).Session));
        cluster.Clock.Advance(TimeSpan.FromDays(2)); // enough codes for one day
        var father = new Guardian(cluster, mother.Contact.Contact);
        Granted(await cluster.GuardedAccount(minor).Invite(await minor.SignInAnew(), ByWard(father)));
        await (await father.Reads().Proves()).Identifies();
        Granted(await father.Invitation.Accept(father.Word() with { Name = "Li Lei" }));
        await cluster.GuardedAccount(minor).GuardianAnswered();
        var own = cluster.Grains.GetGrain<IGuardianOwnData>(minor.Key());
        Assert.Equal("Li Lei", Granted(await own.OwnData((await father.SignsIn()).Session, whole: false)).Responsibilities.Single().Name);
    }

    [Theory, InlineData(WriteFault.Before), InlineData(WriteFault.After)]
    public async Task A_withdrawal_that_could_not_be_kept_can_be_repeated_and_one_that_was_kept_gives_the_place_up(WriteFault fault)
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        Granted(await cluster.GuardedAccount(minor).GuardianView((await guardian.SignsIn()).Session));
        cluster.Faults.FailNext("account", minor.Key(), fault);
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.GuardedAccount(minor).GuardianWithdraw(guardian.Session));
        if (fault == WriteFault.Before) Granted(await cluster.GuardedAccount(minor).GuardianWithdraw(guardian.Session));
        else
        {
            Assert.Equal([minor.Account], Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
            cluster.Clock.Advance(TimeSpan.FromSeconds(10));
            await cluster.Wake();
        }
        Assert.Empty(Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
        Assert.Equal(GuardianLoss.Withdrawn, Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session)).Loss);
        Assert.Empty((await cluster.Kept(minor.Key())).LeavingPlaces);
    }

    [Fact]
    public async Task A_place_that_the_contact_could_not_give_up_with_the_withdrawal_is_given_up_by_the_clock()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        Granted(await cluster.GuardedAccount(minor).GuardianView((await guardian.SignsIn()).Session));
        for (var i = 0; i < 2; i++) cluster.Faults.FailNext("identifier", guardian.Contact.IdentifierKey, WriteFault.Before); // the call and its repeat
        Granted(await cluster.GuardedAccount(minor).GuardianWithdraw(guardian.Session));
        Assert.Equal([minor.Account], Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(guardian.Session));
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        await cluster.Wake();
        Assert.Empty(Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
        Assert.Empty((await cluster.Kept(minor.Key())).LeavingPlaces);
    }

    [Fact]
    public async Task Thirty_days_without_another_guardian_are_said_once_and_the_account_stays_limited()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        Granted(await cluster.GuardedAccount(minor).GuardianWithdraw((await guardian.SignsIn()).Session));
        cluster.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        await cluster.Wake();
        Assert.DoesNotContain(await Chain(minor), entry => entry.Act == "guardian_not_named");
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await cluster.Wake();
        await cluster.Wake();
        Assert.Single(await Chain(minor), entry => entry.Act == "guardian_not_named");
        Assert.Single(cluster.Delivery.Notices, notice => notice.IdentifierKey == minor.IdentifierKey && notice.Text.Contains("stays limited", StringComparison.Ordinal));
        Assert.False(Granted(await minor.AccountActor.Use(new UseReport { ServiceType = "compute", Operation = "start" })).Allowed);
    }

    [Fact]
    public async Task At_the_eighteenth_birthday_access_ends_by_clock_and_the_guardians_data_are_erased_but_for_the_record()
    {
        var (minor, guardian) = await cluster.SignUpMinor(days: -364);
        var birthday = Age.Reaches(minor.BirthDate, 18);
        cluster.Clock.SetUtcNow(birthday.AddMilliseconds(-1));
        await guardian.SignsIn();
        Granted(await cluster.GuardedAccount(minor).GuardianView(guardian.Session));
        Granted(await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Seventeen" }));

        cluster.Clock.SetUtcNow(birthday);
        Refused(RefusalCode.NotFound, await cluster.GuardedAccount(minor).GuardianView(guardian.Session)); // nobody woke anything yet
        Refused(RefusalCode.OwnAcceptanceRequired, await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Eighteen" }));
        await cluster.Wake();
        var kept = await cluster.Kept(minor.Key());
        Assert.Null(kept.Ward);
        Assert.Equal((1, birthday), (kept.Responsibilities.Length, kept.Responsibilities[0].Until!.Value));
        Assert.Contains(guardian.Messages, text => text.Contains("has come of age", StringComparison.Ordinal));
        Refused(RefusalCode.NotFound, await guardian.ContactActor.OpenSession(new NewGuardianSession
        {
            Proven = await guardian.Code(guardian.Contact, GuardianSubjects.SignIn("x"), "x"), Id = "s", SecretDigest = [1],
        }));

        var accept = new AcceptOfAge { Acceptances = [.. cluster.Texts.Where(text => text.Required).Select(text => text.Reference)], DeclaresCapacity = true, Language = "en", Channel = "web", Network = 1 };
        Refused(RefusalCode.AcceptanceMissing, await cluster.GuardedAccount(minor).AcceptOfAge(minor.Session, accept with { Acceptances = [] }));
        Refused(RefusalCode.DeclarationMissing, await cluster.GuardedAccount(minor).AcceptOfAge(minor.Session, accept with { DeclaresCapacity = false }));
        Granted(await cluster.GuardedAccount(minor).AcceptOfAge(minor.Session, accept));
        Granted(await cluster.GuardedAccount(minor).AcceptOfAge(minor.Session, accept)); // repeated
        Granted(await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Eighteen" }));
        var acceptances = Granted(await minor.AccountActor.Acceptances(minor.Session));
        Assert.Equal(2, acceptances.Count(acceptance => acceptance.Acceptance.Act == "coming_of_age"));
    }

    [Fact]
    public async Task Who_accepts_before_the_account_was_woken_ends_the_guardianship_by_it()
    {
        var (minor, guardian) = await cluster.SignUpMinor(days: -364);
        cluster.Clock.SetUtcNow(Age.Reaches(minor.BirthDate, 18));
        Granted(await cluster.GuardedAccount(minor).AcceptOfAge(minor.Session, new AcceptOfAge
        {
            Acceptances = [.. cluster.Texts.Where(text => text.Required).Select(text => text.Reference)], DeclaresCapacity = true, Language = "en", Channel = "web", Network = 1,
        }));
        Assert.Equal(GuardianshipState.NotNeeded, Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session)).State);
        Assert.Single(await Chain(minor), entry => entry.Act == "guardian_ended_of_age");
        Assert.Equal(AccountStanding.Good, Granted(await minor.AccountActor.View(minor.Session)).Standing);
        // The guardian hears of it from whoever ended it, and the row, woken later, has nothing to say.
        Assert.Single(guardian.Messages, text => text.Contains("has come of age", StringComparison.Ordinal));
        await cluster.Wake();
        Assert.Single(guardian.Messages, text => text.Contains("has come of age", StringComparison.Ordinal));
        Assert.Empty((await cluster.Kept(minor.Key())).Tellings);
    }

    [Fact]
    public async Task The_place_at_the_guardians_contact_is_kept_until_the_eighteenth_birthday_once_the_account_is_open()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await cluster.Wake();
        cluster.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal([minor.Account], Granted(await (await guardian.SignsIn()).ContactActor.Session(guardian.Session)).Accounts);
        Granted(await cluster.GuardedAccount(minor).GuardianView(guardian.Session));
    }

    [Fact]
    public async Task A_place_taken_for_an_attempt_that_lapsed_is_free_again()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        await guardian.Agrees();
        cluster.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMinutes(1));
        await guardian.SignsIn(); // answers for somebody, though for no account yet
        cluster.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(2));
        Assert.Empty(Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
    }

    private async Task<IReadOnlyList<LedgerEntry>> Chain(Registrant minor)
    {
        Assert.True(await minor.AccountActor.Flush());
        return await cluster.Entries(minor.Key());
    }

    private static InviteByWard ByWard(Guardian guardian) => new()
    {
        Operation = NewId(), Fingerprint = "invite", To = guardian.Contact, Network = 9, PageAddress = "https://accounts.example.com",
    };
}
