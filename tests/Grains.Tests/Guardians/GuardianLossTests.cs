using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Contacts;
using AiCloud.Ledger;
using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>What a minor can say about a guardian who cannot be reached, and what it does not do (C2.1b).</summary>
public sealed class GuardianLossTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Wait = TimeSpan.FromHours(72);
    private static readonly ActOfUse Use = new() { Kind = ActsOfUse.AccountChange, Language = "en", Channel = "web", Network = 1 };

    // The attack: frozen, the minor calls the guardian lost, who signs in as told.
    [Fact]
    public async Task A_freeze_outlives_that_the_guardian_was_called_lost_and_found_again()
    {
        var (minor, guardian) = await Family();
        Granted(await Account(minor).GuardianFreeze(guardian.Session, true));
        Granted(await Account(minor).ReportLoss(minor.Session));
        Assert.True(Granted(await Account(minor).Guardianship(minor.Session)).Frozen);
        Assert.True(Granted(await Account(minor).GuardianView((await guardian.SignsIn()).Session)).Guardianship.Frozen);
        Refused(RefusalCode.AccountLimited, await Change(minor));
        Granted(await Account(minor).GuardianFreeze(guardian.Session, false));
        Granted(await Change(minor));
    }

    // The attack: the minor calls the guardian lost, and answers an invitation with a second telephone of their own at once.
    [Fact]
    public async Task Nobody_stands_in_the_place_of_a_guardian_before_they_had_time_to_object_and_signing_in_is_objection_enough()
    {
        var (minor, guardian) = await Family();
        Refused(RefusalCode.GuardianNotNeeded, await Account(minor).Invite(minor.Session, ByWard(new Guardian(cluster))));
        var lost = Granted(await Account(minor).ReportLoss(minor.Session));
        Assert.Equal((GuardianshipState.Missing, cluster.Now + Wait), (lost.State, lost.ReplacedFrom));
        Assert.Contains("2026-", guardian.Messages[^1], StringComparison.Ordinal); // until when
        Assert.Contains("cannot be reached here any more", guardian.Messages[^1], StringComparison.Ordinal);
        Refused(RefusalCode.GuardianRequired, await Change(minor));
        Assert.Equal(Wait, Refused(RefusalCode.GuardianWait, await Account(minor).Invite(minor.Session, ByWard(new Guardian(cluster)))).RetryAfter);

        cluster.Clock.Advance(Wait - TimeSpan.FromMinutes(2));
        Granted(await Account(minor).GuardianView((await guardian.SignsIn()).Session));
        var found = Granted(await Account(minor).Guardianship(minor.Session));
        Assert.Equal((GuardianshipState.Standing, guardian.Contact.Contact.Masked, null), (found.State, found.GuardianMasked, found.ReplacedFrom));
        Assert.Contains(Told(minor), text => text.Contains("can be reached", StringComparison.Ordinal));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        Refused(RefusalCode.GuardianNotNeeded, await Account(minor).Invite(await minor.SignInAnew(), ByWard(new Guardian(cluster))));
        Assert.Equal(["guardian_contact_lost", "guardian_contact_found"], await Acts(minor));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task After_that_time_another_is_invited_stands_and_the_former_one_is_told_and_out(int milliseconds, bool over)
    {
        var (minor, guardian) = await Family();
        Granted(await Account(minor).GuardianFreeze(guardian.Session, true));
        var from = cluster.Now + Wait;
        Granted(await Account(minor).ReportLoss(minor.Session));
        cluster.Clock.SetUtcNow(from.AddMilliseconds(milliseconds));
        var (session, next) = (await minor.SignInAnew(), new Guardian(cluster));
        var invited = await Account(minor).Invite(session, ByWard(next));
        if (!over)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(1), Refused(RefusalCode.GuardianWait, invited).RetryAfter);
            return;
        }
        Granted(invited);
        await next.Agrees();
        await Account(minor).GuardianAnswered();
        Assert.Equal(GuardianshipState.Standing, Granted(await Account(minor).Guardianship(session)).State);
        Refused(RefusalCode.NotFound, await Account(minor).GuardianView((await TrySignIn(guardian)).Session));
        Assert.Contains("another guardian has agreed", guardian.Messages[^1], StringComparison.Ordinal);
        Assert.Empty((await cluster.Kept(minor.Key())).Tellings);
        // The freeze was a guardian's, and a guardian ends it.
        Assert.True(Granted(await Account(minor).GuardianView((await next.SignsIn()).Session)).Guardianship.Frozen);
        Refused(RefusalCode.AccountLimited, await Change(minor));
        Granted(await Account(minor).GuardianFreeze(next.Session, false));
        Granted(await Change(minor));
    }

    // The attack: the minor calls the guardian lost in the minute after the account opened, in which the place at the guardian's contact is not yet kept to the birthday.
    [Theory, InlineData(false), InlineData(true)]
    public async Task C2_1b_a_minor_who_reports_a_loss_at_once_does_not_outlast_the_guardians_place(bool wokenBeforeTheyCome)
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        Granted(await Account(minor).ReportLoss(minor.Session));
        if (wokenBeforeTheyCome)
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(2));
            await cluster.Wake();
        }
        Granted(await Account(minor).GuardianView((await guardian.SignsIn()).Session));
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await cluster.Wake();
        cluster.Clock.Advance(TimeSpan.FromHours(80)); // longer than the place that the invitation took
        Assert.Equal(GuardianshipState.Standing, Granted(await Account(minor).Guardianship(await minor.SignInAnew())).State);
        Assert.Equal([minor.Account], Granted(await (await guardian.SignsIn()).ContactActor.Session(guardian.Session)).Accounts);
        Granted(await Account(minor).GuardianFreeze(guardian.Session, true));
    }

    // The attack: the guardian comes back, and the invitation sent meanwhile is answered afterwards, or kept for the next time.
    [Fact]
    public async Task An_invitation_that_followed_from_the_report_goes_with_it()
    {
        var (minor, guardian) = await Family();
        var (session, own) = (await cluster.Lose(minor), new Guardian(cluster));
        Granted(await Account(minor).Invite(session, ByWard(own)));
        await (await own.Reads().Proves()).Identifies();
        Granted(await Account(minor).GuardianView((await guardian.SignsIn()).Session));
        Refused(RefusalCode.InvitationExpired, await own.Invitation.Accept(own.Word()));
        Assert.Equal(InvitationState.Lapsed, Granted(await Account(minor).Guardianship(session)).Invitation);
        Granted(await Account(minor).ReportLoss(await minor.SignInAnew()));
        await Account(minor).GuardianAnswered();
        Assert.Equal(GuardianshipState.Missing, Granted(await Account(minor).Guardianship(session)).State);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Reporting_and_inviting_need_a_recent_authentication(int milliseconds, bool recent)
    {
        var (minor, guardian) = await Family();
        var opened = cluster.Now;
        var session = await minor.SignInAnew();
        cluster.Clock.SetUtcNow(opened + TimeSpan.FromMinutes(10) + TimeSpan.FromMilliseconds(milliseconds));
        var reported = await Account(minor).ReportLoss(session);
        Assert.Equal(recent ? null : RefusalCode.ReauthenticationRequired, reported.Refusal?.Code);
        Granted(await Account(minor).GuardianWithdraw((await guardian.SignsIn()).Session));
        session = await minor.SignInAnew();
        opened = cluster.Now;
        cluster.Clock.SetUtcNow(opened + TimeSpan.FromMinutes(10) + TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(recent ? null : RefusalCode.ReauthenticationRequired, (await Account(minor).Invite(session, ByWard(new Guardian(cluster)))).Refusal?.Code);
    }

    [Fact]
    public async Task An_account_that_an_earlier_release_left_without_its_guardian_and_with_an_answer_to_come_waits_as_any()
    {
        var (minor, guardian) = await Family();
        var (session, own) = (await cluster.Lose(minor), new Guardian(cluster));
        Granted(await Account(minor).Invite(session, ByWard(own)));
        await cluster.Forget(minor.AccountActor);
        var lostAt = cluster.Now;
        await cluster.Rewrite<AccountState>("account", minor.Key(), row => row with { Ward = row.Ward! with { LostAt = lostAt, LossToldAt = null } });
        await own.Agrees();
        await Account(minor).GuardianAnswered();
        Assert.Equal(GuardianshipState.Missing, Granted(await Account(minor).Guardianship(session)).State);
        cluster.Clock.SetUtcNow(lostAt + Wait);
        Assert.Equal(GuardianshipState.Standing, Granted(await Account(minor).Guardianship(await minor.SignInAnew())).State);
        _ = guardian;
    }

    private async Task<(Registrant Minor, Guardian Guardian)> Family()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await cluster.Wake(); // the place at the contact is kept until the birthday
        return (minor, await guardian.SignsIn());
    }

    private static async Task<Guardian> TrySignIn(Guardian guardian)
    {
        try { return await guardian.SignsIn(); }
        catch (Xunit.Sdk.XunitException) { return guardian; } // guardian of nobody: the session before is what is left
    }

    private Task<Outcome<AccountView>> Change(Registrant minor) => minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Other" });

    private async Task<string?[]> Acts(Registrant minor)
    {
        Assert.True(await minor.AccountActor.Flush());
        return [.. (await cluster.Entries(minor.Key())).Where(entry => entry.Kind == LedgerKinds.Guardianship).Select(entry => entry.Act)];
    }

    private string[] Told(Registrant minor) => [.. cluster.Delivery.Notices.Where(notice => notice.IdentifierKey == minor.IdentifierKey).Select(notice => notice.Text)];

    private IGuardedAccountGrain Account(Registrant minor) => cluster.GuardedAccount(minor);

    private static InviteByWard ByWard(Guardian guardian) => new()
    {
        Operation = NewId(), Fingerprint = "invite", To = guardian.Contact, Network = 9, PageAddress = "https://accounts.example.com",
    };
}
