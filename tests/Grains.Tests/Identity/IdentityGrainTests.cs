using AiCloud.Accounts;
using AiCloud.Registration;
using AiCloud.Storage;
using static AiCloud.Identity.IdentityCluster;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Identity;

/// <summary>Real-name proof in the account (C2.1e, C2.1g, L-09, L-10, L-11).</summary>
public sealed class IdentityGrainTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>, IAsyncLifetime
{
    private static readonly DateOnly Born = new(1990, 5, 17);

    public ValueTask InitializeAsync()
    {
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        cluster.Check.Methods = [IdentityMethod.Certificate, IdentityMethod.NetworkId];
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Name_and_number_are_proven_and_only_result_name_and_the_end_of_the_number_are_kept__L_11()
    {
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        var view = await cluster.Submit(person, ByCard(card));
        Assert.Equal((IdentityState.Verified, CertificateKind.ResidentIdCard, "王**", card.Last, true), (view.State, view.Proof!.Kind, view.Proof.Name, view.Proof.Last, view.Proof.BirthDateProven));
        Assert.Null(view.Proof.NumberKeptFor);
        var kept = (await cluster.Row(person)).Identity!;
        Assert.Equal((null, cluster.KeyOf(card), "r-1"), (kept.Request, kept.Proof!.DocumentKey, kept.Proof.Reference));
        Assert.Equal(view, await cluster.View(person), Same);
    }

    [Theory, InlineData("Anti-Money Laundering Law, art. 29"), InlineData(null)]
    public async Task The_full_number_is_kept_only_on_a_legal_ground_and_goes_with_the_consent__L_11(string? ground)
    {
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        var view = await cluster.Submit(person, ByCard(card, service: "billing") with { NumberGround = ground });
        Assert.Equal(ground, view.Proof!.NumberKeptFor);
        var data = cluster.Grains.GetGrain<PersonalData.IAccountData>(AccountKeys.Of(person.Account));
        var copy = Granted(await data.RequestExport(person.Session, NewId()));
        for (var ticks = 0; Granted(await data.Export(person.Session, copy.Id)).State == PersonalData.ExportState.Preparing; ticks++)
        {
            Assert.True(ticks < 10_000, "The copy was not made.");
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(1)); // a part a tick
        }
        var json = System.Text.Encoding.UTF8.GetString(Granted(await data.DownloadExport(person.Session, copy.Id)).Json);
        Assert.Equal(ground is not null, json.Contains(card.Number, StringComparison.Ordinal));
        // Another proof without a ground leaves nothing of it, and so does a withdrawal.
        await cluster.Submit(person, ByCard(NewCard(Born)));
        Assert.Null((await cluster.View(person)).Proof!.NumberKeptFor);
        await cluster.Consent(person, given: false);
        Assert.Null((await cluster.Row(person)).Identity!.Proof);
    }

    [Fact]
    public async Task Without_the_separate_consent_nobody_is_asked_and_nothing_is_kept__L_09()
    {
        var (person, card, asked) = (await cluster.Person(Born, consents: false), NewCard(Born), cluster.Check.Asked.Count);
        Refused(RefusalCode.IdentityConsentMissing, await cluster.Actor(person).Submit(person.Session, ByCard(card)));
        await cluster.Consent(person, given: false);
        Refused(RefusalCode.IdentityConsentMissing, await cluster.Actor(person).Submit(person.Session, ByCard(card)));
        Assert.Equal((asked, null), (cluster.Check.Asked.Count, (await cluster.Row(person)).Identity));
        Assert.False(await cluster.HasRow("identifier", cluster.KeyOf(card)));
    }

    [Fact]
    public async Task Withdrawing_the_consent_erases_what_was_kept_on_it_and_frees_the_certificates_place__L_09()
    {
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        await cluster.Submit(person, ByCard(card));
        await cluster.Consent(person, given: false);
        var view = await cluster.View(person);
        Assert.Equal((IdentityState.None, null, false), (view.State, view.Proof, view.Consented));
        Assert.False(await cluster.Grains.GetGrain<ICertificateProofs>(cluster.KeyOf(card)).ProvesAny());
    }

    [Fact]
    public async Task Without_a_recent_authentication_nothing_is_submitted__S_06()
    {
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        Refused(RefusalCode.ReauthenticationRequired, await cluster.Actor(person).Submit(person.Session, ByCard(card)));
        Assert.Null((await cluster.Row(person)).Identity);
    }

    [Fact]
    public async Task With_no_check_configured_the_answer_says_so()
    {
        cluster.Check.Methods = [];
        var person = await cluster.Person(Born);
        Refused(RefusalCode.IdentityUnavailable, await cluster.Actor(person).Submit(person.Session, ByCard(NewCard(Born))));
        Assert.Empty((await cluster.View(person)).Methods);
    }

    [Theory]
    [InlineData(IdentityVerdict.Mismatch, IdentityReason.Mismatch)]
    [InlineData(IdentityVerdict.NotFound, IdentityReason.NotFound)]
    public async Task What_the_check_refuses_is_refused_and_what_was_submitted_is_erased(IdentityVerdict verdict, IdentityReason reason)
    {
        cluster.Check.AnswersAlways(verdict);
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        var view = await cluster.Submit(person, ByCard(card));
        Assert.Equal((IdentityState.Refused, reason, null), (view.State, view.Reason, view.Proof));
        Assert.Null((await cluster.Row(person)).Identity!.Request);
        Assert.False(await cluster.Grains.GetGrain<ICertificateProofs>(cluster.KeyOf(card)).ProvesAny());
    }

    [Fact]
    public async Task A_refused_second_check_takes_nothing_from_the_proof_that_stands_and_says_why_it_was_refused()
    {
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        await cluster.Submit(person, ByCard(card));
        cluster.Check.AnswersAlways(IdentityVerdict.Mismatch);
        var view = await cluster.Submit(person, ByCard(NewCard(Born)));
        Assert.Equal((IdentityState.Verified, card.Last, IdentityReason.Mismatch, cluster.Now), (view.State, view.Proof!.Last, view.Reason, view.RefusedAt));
        await cluster.Consent(person, given: false);
        Assert.Equal((IdentityState.None, null), ((await cluster.View(person)).State, (await cluster.View(person)).Reason));
    }

    [Fact]
    public async Task An_outage_leaves_it_pending_and_the_clock_asks_again_under_the_same_request_until_it_is_answered__C2_1e()
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Later);
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        var submission = ByCard(card);
        var pending = await cluster.Submit(person, submission);
        Assert.Equal((IdentityState.Pending, null), (pending.State, pending.Proof));
        Assert.Equal(cluster.Now + TimeSpan.FromMinutes(1), pending.Running!.NextTryAt);
        var first = cluster.Check.Asked[^1].Request;

        cluster.Clock.Advance(pending.Running.NextTryAt - cluster.Now - TimeSpan.FromSeconds(1));
        await person.AccountActor.Settle();
        Assert.Single(cluster.Check.Asked, asked => asked.Request == first);

        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.Forget(person.AccountActor); // the retry needs nothing from memory
        Assert.True(await person.AccountActor.Settle());
        Assert.Equal(2, cluster.Check.Asked.Count(asked => asked.Request == first));
        Assert.Equal(IdentityState.Verified, (await cluster.View(person)).State);
    }

    [Fact]
    public async Task The_due_sweeper_finds_a_pending_check_by_its_row()
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Later);
        var person = await cluster.Person(Born);
        var pending = await cluster.Submit(person, ByCard(NewCard(Born)));
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        cluster.Clock.Advance(pending.Running!.NextTryAt - cluster.Now);
        await cluster.Wake();
        Assert.Equal(IdentityState.Verified, (await cluster.View(person)).State);
    }

    [Fact]
    public async Task Pauses_double_up_to_six_hours_and_after_three_days_it_is_given_up_and_the_place_freed()
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Later);
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        var view = await cluster.Submit(person, ByCard(card));
        var (asked, request, ends) = (cluster.Check.Asked.Count, cluster.Check.Asked[^1].Request, view.Running!.EndsAt);
        Assert.Equal(cluster.Now + TimeSpan.FromHours(72), ends);
        var pauses = new List<TimeSpan>();
        while (view.Running is { } running)
        {
            pauses.Add(running.NextTryAt - cluster.Now);
            cluster.Clock.Advance(running.NextTryAt - cluster.Now);
            await person.AccountActor.Settle();
            view = Granted(await cluster.Actor(person).View(await SignIn(person)));
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360], pauses.Take(11).Select(pause => (int)pause.TotalMinutes));
        Assert.InRange(pauses.Count, 12, 24); // bounded, and each under the one request
        Assert.Single(cluster.Check.Asked.Skip(asked).Select(question => question.Request).Append(request).Distinct());
        Assert.Equal((IdentityState.Refused, IdentityReason.Unanswered), (view.State, view.Reason));
        Assert.False(await cluster.Grains.GetGrain<ICertificateProofs>(cluster.KeyOf(card)).ProvesAny());
    }

    [Theory, InlineData(30, 60), InlineData(600, 600), InlineData(86_400, 21_600)]
    public async Task A_checker_that_says_when_it_wants_to_be_asked_again_is_not_asked_before(int told, int waits)
    {
        cluster.Check.Answers = _ => Task.FromResult(IdentityAnswer.Later(TimeSpan.FromSeconds(told)));
        var view = await cluster.Submit(await cluster.Person(Born), ByCard(NewCard(Born)));
        Assert.Equal(TimeSpan.FromSeconds(waits), view.Running!.NextTryAt - cluster.Now);
    }

    [Fact]
    public async Task A_slow_answer_does_not_hold_the_account_up_and_arrives_by_itself()
    {
        var slow = new TaskCompletionSource<IdentityAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Check.Answers = _ => slow.Task;
        var person = await cluster.Person(Born);
        Assert.Equal(IdentityState.Pending, (await cluster.Submit(person, ByCard(NewCard(Born)))).State);
        Granted(await person.AccountActor.View(person.Session)); // answers while the checker is still thinking
        // A clock that says "again" meanwhile does not ask a second time.
        var asked = cluster.Check.Asked.Count;
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await person.AccountActor.Settle();
        Assert.Equal(asked, cluster.Check.Asked.Count);
        slow.SetResult(ScriptedCheck.Match);
        for (var tries = 0; (await cluster.View(person)).State != IdentityState.Verified; tries++)
        {
            Assert.True(tries < 200);
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_check_that_throws_is_an_outage_and_never_a_verdict()
    {
        cluster.Check.Answers = _ => throw new InvalidOperationException("no");
        var person = await cluster.Person(Born);
        Assert.Equal(IdentityState.Pending, (await cluster.Submit(person, ByCard(NewCard(Born)))).State);
    }

    [Fact]
    public async Task A_repeat_asks_nobody_a_second_time_and_another_body_under_its_key_is_refused()
    {
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        var submission = ByCard(card);
        await cluster.Submit(person, submission);
        var asked = cluster.Check.Asked.Count;
        await cluster.Forget(person.AccountActor);
        Assert.Equal(IdentityState.Verified, (await cluster.Submit(person, submission)).State);
        Refused(RefusalCode.IdempotencyKeyReused, await cluster.Actor(person).Submit(person.Session, submission with { Fingerprint = "another" }));
        Assert.Equal(asked, cluster.Check.Asked.Count);
    }

    [Fact]
    public async Task While_one_check_runs_another_is_not_begun()
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Later);
        var person = await cluster.Person(Born);
        await cluster.Submit(person, ByCard(NewCard(Born)));
        Refused(RefusalCode.IdentityPending, await cluster.Actor(person).Submit(person.Session, ByCard(NewCard(Born))));
    }

    [Theory, InlineData(5, true), InlineData(6, false)]
    public async Task An_account_asks_for_five_checks_a_day(int checks, bool taken)
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Mismatch);
        var person = await cluster.Person(Born);
        for (var i = 1; i < checks; i++) await cluster.Submit(person, ByCard(NewCard(Born)));
        var last = await cluster.Actor(person).Submit(person.Session, ByCard(NewCard(Born)));
        Assert.Equal(taken, last.Refusal is null);
        if (!taken) Assert.Equal(TimeSpan.FromHours(24), Refused(RefusalCode.TooManyAttempts, last).RetryAfter);
    }

    [Fact]
    public async Task A_number_that_holds_another_birth_date_than_was_stated_costs_nobody_a_check__A5()
    {
        var (person, asked) = (await cluster.Person(Born), cluster.Check.Asked.Count);
        Refused(RefusalCode.BirthDateMismatch, await cluster.Actor(person).Submit(person.Session, ByCard(NewCard(Born.AddDays(1)))));
        Assert.Equal((asked, 5), (cluster.Check.Asked.Count, (await cluster.View(person)).TriesLeft));
    }

    [Fact]
    public async Task A_certificate_corrects_a_birth_date_that_was_stated_wrong__C2_1g()
    {
        var right = Born.AddYears(-3);
        var person = await cluster.Person(Born);
        var view = await cluster.Submit(person, ByCard(NewCard(right), birth: right));
        Assert.Equal((IdentityState.Verified, true), (view.State, view.Proof!.BirthDateProven));
        Assert.StartsWith("1987", Granted(await person.AccountActor.View(person.Session)).BirthDate, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, IdentityState.Verified)]
    [InlineData(false, IdentityState.Refused)]
    [InlineData(null, IdentityState.Refused)]
    public async Task A_certificate_without_a_birth_date_corrects_one_only_with_the_checkers_word(bool? confirmed, IdentityState state)
    {
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match with { BirthDateMatches = confirmed });
        var person = await cluster.Person(Born);
        var passport = new Certificate(CertificateKind.Passport, $"P{NewId()[..8].ToUpperInvariant()}", "USA");
        Assert.Equal(state, (await cluster.Submit(person, ByCard(passport, birth: Born.AddYears(-1)))).State);
        Assert.StartsWith(confirmed == true ? "1989" : "1990", Granted(await person.AccountActor.View(person.Session)).BirthDate, StringComparison.Ordinal);
    }

    [Theory, InlineData(2010, 3, 3, true), InlineData(2010, 3, 2, false)] // the cluster's day is 2 March 2026
    public async Task Whoever_is_proven_to_be_below_sixteen_may_use_nothing_any_more__C2_1a(int year, int month, int day, bool tooYoung)
    {
        await using var own = new IdentityCluster();
        await own.InitializeAsync();
        var person = await own.Person(Born);
        var right = new DateOnly(year, month, day);
        await own.Submit(person, ByCard(NewCard(right), birth: right));
        Assert.Equal(tooYoung ? Age.Reaches(right, 16) : null, (await own.Row(person)).Ward!.OldEnoughAt);
        // From sixteen on it is the guardian who is missing (C2.1b).
        Assert.Equal(AccountStanding.Limited, Granted(await person.AccountActor.View(person.Session)).Standing);
    }

    [Fact]
    public async Task The_state_network_ID_proves_with_neither_name_nor_number_and_has_the_same_places__L_11()
    {
        var subject = NewId();
        cluster.Check.Answers = _ => Task.FromResult(new IdentityAnswer { Verdict = IdentityVerdict.Match, Subject = subject });
        for (var i = 0; i < 3; i++)
        {
            var view = await cluster.Submit(await cluster.Person(Born), ByNetworkId());
            Assert.Equal((IdentityState.Verified, IdentityMethod.NetworkId, null, null, null), (view.State, view.Proof!.Method, view.Proof.Kind, view.Proof.Name, view.Proof.Last));
        }
        var question = cluster.Check.Asked[^1];
        Assert.Equal((null, null, null), (question.Name, question.Certificate, question.BirthDate));
        var fourth = await cluster.Submit(await cluster.Person(Born), ByNetworkId());
        Assert.Equal((IdentityState.Refused, IdentityReason.DocumentLimit), (fourth.State, fourth.Reason));
    }

    [Fact]
    public async Task A_match_by_network_ID_that_names_no_subject_proves_nothing()
    {
        var person = await cluster.Person(Born);
        Assert.Equal(IdentityState.Pending, (await cluster.Submit(person, ByNetworkId())).State);
    }

    [Fact]
    public async Task A_second_certificate_gives_the_first_ones_place_back()
    {
        var (person, first, second) = (await cluster.Person(Born), NewCard(Born), NewCard(Born));
        await cluster.Submit(person, ByCard(first));
        await cluster.Submit(person, ByCard(second));
        Assert.False(await cluster.Grains.GetGrain<ICertificateProofs>(cluster.KeyOf(first)).ProvesAny());
        Assert.True(await cluster.Grains.GetGrain<ICertificateProofs>(cluster.KeyOf(second)).ProvesAny());
    }

    [Fact]
    public async Task A_crash_after_the_answer_was_kept_is_taken_up_without_asking_again()
    {
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        cluster.Check.Answers = _ =>
        {
            // The place was held before anybody was asked: what fails now, at both tries, is the commit.
            for (var i = 0; i < 2; i++) cluster.Faults.FailNext("identifier", cluster.KeyOf(card), WriteFault.Before);
            return Task.FromResult(ScriptedCheck.Match);
        };
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Actor(person).Submit(person.Session, ByCard(card)));
        await cluster.Forget(person.AccountActor);
        var asked = cluster.Check.Asked.Count;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await person.AccountActor.Settle());
        Assert.Equal((asked, IdentityState.Verified), (cluster.Check.Asked.Count, (await cluster.View(person)).State));
    }

    private static bool Same(IdentityView one, IdentityView other) => one.State == other.State && one.Proof == other.Proof && one.TriesLeft == other.TriesLeft;

    private static async Task<AiCloud.Accounts.SessionProof> SignIn(Registrant person)
    {
        var id = NewId();
        Granted(await person.AccountActor.SignIn(new SignIn { Operation = NewId(), Session = NewSession(id), MatchedHash = person.PasswordHash }));
        return ProofOf(id);
    }
}
