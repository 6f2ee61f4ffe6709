using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Contacts;
using AiCloud.Guardians;
using AiCloud.Identity;
using AiCloud.Ledger;
using AiCloud.PersonalData;
using AiCloud.Reauthentication;
using AiCloud.Registration;
using AiCloud.Shredding;
using static AiCloud.Identity.IdentityCluster;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Endings;

/// <summary>Endings that a guardian decides, or an age that a proof shows (C2.1b, C2.5d, C2.5e, L-15).</summary>
public sealed class EndingTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>, IAsyncLifetime
{
    private static readonly TimeSpan CoolingOff = TimeSpan.FromDays(15);
    private static readonly ActOfUse Use = new() { Kind = ActsOfUse.AccountChange, Language = "en", Channel = "web", Network = 1 };

    public ValueTask InitializeAsync()
    {
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task C2_5d_what_a_guardian_cancelled_ends_for_good_after_the_cooling_off_and_not_a_moment_before()
    {
        var (minor, guardian) = await Family();
        var ending = Granted(await Account(minor).GuardianCancel(guardian.Session, NewId())).Guardianship.Ending!;
        Assert.Equal((EndingGrounds.Guardian, cluster.Now, cluster.Now + CoolingOff), (ending.Ground, ending.Since, ending.At));
        Assert.Contains(Told(minor), text => text.Contains("your guardian has cancelled", StringComparison.Ordinal));
        Assert.Contains("cancelled by you", guardian.Messages[^1], StringComparison.Ordinal);
        // Meanwhile the minor reads and takes a copy along, and nothing else.
        Refused(RefusalCode.AccountLimited, await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "No" }));
        Assert.Contains("export", Granted(await minor.AccountActor.Sessions(minor.Session)).Single().Allowed);
        Assert.Equal(ending, Granted(await Account(minor).Guardianship(minor.Session)).Ending);

        cluster.Clock.Advance(TimeSpan.FromDays(10));
        Granted(await minor.AccountActor.View(minor.Session)); // a session that nobody uses ends by itself
        cluster.Clock.Advance(ending.At - cluster.Now - TimeSpan.FromMilliseconds(1));
        Granted(await minor.AccountActor.View(minor.Session));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Refused(RefusalCode.NotFound, await minor.AccountActor.View(minor.Session)); // by clock: nobody waits for a reminder
        Refused(RefusalCode.NotFound, await Account(minor).GuardianTakeBack(guardian.Session));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.Wake();

        var row = await cluster.Row(minor);
        Assert.Equal((AccountPhase.Ended, null, null, null), (row.Phase, row.AccountKey, row.Ward, row.Planned));
        Assert.NotNull(row.EvidenceKey);
        Assert.Contains(AccountKeys.Of(minor.Account), cluster.Shredded.Accounts);
        Assert.Null((await minor.Identifier.Standing()).Owner);
        Assert.Empty((await guardian.ContactActor.Session(guardian.Session)).Value?.Accounts ?? []);
        Assert.Single(Told(minor), text => text.Contains("the account has ended", StringComparison.Ordinal));
        Assert.Contains("the account has ended", guardian.Messages[^1], StringComparison.Ordinal);
        Assert.True(await minor.AccountActor.Flush());
        var chain = await cluster.Entries(minor.Key());
        Assert.Equal(["guardian_cancelled", "guardian"], chain.Where(entry => entry.Act == "guardian_cancelled" || entry.Kind == LedgerKinds.Ended).Select(entry => entry.Act));
        Assert.NotEqual(minor.Account, (await cluster.NewPerson(minor.Contact).SignUp()).Account);
    }

    [Fact]
    public async Task A_cancellation_can_be_taken_back_and_saying_it_again_neither_hastens_nor_delays_it()
    {
        var (minor, guardian) = await Family();
        var first = Granted(await Account(minor).GuardianCancel(guardian.Session, NewId())).Guardianship.Ending!;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, Granted(await Account(minor).GuardianCancel(guardian.Session, NewId())).Guardianship.Ending);
        cluster.Clock.Advance(TimeSpan.FromHours(1)); // taking back protects, and asks for no new code
        Assert.Null(Granted(await Account(minor).GuardianTakeBack(guardian.Session)).Guardianship.Ending);
        Granted(await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Yes" }));
        Assert.Contains(Told(minor), text => text.Contains("was taken back", StringComparison.Ordinal));
        cluster.Clock.Advance(CoolingOff);
        await cluster.Wake();
        Assert.Equal(AccountPhase.Open, (await cluster.Row(minor)).Phase);
    }

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public async Task S_06_ending_and_taking_data_along_need_a_code_of_the_last_ten_minutes(int milliseconds, bool recent)
    {
        var (minor, guardian) = await Family();
        var opened = cluster.Now;
        var copy = Granted(await Account(minor).GuardianRequestExport(guardian.Session, NewId()));
        await Ready(minor, guardian, copy.Id);
        cluster.Clock.Advance(opened + TimeSpan.FromMinutes(10) - cluster.Now + TimeSpan.FromMilliseconds(milliseconds));
        RefusalCode? needed = recent ? null : RefusalCode.ReauthenticationRequired;
        Assert.Equal(needed, (await Account(minor).GuardianDownloadExport(guardian.Session, copy.Id)).Refusal?.Code);
        Assert.Equal(needed, (await Account(minor).GuardianRequestExport(guardian.Session, NewId())).Refusal?.Code);
        Assert.Equal(needed, (await Account(minor).GuardianCancel(guardian.Session, NewId())).Refusal?.Code);
        Granted(await Account(minor).GuardianView(guardian.Session));
    }

    [Fact]
    public async Task C2_1b_the_guardians_copy_is_the_minors_whole_one_and_the_minor_is_told()
    {
        var (minor, guardian) = await Family();
        var operation = NewId();
        var copy = Granted(await Account(minor).GuardianRequestExport(guardian.Session, operation));
        await Ready(minor, guardian, copy.Id);
        var json = System.Text.Encoding.UTF8.GetString(Granted(await Account(minor).GuardianDownloadExport(guardian.Session, copy.Id)).Json);
        Assert.Contains(minor.Contact.Address, json, StringComparison.Ordinal);
        Assert.DoesNotContain(guardian.Contact.Contact.Address, json, StringComparison.Ordinal);
        Assert.Single(Told(minor), text => text.Contains("asked for a copy", StringComparison.Ordinal));
        Assert.Equal(copy.Id, Granted(await Account(minor).GuardianRequestExport(guardian.Session, operation)).Id); // a repeat is the same copy
        Assert.True(await minor.AccountActor.Flush());
        Assert.Single(await cluster.Entries(minor.Key()), entry => entry.Act == "guardian_asked_for_copy");
        // It counts in the minor's three a day.
        await Ready(minor, guardian, Granted(await Account(minor).GuardianRequestExport(guardian.Session, NewId())).Id);
        await Ready(minor, guardian, Granted(await Account(minor).GuardianRequestExport(guardian.Session, NewId())).Id);
        Refused(RefusalCode.ExportLimit, await Account(minor).GuardianRequestExport(guardian.Session, NewId()));
        cluster.Clock.Advance(TimeSpan.FromHours(24));
        await guardian.SignsIn();
        var latest = Granted(await Account(minor).GuardianExport(guardian.Session, null));
        Assert.Equal(ExportState.Expired, latest.State);
        Refused(RefusalCode.ExportExpired, await Account(minor).GuardianDownloadExport(guardian.Session, latest.Id));
    }

    [Theory, InlineData(-1, false), InlineData(0, true)]
    public async Task For_seven_days_after_a_change_nothing_is_taken_along_or_ended(int milliseconds, bool allowed)
    {
        var (minor, guardian) = await Family();
        await cluster.Forget(minor.AccountActor);
        var changed = cluster.Now;
        await cluster.Rewrite<AccountState>("account", AccountKeys.Of(minor.Account), row => row with { Security = row.Security with { ChangedAt = changed } });
        cluster.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5));
        await guardian.SignsIn();
        cluster.Clock.Advance(changed + TimeSpan.FromDays(7) - cluster.Now + TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(allowed ? null : RefusalCode.ExportTooSoon, (await Account(minor).GuardianRequestExport(guardian.Session, NewId())).Refusal?.Code);
        Assert.Equal(allowed ? null : RefusalCode.EndingTooSoon, (await Account(minor).GuardianCancel(guardian.Session, NewId())).Refusal?.Code);
    }

    [Theory, InlineData(-1, false), InlineData(0, true)]
    public async Task A_copy_that_was_ready_before_a_change_is_held_back_until_seven_days_are_over(int milliseconds, bool allowed)
    {
        var (minor, guardian) = await Family();
        var copy = Granted(await Account(minor).GuardianRequestExport(guardian.Session, NewId()));
        await Ready(minor, guardian, copy.Id);
        // As if the change had been nearly seven days ago: a copy is kept for 24 hours, and longer only where an operator says so.
        await cluster.Forget(minor.AccountActor);
        var changed = cluster.Now + TimeSpan.FromMinutes(5) - TimeSpan.FromDays(7);
        await cluster.Rewrite<AccountState>("account", AccountKeys.Of(minor.Account), row => row with { Security = row.Security with { ChangedAt = changed } });
        cluster.Clock.Advance(changed + TimeSpan.FromDays(7) - cluster.Now + TimeSpan.FromMilliseconds(milliseconds));
        RefusalCode? refused = allowed ? null : RefusalCode.ExportTooSoon;
        Assert.Equal(refused, (await Account(minor).GuardianDownloadExport(guardian.Session, copy.Id)).Refusal?.Code);
        Assert.Equal(refused, (await Data(minor).DownloadExport(minor.Session, copy.Id)).Refusal?.Code);
        Assert.Equal(allowed, Granted(await Account(minor).GuardianExport(guardian.Session, copy.Id)).HeldUntil is null);
    }

    // The attack: whoever holds the minor's session calls the guardian lost and names somebody of their own.
    [Fact]
    public async Task A_guardian_named_later_waits_seven_days_before_taking_data_along_or_ending()
    {
        var (minor, guardian) = await Family();
        var session = await cluster.Lose(minor);
        var other = new Guardian(cluster);
        Granted(await Account(minor).Invite(session, ByWard(other)));
        await other.Agrees();
        Granted(await Account(minor).Guardianship(session));
        await KeepsPlace(minor);
        await other.SignsIn();
        Refused(RefusalCode.ExportTooSoon, await Account(minor).GuardianRequestExport(other.Session, NewId()));
        // Nor one that the minor has: the wait is the new guardian's alone.
        Granted(await Reauthentication(minor).Reauthenticate(minor.Session, new ReauthenticationCall { Operation = NewId(), Attempt = NewId() }, minor.PasswordHash));
        var own = Granted(await Data(minor).RequestExport(minor.Session, NewId()));
        await Ready(minor, other, own.Id);
        Granted(await Data(minor).DownloadExport(minor.Session, own.Id));
        Refused(RefusalCode.ExportTooSoon, await Account(minor).GuardianDownloadExport(other.Session, own.Id));
        Refused(RefusalCode.EndingTooSoon, await Account(minor).GuardianCancel(other.Session, NewId()));
        Refused(RefusalCode.NotFound, await Account(minor).GuardianCancel(guardian.Session, NewId())); // nor can the former one
        cluster.Clock.Advance(TimeSpan.FromDays(7));
        await other.SignsIn();
        Granted(await Account(minor).GuardianCancel(other.Session, NewId()));
    }

    [Fact]
    public async Task Nobody_but_this_accounts_guardian_ends_it()
    {
        var (minor, _) = await Family();
        var (other, stranger) = await Family();
        Refused(RefusalCode.NotFound, await Account(minor).GuardianCancel(stranger.Session, NewId()));
        Refused(RefusalCode.NotFound, await Account(minor).GuardianRequestExport(stranger.Session, NewId()));
        Refused(RefusalCode.NotFound, await Account(minor).GuardianCancel(new GuardianProof { IdentifierKey = minor.IdentifierKey, Session = minor.Session.Session, SecretDigest = minor.Session.SecretDigest }, NewId()));
        Assert.Null(Granted(await Account(other).GuardianView(stranger.Session)).Guardianship.Ending);
    }

    [Fact]
    public async Task Calling_the_guardians_contact_lost_undoes_no_cancellation_and_a_withdrawal_does()
    {
        var (minor, guardian) = await Family();
        Granted(await Account(minor).GuardianCancel(guardian.Session, NewId()));
        Granted(await Account(minor).ReportLoss(minor.Session));
        Assert.NotNull((await cluster.Row(minor)).Planned);
        Granted(await Account(minor).GuardianWithdraw(guardian.Session));
        Assert.Null((await cluster.Row(minor)).Planned); // who decides nothing any more ends nothing
    }

    [Fact]
    public async Task Who_comes_of_age_in_the_cooling_off_decides_by_themselves()
    {
        var (minor, guardian) = await Family(days: -360);
        Granted(await Account(minor).GuardianCancel(guardian.Session, NewId()));
        cluster.Clock.Advance(TimeSpan.FromDays(6));
        await cluster.Wake();
        var row = await cluster.Row(minor);
        Assert.Equal((AccountPhase.Open, null, null), (row.Phase, row.Planned, row.Ward));
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_an_ending_is_taken_up_and_everybody_is_told_once()
    {
        var (minor, guardian) = await Family();
        Granted(await Account(minor).GuardianCancel(guardian.Session, NewId()));
        cluster.Clock.Advance(CoolingOff);
        cluster.Shredded.Failing = 1;
        await Assert.ThrowsAnyAsync<Exception>(() => minor.AccountActor.Settle());
        Assert.Equal(AccountPhase.Ending, (await cluster.Row(minor)).Phase);
        await cluster.Forget(minor.AccountActor);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.Wake();
        Assert.Equal(AccountPhase.Ended, (await cluster.Row(minor)).Phase);
        Assert.Single(Told(minor), text => text.Contains("the account has ended", StringComparison.Ordinal));
    }

    [Theory, InlineData(0, false), InlineData(1, true)] // days younger than 14 in Shanghai
    public async Task L_15_an_account_whose_holder_is_proven_to_be_below_fourteen_is_erased_promptly(int younger, bool ends)
    {
        var person = await cluster.Person(new DateOnly(1990, 5, 17));
        var right = Age.ShanghaiDay(cluster.Now).AddYears(-14).AddDays(younger);
        await cluster.Submit(person, ByCard(NewCard(right), birth: right));
        var planned = (await cluster.Row(person)).Planned;
        Assert.Equal(ends ? EndingGrounds.UnderAge : null, planned?.Ground);
        Assert.Equal(AccountStanding.Limited, Granted(await person.AccountActor.View(person.Session)).Standing); // below 16 nothing can be used either way
        if (!ends) return;
        Assert.Equal(cluster.Now + TimeSpan.FromHours(24), planned!.At);
        Assert.Contains(Told(person), text => text.Contains("below 14", StringComparison.Ordinal));
        Assert.Contains("export", Granted(await person.AccountActor.Sessions(person.Session)).Single().Allowed);
        cluster.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await cluster.Wake();
        Assert.Equal((AccountPhase.Ended, null), ((await cluster.Row(person)).Phase, (await person.Identifier.Standing()).Owner));
        Assert.True(await person.AccountActor.Flush());
        Assert.Equal(EndingGrounds.UnderAge, (await cluster.Entries(person.Key()))[^1].Act);
    }

    // The guardian's cancellation is about to end it; taking it back, or withdrawing, must not save an account that the law wants gone.
    [Theory, InlineData(true), InlineData(false)]
    public async Task L_15_what_a_proof_below_fourteen_ends_the_guardian_hears_of_and_saves_by_taking_nothing_back(bool takesBack)
    {
        var (minor, guardian) = await Family();
        await cluster.Consent(minor, given: true);
        Granted(await Account(minor).GuardianCancel(guardian.Session, NewId()));
        var ends = cluster.Now + CoolingOff;
        cluster.Clock.SetUtcNow(ends - TimeSpan.FromHours(5));
        var session = await minor.SignInAnew();
        var right = Age.ShanghaiDay(cluster.Now).AddYears(-14).AddDays(1);
        Granted(await cluster.Actor(minor).Submit(session, ByCard(NewCard(right), birth: right)));
        Assert.Equal((EndingGrounds.UnderAge, ends), ((await cluster.Row(minor)).Planned!.Ground, (await cluster.Row(minor)).Planned!.At));
        Assert.Contains(guardian.Messages, text => text.Contains("the minor you are guardian of below 14", StringComparison.Ordinal));
        await guardian.SignsIn();
        if (takesBack) Assert.Equal(EndingGrounds.UnderAge, Granted(await Account(minor).GuardianTakeBack(guardian.Session)).Guardianship.Ending!.Ground);
        else Granted(await Account(minor).GuardianWithdraw(guardian.Session));
        cluster.Clock.SetUtcNow(ends + TimeSpan.FromSeconds(1));
        await cluster.Wake();
        Assert.Equal(AccountPhase.Ended, (await cluster.Row(minor)).Phase);
    }

    [Fact]
    public async Task L_15_another_proof_that_shows_another_age_takes_the_ending_back()
    {
        var person = await cluster.Person(new DateOnly(1990, 5, 17));
        var (wrong, right) = (Age.ShanghaiDay(cluster.Now).AddYears(-13), new DateOnly(1990, 5, 17));
        await cluster.Submit(person, ByCard(NewCard(wrong), birth: wrong));
        Assert.NotNull((await cluster.Row(person)).Planned);
        await cluster.Submit(person, ByCard(NewCard(right), birth: right));
        var row = await cluster.Row(person);
        Assert.Equal((null, null), (row.Planned, row.Ward));
        Assert.Equal(AccountPhase.Open, row.Phase);
    }

    [Theory]
    [InlineData(17, GuardianshipState.Missing, GuardianLoss.NeverNamed)]
    [InlineData(18, GuardianshipState.NotNeeded, null)]
    [InlineData(15, GuardianshipState.UnderAge, GuardianLoss.NeverNamed)]
    public async Task C2_1b_a_proof_that_changes_the_age_re_decides_the_guardian_in_the_same_write(int years, GuardianshipState state, GuardianLoss? loss)
    {
        var born = new DateOnly(1990, 5, 17);
        var (plain, person) = (await cluster.Person(born), await cluster.Person(born));
        var right = Age.ShanghaiDay(cluster.Now).AddYears(-years);
        var asAny = await Writes(plain, () => cluster.Submit(plain, ByCard(NewCard(born))));
        Assert.Equal(asAny, await Writes(person, () => cluster.Submit(person, ByCard(NewCard(right), birth: right))));
        var view = Granted(await Account(person).Guardianship(person.Session));
        Assert.Equal((state, loss), (view.State, view.Loss));
        var row = await cluster.Row(person);
        Assert.Equal((true, years < 18), (row.Identity!.Proof is not null, row.Ward is not null));
        if (years == 17) Refused(RefusalCode.GuardianRequired, await person.AccountActor.Change(person.Session with { Act = Use }, new ChangeAccount { DisplayName = "No" }));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task C2_1a_an_account_limited_for_its_holders_age_is_freed_by_the_clock_on_the_sixteenth_birthday(bool asleep)
    {
        var person = await cluster.Person(new DateOnly(1990, 5, 17));
        var right = Age.ShanghaiDay(cluster.Now).AddYears(-16).AddDays(1);
        var birthday = Age.Reaches(right, 16);
        await cluster.Submit(person, ByCard(NewCard(right), birth: right));
        cluster.Clock.Advance(birthday - cluster.Now - TimeSpan.FromMilliseconds(1));
        await cluster.Wake();
        var before = Granted(await Account(person).Guardianship(person.Session));
        Assert.Equal((GuardianshipState.UnderAge, birthday), (before.State, before.OldEnoughAt!.Value));
        Refused(RefusalCode.UnderAge, await person.AccountActor.Change(person.Session with { Act = Use }, new ChangeAccount { DisplayName = "No" }));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        // Who asks is told by clock; what wakes the account only writes it down.
        if (!asleep) await cluster.Wake();
        var after = Granted(await Account(person).Guardianship(person.Session));
        Assert.Equal((GuardianshipState.Missing, null, birthday.AddDays(30)), (after.State, after.OldEnoughAt, after.NameBy!.Value));
        Refused(RefusalCode.GuardianRequired, await person.AccountActor.Change(person.Session with { Act = Use }, new ChangeAccount { DisplayName = "No" }));
        if (asleep) return;
        Assert.Null((await cluster.Row(person)).Ward!.OldEnoughAt);
        await cluster.Wake();
        Assert.Single(Told(person), text => text.Contains("you have turned 16", StringComparison.Ordinal));
        Assert.True(await person.AccountActor.Flush());
        Assert.Equal("guardianship_re_decided", (await cluster.Entries(person.Key()))[^1].Act);
    }

    [Fact]
    public async Task C2_1a_with_a_guardian_the_account_can_be_used_from_the_sixteenth_birthday_on()
    {
        var (minor, guardian) = await Family();
        await cluster.Consent(minor, given: true);
        var right = Age.ShanghaiDay(cluster.Now).AddYears(-16).AddDays(1);
        await cluster.Submit(minor, ByCard(NewCard(right), birth: right));
        Refused(RefusalCode.UnderAge, await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "No" }));
        cluster.Clock.Advance(Age.Reaches(right, 16) - cluster.Now);
        await cluster.Wake();
        Granted(await minor.AccountActor.Change(minor.Session with { Act = Use }, new ChangeAccount { DisplayName = "Yes" }));
        Assert.Contains(guardian.Messages, text => text.Contains("has turned 16", StringComparison.Ordinal));
    }

    [Fact]
    public async Task C2_1b_a_minor_who_is_proven_to_be_of_age_has_no_guardian_from_that_write_on()
    {
        var (minor, guardian) = await Family();
        await cluster.Consent(minor, given: true);
        var right = Age.ShanghaiDay(cluster.Now).AddYears(-18);
        await cluster.Submit(minor, ByCard(NewCard(right), birth: right));
        Assert.Equal(GuardianshipState.OfAge, Granted(await Account(minor).Guardianship(minor.Session)).State);
        Refused(RefusalCode.NotFound, await Account(minor).GuardianView(guardian.Session));
        Refused(RefusalCode.NotFound, await Account(minor).GuardianCancel(guardian.Session, NewId()));
        Assert.Equal((null, true), ((await cluster.Row(minor)).Ward, (await cluster.Row(minor)).OfAgeSince is not null));
        Assert.Single(guardian.Messages, text => text.Contains("has come of age", StringComparison.Ordinal));
    }

    private async Task<(Registrant Minor, Guardian Guardian)> Family(int days = 0)
    {
        var (minor, guardian) = await cluster.SignUpMinor(days: days);
        await KeepsPlace(minor);
        await guardian.SignsIn();
        return (minor, guardian);
    }

    // The place at the guardian's contact is kept until the birthday a minute after the guardian stands.
    private async Task KeepsPlace(Registrant minor)
    {
        cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await minor.AccountActor.Settle();
    }

    private async Task Ready(Registrant minor, Guardian guardian, string copy)
    {
        for (var ticks = 0; Granted(await Account(minor).GuardianExport(guardian.Session, copy)).State == ExportState.Preparing; ticks++)
        {
            Assert.True(ticks < 10_000, "The copy was not made.");
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(1)); // a part a tick
        }
    }

    private async Task<int> Writes(Registrant person, Func<Task> act)
    {
        var before = cluster.Faults.Writes("account", AccountKeys.Of(person.Account));
        await act();
        return cluster.Faults.Writes("account", AccountKeys.Of(person.Account)) - before;
    }

    private string[] Told(Registrant person) => [.. cluster.Delivery.Notices.Where(notice => notice.IdentifierKey == person.IdentifierKey).Select(notice => notice.Text)];

    private IAccountReauthentication Reauthentication(Registrant person) => cluster.Grains.GetGrain<IAccountReauthentication>(AccountKeys.Of(person.Account));

    private IAccountData Data(Registrant person) => cluster.Grains.GetGrain<IAccountData>(AccountKeys.Of(person.Account));

    private IGuardedAccountGrain Account(Registrant person) => cluster.GuardedAccount(person);

    private static InviteByWard ByWard(Guardian guardian) => new()
    {
        Operation = NewId(), Fingerprint = "invite", To = guardian.Contact, Network = 9, PageAddress = "https://accounts.example.com",
    };
}
