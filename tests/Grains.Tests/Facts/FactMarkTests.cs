using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Consent;
using AiCloud.Identifiers;
using AiCloud.Ledger;
using AiCloud.Registration;
using AiCloud.Services;
using AiCloud.Staff;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Facts;

/// <summary>Facts marked false or outdated, through the actors of two silos (C2.1g).</summary>
public sealed class FactMarkTests(TwoSilosFixture cluster) : IClassFixture<TwoSilosFixture>
{
    private static readonly StaffActor Ann = new() { Staff = "ann" }, Bo = new() { Staff = "bo" };
    private static readonly UseReport NeedsEmail = new() { ServiceType = "storage", Operation = "upload", Used = true, Needs = [new ServiceNeed { Fact = NeededFact.Email }] };

    [Fact]
    public async Task C2_1g_what_needs_a_marked_fact_works_until_the_deadline_and_not_at_it_and_the_rest_goes_on()
    {
        var person = await cluster.NewPerson().SignUp();
        var mark = await Mark(person, AccountFact.Email);
        Assert.Equal(cluster.Now.AddDays(15), mark.Deadline);
        cluster.Clock.Advance(mark.Deadline - cluster.Now - TimeSpan.FromMilliseconds(1));
        Assert.True(Granted(await person.AccountActor.Use(NeedsEmail)).Allowed);
        Assert.Equal(FactStanding.Marked, await Standing(person, AccountFact.Email));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var refused = Granted(await person.AccountActor.Use(NeedsEmail));
        Assert.Equal((false, AccountStanding.Limited), (refused.Allowed, refused.Standing));
        Assert.Equal(["email"], refused.Missing);
        Assert.True(Granted(await person.AccountActor.Use(NeedsEmail with { Needs = [] })).Allowed);
        Assert.Equal(FactStanding.Restricted, await Standing(person, AccountFact.Email));
        Assert.True(Granted(await person.AccountActor.Change(await Session(person), new ChangeAccount { Locale = "zh-CN" })).FactsMarked is [AccountFact.Email]);
    }

    [Fact]
    public async Task C2_1g_the_row_s_due_makes_the_restriction_durable_once_and_tells_of_it()
    {
        var person = await cluster.NewPerson().SignUp();
        var mark = await Mark(person, AccountFact.Email);
        var told = Told(person);
        cluster.Clock.Advance(mark.Deadline - cluster.Now - TimeSpan.FromSeconds(1));
        await cluster.Wake();
        Assert.DoesNotContain("restricted", await Entries(person));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.Forget(person.AccountActor);
        await cluster.Wake();
        await cluster.Wake();
        Assert.Single(await Entries(person), "restricted");
        Assert.Equal(told + 1, Told(person));
        Granted(await Facts(person).WithdrawMark(new FactMarkAct { Operation = NewId(), Mark = mark.Id, By = Ann }));
        Assert.True(Granted(await person.AccountActor.Use(NeedsEmail)).Allowed);
    }

    [Fact]
    public async Task C2_1g_at_the_very_deadline_uses_on_two_silos_are_decided_by_its_instant_alone()
    {
        for (var round = 0; round < 5; round++)
        {
            var person = await cluster.NewPerson().SignUp();
            var mark = await Mark(person, AccountFact.Email, days: 1);
            cluster.Clock.Advance(mark.Deadline - cluster.Now - TimeSpan.FromMilliseconds(1));
            var crossed = false;
            var clients = cluster.Cluster.Silos.Select(silo => cluster.Cluster.GetSiloServiceProvider(silo.SiloAddress)).Select(services => (IGrainFactory)services.GetService(typeof(IGrainFactory))!).Append(cluster.Grains).ToArray();
            var uses = Enumerable.Range(0, 60).Select(i => Task.Factory.StartNew(async () =>
            {
                var after = Volatile.Read(ref crossed);
                if (i % 10 == 9) await clients[i % 3].GetGrain<IAccountGrain>(AccountKeys.Of(person.Account)).Settle();
                return (After: after, Granted(await clients[i % 3].GetGrain<IAccountGrain>(AccountKeys.Of(person.Account)).Use(NeedsEmail)).Allowed);
            }, TaskCreationOptions.LongRunning).Unwrap()).ToList();
            var moving = Task.Factory.StartNew(() => { cluster.Clock.Advance(TimeSpan.FromMilliseconds(1)); Volatile.Write(ref crossed, true); }, TaskCreationOptions.LongRunning);
            var answers = await Task.WhenAll(uses);
            await moving;
            Assert.DoesNotContain(answers, answer => answer.After && answer.Allowed);
            Assert.False(Granted(await person.AccountActor.Use(NeedsEmail)).Allowed);
            await person.AccountActor.Settle();
            Assert.Single(await Entries(person), "restricted");
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task C2_1g_a_code_to_the_contact_lifts_at_once_before_and_after_the_deadline(bool after)
    {
        var person = await cluster.NewPerson().SignUp();
        var mark = await Mark(person, AccountFact.Email);
        cluster.Clock.Advance(after ? mark.Deadline - cluster.Now : TimeSpan.FromDays(1));
        var session = await Session(person);
        var proven = Proven(person, session);
        var view = Granted(await Facts(person).ProveContact(session, proven));
        Assert.Equal(FactStanding.Stands, view.Facts.Single(fact => fact.Fact == AccountFact.Email).Standing);
        Assert.Equal((FactMarkEnding.Proven, cluster.Now), (view.Marks.Single().Ending!.Value, view.Marks.Single().EndedAt!.Value));
        Assert.True(Granted(await person.AccountActor.Use(NeedsEmail)).Allowed);
        Assert.Single(await Entries(person), "proven");

        // The code has acted: it proves no second time.
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await Mark(person, AccountFact.Email);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = Granted(await Facts(person).ProveContact(session, proven));
        Assert.Equal(FactStanding.Marked, again.Facts.Single(fact => fact.Fact == AccountFact.Email).Standing);
    }

    [Fact]
    public async Task C2_1g_a_code_for_another_purpose_session_or_contact_proves_nothing()
    {
        var person = await cluster.NewPerson().SignUp();
        await Mark(person, AccountFact.Email);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var session = await Session(person);
        var proven = Proven(person, session);
        foreach (var wrong in new[] { proven with { Purpose = ChallengePurpose.Reauthentication }, proven with { Subject = "another" }, proven with { IdentifierKey = "email.l1.another" }, proven with { ExpiresAt = cluster.Now } })
            Refused(RefusalCode.NotFound, await Facts(person).ProveContact(session, wrong));
        Assert.Equal(FactStanding.Marked, await Standing(person, AccountFact.Email));
    }

    [Fact]
    public async Task C2_1g_an_objection_is_answered_by_another_than_who_marked_and_accepted_it_lifts()
    {
        var person = await cluster.NewPerson().SignUp();
        var (mark, session) = (await Mark(person, AccountFact.Email), await Session(person));
        var answer = new FactMarkAct { Operation = NewId(), Mark = mark.Id, By = Bo };
        Refused(RefusalCode.NothingContested, await Facts(person).AnswerContest(answer, accepted: true));
        var contest = new FactContest { Operation = NewId(), Mark = mark.Id, Words = "It is mine." };
        Granted(await Facts(person).ContestMark(session, contest));
        Granted(await Facts(person).ContestMark(session, contest)); // the answer was lost
        Refused(RefusalCode.IdempotencyKeyReused, await Facts(person).ContestMark(session, contest with { Words = "Something else." }));
        Refused(RefusalCode.AlreadyContested, await Facts(person).ContestMark(session, contest with { Operation = NewId() }));
        var seen = Granted(await Facts(person).FactsForStaff()).Marks.Single();
        Assert.Equal(("It is mine.", "case 4711", "ann"), (seen.Words, seen.Reference, seen.By));
        Assert.Null(Granted(await Facts(person).StandingOfFacts(session)).Marks.Single().Reference);

        Refused(RefusalCode.SecondPersonNeeded, await Facts(person).AnswerContest(answer with { By = Ann }, accepted: true));
        var ended = Granted(await Facts(person).AnswerContest(answer, accepted: true));
        Assert.Equal((FactMarkEnding.ContestAccepted, "bo"), (ended.Ending!.Value, ended.AnsweredBy));
        Granted(await Facts(person).AnswerContest(answer, accepted: true));
        Assert.Equal(["marked_outdated", "contested", "contest_accepted"], (await Entries(person)).Where(entry => entry is not ("registration_start" or "registration_completion")));
        Refused(RefusalCode.FactMarkClosed, await Facts(person).WithdrawMark(answer with { Operation = NewId() }));
    }

    [Fact]
    public async Task C2_1g_a_refused_objection_leaves_mark_and_deadline_as_they_were()
    {
        var person = await cluster.NewPerson().SignUp();
        var (mark, session) = (await Mark(person, AccountFact.Email), await Session(person));
        Granted(await Facts(person).ContestMark(session, new FactContest { Operation = NewId(), Mark = mark.Id, Words = "No." }));
        var stands = Granted(await Facts(person).AnswerContest(new FactMarkAct { Operation = NewId(), Mark = mark.Id, By = Bo }, accepted: false));
        Assert.Equal((mark.Deadline, false, null), (stands.Deadline, stands.Accepted!.Value, stands.EndedAt));
        cluster.Clock.Advance(mark.Deadline - cluster.Now);
        Assert.False(Granted(await person.AccountActor.Use(NeedsEmail)).Allowed);
    }

    [Fact]
    public async Task Objection_withdrawal_and_answer_at_once_leave_one_ending_and_a_whole_chain()
    {
        for (var round = 0; round < 10; round++)
        {
            var person = await cluster.NewPerson().SignUp();
            var (mark, session) = (await Mark(person, AccountFact.Email), await Session(person));
            if (round % 2 == 0) Granted(await Facts(person).ContestMark(session, new FactContest { Operation = NewId(), Mark = mark.Id, Words = "No." }));
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Factory.StartNew(async () => _ = (i % 3) switch
            {
                0 => (object)await Facts(person).ContestMark(session, new FactContest { Operation = NewId(), Mark = mark.Id, Words = "Again." }),
                1 => await Facts(person).WithdrawMark(new FactMarkAct { Operation = NewId(), Mark = mark.Id, By = Ann }),
                _ => await Facts(person).AnswerContest(new FactMarkAct { Operation = NewId(), Mark = mark.Id, By = Bo }, accepted: true),
            }, TaskCreationOptions.LongRunning).Unwrap()));
            var ended = Granted(await Facts(person).FactsForStaff()).Marks.Single();
            Assert.NotNull(ended.EndedAt);
            var entries = await Entries(person);
            Assert.Single(entries, entry => entry is "withdrawn" or "contest_accepted");
            Assert.InRange(entries.Count(entry => entry == "contested"), 0, 1);
            Assert.Equal(entries.Contains("contest_accepted"), ended.Ending == FactMarkEnding.ContestAccepted);
        }
    }

    [Fact]
    public async Task Only_a_fact_that_the_account_has_can_be_marked_and_only_once_at_a_time()
    {
        var person = await cluster.NewPerson().SignUp();
        foreach (var absent in new[] { AccountFact.Phone, AccountFact.RealName, AccountFact.IdDocument }) Refused(RefusalCode.FactNotHeld, await Facts(person).MarkFact(Marking(absent)));
        var marking = Marking(AccountFact.BirthDate);
        Granted(await Facts(person).MarkFact(marking));
        Granted(await Facts(person).MarkFact(marking));
        Refused(RefusalCode.IdempotencyKeyReused, await Facts(person).MarkFact(marking with { Reference = "another case" }));
        Refused(RefusalCode.FactAlreadyMarked, await Facts(person).MarkFact(Marking(AccountFact.BirthDate)));
        Granted(await Facts(person).MarkFact(Marking(AccountFact.Email)));
        cluster.Clock.Advance(TimeSpan.FromDays(15));
        var answer = Granted(await person.AccountActor.Use(NeedsEmail with { Needs = [new ServiceNeed { Fact = NeededFact.Adult }] }));
        Assert.Equal(["adult"], answer.Missing);
        Refused(RefusalCode.NotFound, await cluster.Grains.GetGrain<IAccountFacts>(AccountKeys.Of(Guid.CreateVersion7())).MarkFact(marking));
    }

    [Fact]
    public async Task C2_1f_once_a_year_by_the_clock_the_person_is_asked_and_nothing_depends_on_it()
    {
        var person = await cluster.NewPerson().SignUp();
        var opened = Granted(await person.AccountActor.View(person.Session)).CreatedAt;
        cluster.Clock.Advance(opened.AddDays(365) - cluster.Now - TimeSpan.FromMilliseconds(1));
        var session = await Session(person);
        Assert.False(Granted(await person.AccountActor.View(session)).FactsAsked);
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Granted(await person.AccountActor.View(session)).FactsAsked);
        Assert.True(Granted(await person.AccountActor.Use(NeedsEmail)).Allowed);
        var operation = NewId();
        var confirmed = Granted(await Facts(person).ConfirmFacts(session, operation));
        Assert.Equal((cluster.Now, cluster.Now.AddDays(365), false), (confirmed.ConfirmedAt!.Value, confirmed.AskAgainAt, confirmed.Asked));
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(confirmed.ConfirmedAt, Granted(await Facts(person).ConfirmFacts(session, operation)).ConfirmedAt);
        Assert.Single(await Entries(person), "confirmed");
    }

    [Theory, InlineData(Storage.WriteFault.Before), InlineData(Storage.WriteFault.After)]
    public async Task A_mark_whose_write_failed_is_made_once_by_the_repeat(Storage.WriteFault fault)
    {
        var person = await cluster.NewPerson().SignUp();
        var marking = Marking(AccountFact.Email);
        cluster.Faults.FailNext("account", AccountKeys.Of(person.Account), fault);
        await Assert.ThrowsAnyAsync<Exception>(() => Facts(person).MarkFact(marking));
        Granted(await Facts(person).MarkFact(marking));
        Assert.Single(await Entries(person), "marked_outdated");
    }

    private async Task<FactMarkView> Mark(Registrant person, AccountFact fact, int? days = null) => Granted(await Facts(person).MarkFact(Marking(fact) with { Days = days }));

    private int Told(Registrant person) => cluster.Delivery.Notices.Count(notice => notice.IdentifierKey == person.IdentifierKey);

    private static FactMarking Marking(AccountFact fact) => new() { Operation = NewId(), Id = NewId(), Fact = fact, Fault = FactFault.Outdated, Reference = "case 4711", By = Ann };

    private IAccountFacts Facts(Registrant person) => cluster.Grains.GetGrain<IAccountFacts>(AccountKeys.Of(person.Account));

    private async Task<FactStanding> Standing(Registrant person, AccountFact fact) => Granted(await Facts(person).FactsForStaff()).Facts.Single(view => view.Fact == fact).Standing;

    private async Task<string[]> Entries(Registrant person)
    {
        Assert.True(await person.AccountActor.Flush());
        var lines = await cluster.Grains.GetGrain<ILedgerGrain>(0).Entries(AccountKeys.Of(person.Account));
        return [.. lines.Select(line => line.Canonical.Split('\n').Single(field => field.StartsWith("act:", StringComparison.Ordinal))[4..])];
    }

    private static async Task<SessionProof> Session(Registrant person)
    {
        var id = NewId();
        Granted(await person.AccountActor.SignIn(new SignIn { Operation = NewId(), Session = NewSession(id), MatchedHash = person.PasswordHash }));
        return ProofOf(id);
    }

    private ChallengeProven Proven(Registrant person, SessionProof session) => new()
    {
        Challenge = NewId(), Purpose = ChallengePurpose.FactProof, Subject = $"{AccountKeys.Of(person.Account)}~{session.Session}", Contact = person.Contact, IdentifierKey = person.IdentifierKey,
        ProvenAt = cluster.Now, ExpiresAt = cluster.Now.AddMinutes(30), Network = 1,
    };
}
