using AiCloud.Accounts;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>Completing: who is refused on both sides of each age, and what repeats and rivals answer.</summary>
public sealed class CompletionTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_completion_before_the_contact_is_proven_is_refused()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        Refused(RefusalCode.NotVerified, await person.Complete());
        Refused(RefusalCode.NotVerified, await person.Registration.Commit(person.Completion(), person.Credential()));
    }

    [Fact]
    public async Task A_commit_that_was_not_prepared_opens_nothing()
    {
        var person = await cluster.NewPerson().Prove();
        Refused(RefusalCode.Busy, await person.Registration.Commit(person.Completion(), person.Credential()));
        Assert.Null((await person.Identifier.Standing()).Owner);
    }

    [Fact]
    public async Task Below_sixteen_the_attempt_is_refused_and_erased_at_once()
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-16).AddDays(1);
        Refused(RefusalCode.UnderAge, await person.Complete());
        Assert.False(await cluster.HasRow("registration", person.Id));
        Refused(RefusalCode.RegistrationExpired, await person.Complete());
    }

    [Theory]
    [InlineData(16, RefusalCode.GuardianRequired)]
    [InlineData(18, null)]
    public async Task On_the_sixteenth_birthday_a_guardian_is_needed_and_on_the_eighteenth_none(int years, RefusalCode? refusal)
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-years);
        Assert.Equal(refusal, (await person.Complete()).Refusal?.Code);
        Assert.True(await cluster.HasRow("registration", person.Id));
    }

    [Fact]
    public async Task Below_eighteen_the_birth_date_is_stated_once_whatever_else_was_missing()
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-18).AddDays(1);
        person.Accepts = []; // nobody finds out by faulty requests which date would do
        Refused(RefusalCode.GuardianRequired, await person.Complete());
        person.Accepts = null;
        await cluster.Forget(person.Registration);
        person.BirthDate = new DateOnly(1990, 1, 1); // suddenly of age
        Refused(RefusalCode.BirthDateAlreadyStated, await person.Complete());

        var child = await cluster.NewPerson().Prove();
        child.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-16).AddDays(1);
        child.Accepts = [];
        Refused(RefusalCode.UnderAge, await child.Complete());
        Refused(RefusalCode.RegistrationExpired, await child.View());
    }

    [Fact]
    public async Task From_eighteen_on_a_birth_date_refused_for_something_else_may_be_put_right()
    {
        var person = await cluster.NewPerson().Prove();
        var right = person.BirthDate;
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-18);
        person.Accepts = [];
        Refused(RefusalCode.AcceptanceMissing, await person.Complete());
        person.Accepts = null;
        await person.Learn(); // all of it was in order but the password, which the gateway refused
        person.BirthDate = right;
        Granted(await person.Complete());
        Assert.Equal($"{right.Year}-**-**", Granted(await person.AccountActor.View(person.Session)).BirthDate);
    }

    [Fact]
    public async Task A_birth_date_that_a_completion_under_way_stated_is_stated_also_by_a_repeat_within_the_gateway()
    {
        var person = await cluster.NewPerson().Prove();
        var request = person.Completion();
        Granted(await person.Registration.Prepare(request));
        Granted(await person.Registration.Prepare(request)); // its answer was lost
        await person.Registration.Unprepare(request.Attempt);
        person.BirthDate = person.BirthDate.AddDays(1);
        var prepared = person.Completion();
        Granted(await person.Registration.Prepare(prepared));
        await cluster.Forget(person.Registration); // and the password was not refused
        person.BirthDate = person.BirthDate.AddDays(1);
        Refused(RefusalCode.BirthDateAlreadyStated, await person.Complete());
    }

    [Fact]
    public async Task A_birth_date_that_cannot_be_one_is_not_kept()
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddDays(1);
        Refused(RefusalCode.BirthDateInvalid, await person.Complete());
        person.BirthDate = new DateOnly(1990, 1, 1);
        Granted(await person.Complete());
    }

    [Fact]
    public async Task A_repeated_completion_answers_the_same_account_with_a_fresh_session_that_voids_the_former()
    {
        var person = await cluster.NewPerson().Prove();
        var first = Granted(await person.Complete("once"));
        var voided = person.Session;
        await cluster.Forget(person.Registration, person.AccountActor, person.Identifier);
        var second = Granted(await person.Complete("once"));
        Assert.Equal(first.Account!.Id, second.Account!.Id);
        Refused(RefusalCode.NotFound, await person.AccountActor.View(voided));
        Assert.Single(Granted(await person.AccountActor.Sessions(person.Session)));
        Refused(RefusalCode.IdempotencyKeyReused, await person.Complete("once", "another body"));
        Refused(RefusalCode.AlreadyCompleted, await person.Complete("twice"));
    }

    [Fact]
    public async Task A_completion_repeated_while_the_password_is_changed_opens_no_session_by_the_old_one()
    {
        var person = await cluster.NewPerson().Prove();
        Granted(await person.Complete("once"));
        var repeat = person.Completion("once");
        Assert.True(Granted(await person.Registration.Prepare(repeat)).AlreadyDone);
        var matched = (await person.AccountActor.Credential()).PasswordHash;
        var change = new PasswordChangeCall { Operation = "change", Attempt = "change", EndOtherSessions = false };
        Granted(await person.AccountActor.PreparePasswordChange(person.Session, change));
        Granted(await person.AccountActor.ChangePassword(person.Session, new ChangePassword { Operation = "change", Attempt = "change", MatchedHash = matched, NewHash = "$new", EndOtherSessions = false }));
        Refused(RefusalCode.IdempotencyKeyReused, await person.Registration.Commit(repeat, person.Credential("thiefs", hashed: false) with { MatchedHash = matched }));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(ProofOf("thiefs")));
        Granted(await person.AccountActor.View(person.Session));
        Granted(await person.Registration.Commit(repeat, person.Credential("owners", hashed: false) with { MatchedHash = "$new" }));
        Granted(await person.AccountActor.View(ProofOf("owners")));
    }

    [Fact]
    public async Task One_completion_at_a_time_and_the_next_may_try_when_the_first_did_not_come_back()
    {
        var person = await cluster.NewPerson().Prove();
        var first = person.Completion("one");
        Granted(await person.Registration.Prepare(first));
        Refused(RefusalCode.CompletionInProgress, await person.Registration.Prepare(person.Completion("two")));
        Refused(RefusalCode.IdempotencyInProgress, await person.Registration.Prepare(person.Completion("one")));
        Granted(await person.Registration.Prepare(first)); // the gateway's own repeat

        await person.Registration.Unprepare("somebody else's");
        Refused(RefusalCode.CompletionInProgress, await person.Registration.Prepare(person.Completion("two")));
        await person.Registration.Unprepare(first.Attempt);
        Granted(await person.Registration.Prepare(person.Completion("two")));
        cluster.Clock.Advance(TimeSpan.FromSeconds(15) - Millisecond);
        Refused(RefusalCode.CompletionInProgress, await person.Registration.Prepare(person.Completion("three")));
        cluster.Clock.Advance(Millisecond);
        Granted(await person.Complete("three"));
    }
}
