using AiCloud.Accounts;
using AiCloud.Contacts;
using AiCloud.Delivery;
using AiCloud.Facts;
using AiCloud.Ledger;
using AiCloud.Names;
using AiCloud.Registration;
using AiCloud.Staff;
using AiCloud.Switches;
using Microsoft.Extensions.DependencyInjection;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>What a guardian is told of the account they answer for, whatever happens to messages (C2.1b).</summary>
public sealed class GuardianTellingTests(ContactsFixture cluster) : IClassFixture<ContactsFixture>
{
    private static readonly StaffActor Ann = new() { Staff = "ann" }, Bob = new() { Staff = "bob" };

    [Fact]
    public async Task Marks_on_facts_and_what_becomes_of_them_are_told()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        var facts = cluster.Grains.GetGrain<IAccountFacts>(minor.Key());
        var mark = Granted(await facts.MarkFact(Marking()));
        Told(guardian, "as guardian of the account", "is not right");
        Granted(await facts.ContestMark(minor.Session, new FactContest { Mark = mark.Id, Operation = NewId(), Words = "It is mine" }));
        Granted(await facts.AnswerContest(new FactMarkAct { Mark = mark.Id, Operation = NewId(), By = Bob }, accepted: false));
        Told(guardian, "was not accepted");
        cluster.Clock.SetUtcNow(mark.Deadline);
        await cluster.Wake();
        Told(guardian, "was not proven anew");
        Granted(await facts.WithdrawMark(new FactMarkAct { Mark = mark.Id, Operation = NewId(), By = Ann }));
        Told(guardian, "nothing is said any more");
        Assert.Empty((await cluster.Kept(minor.Key())).Tellings);
    }

    [Fact]
    public async Task A_name_that_is_not_allowed_any_more_and_another_birth_date_are_told()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        Granted(await minor.AccountActor.Change(minor.Session, new ChangeAccount { DisplayName = "Once allowed" }));
        Granted(await cluster.Grains.GetGrain<IAccountNames>(minor.Key()).JudgeName(new NameJudgement { Name = "Once allowed", Refused = true, Days = 30 }));
        Told(guardian, "is not allowed any more");
        // The one date that is typed and moves nothing: an account of an earlier release whose typed date is not the one on record.
        await cluster.Forget(minor.AccountActor);
        await cluster.Rewrite<AccountState>("account", minor.Key(), row => row with { Ward = row.Ward! with { AdultAt = Age.Reaches(minor.BirthDate.AddDays(1), 18) } });
        Granted(await minor.AccountActor.Change(minor.Session, new ChangeAccount { BirthDate = minor.BirthDate.AddDays(1) }));
        Told(guardian, "birth date of the account you are guardian of was stated anew");
        Assert.True(await minor.AccountActor.Flush());
        Assert.Equal("birth_date_stated", (await cluster.Entries(minor.Key()))[^1].Act);
        Refused(RefusalCode.BirthDateNeedsProof, await minor.AccountActor.Change(minor.Session, new ChangeAccount { BirthDate = minor.BirthDate }));
    }

    [Fact]
    public async Task Staff_who_stop_messages_put_a_telling_off_and_lose_none()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        var owner = new Owner(cluster, minor);
        await Pausing(async () =>
        {
            await owner.Add();
            Granted(await cluster.Grains.GetGrain<IAccountFacts>(minor.Key()).MarkFact(Marking()));
            Granted(await cluster.GuardedAccount(minor).ReportLoss(minor.Session));
            Assert.DoesNotContain(guardian.Messages, text => text.Contains("was changed", StringComparison.Ordinal) || text.Contains("reached", StringComparison.Ordinal) || text.Contains("not right", StringComparison.Ordinal));
            cluster.Clock.Advance(TimeSpan.FromMinutes(30));
            await cluster.Wake();
            Assert.Equal(3, (await cluster.Kept(minor.Key())).Tellings.Length);
        });
        // Kept in the row, not in memory.
        await cluster.Forget(minor.AccountActor);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await cluster.Wake();
        Told(guardian, "a contact of the account you are guardian of was changed");
        Told(guardian, "is not right");
        Told(guardian, "cannot be reached here any more");
        // The time to object begins when the guardian knows.
        var kept = await cluster.Kept(minor.Key());
        Assert.Equal((0, cluster.Now), (kept.Tellings.Length, kept.Ward!.LossToldAt!.Value));
        Assert.Equal(cluster.Now + TimeSpan.FromHours(72), Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session)).ReplacedFrom);
        await cluster.Wake();
        Assert.Single(guardian.Messages, text => text.Contains("was changed", StringComparison.Ordinal)); // once
    }

    [Fact]
    public async Task The_end_at_the_eighteenth_birthday_is_told_after_a_pause_too_and_the_address_goes_with_it()
    {
        var (minor, guardian) = await cluster.SignUpMinor(days: -364);
        await Pausing(async () =>
        {
            cluster.Clock.SetUtcNow(Age.Reaches(minor.BirthDate, 18));
            await cluster.Wake();
            var kept = await cluster.Kept(minor.Key());
            Assert.Equal((null, GuardianNews.OfAge), (kept.Ward, kept.Tellings.Single().News));
        });
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await cluster.Wake();
        Told(guardian, "has come of age");
        Assert.Empty((await cluster.Kept(minor.Key())).Tellings);
    }

    [Fact]
    public async Task A_guardian_who_withdrew_is_told_nothing_more()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        await Pausing(async () =>
        {
            Granted(await cluster.Grains.GetGrain<IAccountFacts>(minor.Key()).MarkFact(Marking()));
            Granted(await cluster.GuardedAccount(minor).GuardianWithdraw(guardian.Session));
        });
        Assert.Empty((await cluster.Kept(minor.Key())).Tellings);
    }

    [Fact]
    public async Task A_crash_after_the_decision_and_before_the_message_tells_it_when_the_row_falls_due()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await cluster.Forget(minor.AccountActor);
        await cluster.Rewrite<AccountState>("account", minor.Key(), row => row.WithNews(GuardianNews.NumberLost, cluster.Now));
        await cluster.Wake();
        Assert.DoesNotContain(guardian.Messages, text => text.Contains("is now somebody else's", StringComparison.Ordinal));
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        await cluster.Wake();
        Told(guardian, "is now somebody else's");
    }

    [Theory, InlineData(false), InlineData(true)] // the answer comes late, or is lost with the process
    public async Task A_channel_that_does_not_answer_told_nobody_that_they_are_called_lost_and_no_time_to_object_begins(bool lost)
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        var answer = Slowly(guardian);
        await Through(cluster.GuardedAccount(minor).ReportLoss(minor.Session));
        var kept = await cluster.Kept(minor.Key());
        Assert.Equal((GuardianNews.ContactLost, null), (kept.Tellings.Single().News, kept.Ward!.LossToldAt));
        if (lost) await cluster.Forget(minor.AccountActor);
        cluster.Delivery.BehaveToNotices(guardian.Contact.IdentifierKey, null);
        answer.SetResult(DeliveryState.HandedOver);
        await cluster.Wake();
        Assert.Null((await cluster.Kept(minor.Key())).Ward!.LossToldAt); // not before it is due
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await cluster.Wake();
        kept = await cluster.Kept(minor.Key());
        Assert.Equal((0, cluster.Now), (kept.Tellings.Length, kept.Ward!.LossToldAt!.Value));
        Assert.Equal(cluster.Now + TimeSpan.FromHours(72), Granted(await cluster.GuardedAccount(minor).Guardianship(await minor.SignInAnew())).ReplacedFrom);
        Assert.InRange(guardian.Messages.Count(text => text.Contains("cannot be reached here any more", StringComparison.Ordinal)), 1, lost ? 2 : 1);
    }

    [Theory, InlineData(-1, 1), InlineData(0, 0)]
    public async Task A_channel_that_fails_is_tried_for_a_day_and_then_the_address_goes(int milliseconds, int kept)
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Delivery.BehaveToNotices(guardian.Contact.IdentifierKey, _ => throw new InvalidOperationException("down"));
        Granted(await cluster.Grains.GetGrain<IAccountFacts>(minor.Key()).MarkFact(Marking()));
        Granted(await cluster.GuardedAccount(minor).ReportLoss(minor.Session));
        cluster.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMilliseconds(milliseconds));
        await cluster.Wake();
        var row = await cluster.Kept(minor.Key());
        Assert.Equal(kept, row.Tellings.Count(telling => telling.News == GuardianNews.FactMarked));
        // Who is called lost and was never told is told as long as it takes: no time of theirs has begun.
        Assert.Single(row.Tellings, telling => telling.News == GuardianNews.ContactLost);
        Assert.Null(row.Ward!.LossToldAt);
        cluster.Delivery.BehaveToNotices(guardian.Contact.IdentifierKey, null);
        cluster.Clock.Advance(kept == 1 ? TimeSpan.FromMinutes(15) : TimeSpan.FromDays(1));
        await cluster.Wake();
        Told(guardian, "cannot be reached here any more");
        Assert.Equal(kept == 1, guardian.Messages.Any(text => text.Contains("is not right", StringComparison.Ordinal)));
        Assert.Equal(cluster.Now, (await cluster.Kept(minor.Key())).Ward!.LossToldAt!.Value);
    }

    [Fact]
    public async Task Messages_that_staff_stopped_for_longer_than_a_day_are_not_given_up()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await Pausing(async () =>
        {
            Granted(await cluster.Grains.GetGrain<IAccountFacts>(minor.Key()).MarkFact(Marking()));
            cluster.Clock.Advance(TimeSpan.FromHours(13));
            await cluster.Wake();
        });
        await Pausing(async () => // thrown again
        {
            cluster.Clock.Advance(TimeSpan.FromHours(13));
            await cluster.Wake();
        });
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await cluster.Wake();
        Told(guardian, "is not right");
    }

    [Fact]
    public async Task What_begins_no_term_is_left_to_a_slow_channel_and_what_is_put_off_waits_for_its_time()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        var answer = Slowly(guardian);
        var facts = cluster.Grains.GetGrain<IAccountFacts>(minor.Key());
        var mark = await Through(facts.MarkFact(Marking()));
        Assert.Empty((await cluster.Kept(minor.Key())).Tellings);
        answer.SetResult(DeliveryState.HandedOver);
        var tries = 0;
        cluster.Delivery.BehaveToNotices(guardian.Contact.IdentifierKey, message => message.Text.Contains("cannot be reached", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"down {++tries}") : Task.FromResult(DeliveryState.HandedOver));
        Granted(await cluster.GuardedAccount(minor).ReportLoss(minor.Session));
        Granted(await facts.WithdrawMark(new FactMarkAct { Mark = mark.Id, Operation = NewId(), By = Ann }));
        Told(guardian, "nothing is said any more");
        Assert.Equal(1, tries); // what failed just now is not tried by whatever else is to be told
    }

    [Fact]
    public void Every_news_has_its_words_in_both_languages()
    {
        var words = new HashSet<string>();
        foreach (var locale in new[] { "en", "zh-CN" })
            foreach (var news in Enum.GetValues<GuardianNews>())
            {
                var telling = new GuardianTelling(news, cluster.Now, cluster.Now, new TellingAddress("k", Identifiers.IdentifierKind.Phone, []))
                {
                    Fact = AccountFact.Phone, Deadline = cluster.Now.AddDays(1), Document = cluster.Texts[0].Reference,
                };
                var text = GuardianTexts.Of(telling, cluster.Texts[0], TimeSpan.FromHours(72), cluster.Now, locale);
                Assert.True(words.Add(text), text);
                Assert.Equal(locale == "en", text.Contains("AI Cloud:", StringComparison.Ordinal));
            }
    }

    /// <summary>From now on the channel takes messages and does not answer until it is told to.</summary>
    private TaskCompletionSource<DeliveryState> Slowly(Guardian guardian)
    {
        var answer = new TaskCompletionSource<DeliveryState>(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Delivery.BehaveToNotices(guardian.Contact.IdentifierKey, _ => answer.Task);
        return answer;
    }

    private async Task<T> Through<T>(Task<Outcome<T>> call) where T : class
    {
        while (!call.IsCompleted)
        {
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        return Granted(await call);
    }

    private static void Told(Guardian guardian, params string[] words) =>
        Assert.Contains(guardian.Messages, text => words.All(word => text.Contains(word, StringComparison.Ordinal)));

    private async Task Pausing(Func<Task> act)
    {
        var switches = cluster.Grains.GetGrain<ISwitchesGrain>(ISwitchesGrain.Key);
        var board = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<SwitchBoard>();
        var name = SwitchNames.OfPurpose(SendPurposes.Guardian);
        Assert.Null((await switches.Throw(NewId(), new SwitchOrder { Name = name, Reason = "incident", EndsAt = cluster.Now.AddHours(20) }, Ann)).Refusal);
        board.Take(await switches.Published(null));
        try { await act(); }
        finally
        {
            await switches.TakeBack(NewId(), name, Ann);
            board.Take(await switches.Published(null));
        }
    }

    private static FactMarking Marking() => new() { Operation = NewId(), Id = NewId(), Fact = AccountFact.Email, Fault = FactFault.Outdated, Reference = "case 4711", By = Ann };
}
