using AiCloud.Accounts;
using AiCloud.Identifiers;
using AiCloud.Storage;
using Orleans.Runtime;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>What a crash between any two steps of a completion, a lost write or a stale actor costs: never a second account, never a stuck contact.</summary>
public sealed class InterruptedCompletionTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>, IDisposable
{
    private static readonly TimeSpan PastTheHold = TimeSpan.FromSeconds(31);

    public static TheoryData<CompletionStep> Steps => [.. Enum.GetValues<CompletionStep>()];

    public void Dispose() => cluster.Steps.At = null;

    [Theory, MemberData(nameof(Steps))]
    public async Task After_a_crash_the_same_request_ends_with_one_account(CompletionStep step)
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, step, "op");
        Granted(await person.Complete("op"));
        Assert.Equal(person.Account, (await person.Identifier.Standing()).Owner);
        Granted(await person.AccountActor.View(person.Session));
        Assert.Single(Granted(await person.AccountActor.Sessions(person.Session)));
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task After_a_crash_a_changed_request_replaces_what_was_not_committed_and_hears_so_when_it_was(CompletionStep step)
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, step, "op");
        person.PasswordHash = "$the-second";
        var outcome = await person.Complete("another", "another body");
        if (step < CompletionStep.Owned) Granted(outcome);
        else Refused(RefusalCode.AlreadyCompleted, outcome);
        Assert.Equal(step < CompletionStep.Owned ? "$the-second" : "$argon2id$of-a-password", (await person.AccountActor.Credential()).PasswordHash);
    }

    [Theory]
    [InlineData(CompletionStep.Owned)]
    [InlineData(CompletionStep.AccountOpen)]
    public async Task After_a_crash_behind_the_commit_the_same_key_with_another_body_is_refused(CompletionStep step)
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, step, "op");
        Refused(RefusalCode.IdempotencyKeyReused, await person.Complete("op", "another body"));
        Granted(await person.Complete("op"));
    }

    [Theory]
    [InlineData(CompletionStep.Owned)]
    [InlineData(CompletionStep.AccountOpen)]
    public async Task After_a_crash_behind_the_commit_a_repeat_opens_its_session_only_once_its_password_was_checked(CompletionStep step)
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, step, "op");
        var (repeat, hashedAnew) = (person.Completion("op"), person.Credential("repeated") with { PasswordHash = "$of-a-password-that-nobody-compared" });
        Granted(await person.Registration.Prepare(repeat));
        Assert.Equal(new RegistrationCompleted(), Granted(await person.Registration.Commit(repeat, hashedAnew)));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(ProofOf("repeated")));
        Granted(await person.Registration.Commit(repeat, hashedAnew with { MatchedHash = person.PasswordHash }));
        Granted(await person.AccountActor.View(ProofOf("repeated")));
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task A_rival_completes_after_a_crash_once_the_hold_has_run_out_unless_the_first_was_committed(CompletionStep step)
    {
        var crashed = await cluster.NewPerson().Prove();
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var rival = await cluster.NewPerson(crashed.Contact).Prove();
        await Crash(crashed, step, "op");
        if (step is CompletionStep.Held or CompletionStep.AccountPrepared)
            Assert.InRange(Refused(RefusalCode.CompletionInProgress, await rival.Complete()).RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        cluster.Clock.Advance(PastTheHold);
        var outcome = await rival.Complete();
        if (step >= CompletionStep.Owned)
        {
            Refused(RefusalCode.AccountExists, outcome);
            Granted(await crashed.Complete("op"));
            return;
        }
        Granted(outcome);
        Refused(RefusalCode.AccountExists, await crashed.Complete("op"));
        await cluster.Wake();
        Assert.False(await cluster.HasRow("account", AccountKeys.Of(crashed.Account)));
        Assert.Equal(rival.Account, (await rival.Identifier.Standing()).Owner);
    }

    [Theory]
    [InlineData(CompletionStep.AccountPrepared, false)]
    [InlineData(CompletionStep.Owned, true)]
    public async Task A_prepared_account_that_falls_due_opens_when_its_contact_is_its_own_and_goes_when_it_is_not(CompletionStep step, bool opens)
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, step, "op");
        await cluster.Forget(person.AccountActor);
        Assert.True(await cluster.HasRow("account", AccountKeys.Of(person.Account)));
        cluster.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await cluster.Wake());
        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await cluster.Wake());
        Assert.Equal(0, await cluster.Wake());
        Assert.Equal(opens, await cluster.HasRow("account", AccountKeys.Of(person.Account)));
        Assert.Equal(opens ? person.PasswordHash : null, (await person.AccountActor.Credential()).PasswordHash);
        Granted(await person.Complete("op")); // and the person gets there either way
    }

    [Fact]
    public async Task A_prepared_account_answers_nothing_while_it_is_undecided_and_opens_when_asked_once_it_is_owned()
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, CompletionStep.AccountPrepared, "op");
        Assert.Null((await person.AccountActor.Credential()).PasswordHash);
        Assert.True(await cluster.HasRow("account", AccountKeys.Of(person.Account)));
        await person.Identifier.Own(person.Id, person.Account);
        Assert.Equal(person.PasswordHash, (await person.AccountActor.Credential()).PasswordHash);
    }

    [Fact]
    public async Task I_do_not_agree_after_a_crash_leaves_nothing_behind_and_frees_the_contact()
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, CompletionStep.AccountPrepared, "op");
        Granted(await person.Registration.Erase(person.Proof));
        Assert.False(await cluster.HasRow("registration", person.Id));
        Assert.False(await cluster.HasRow("account", AccountKeys.Of(person.Account)));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.NewPerson(person.Contact).SignUp(); // at once, no hold is left
    }

    [Fact]
    public async Task I_do_not_agree_after_the_commit_hears_that_it_is_one()
    {
        var person = await cluster.NewPerson().Prove();
        await Crash(person, CompletionStep.Owned, "op");
        Refused(RefusalCode.AlreadyCompleted, await person.Registration.Erase(person.Proof));
        Granted(await person.Complete("op"));
    }

    [Theory]
    [InlineData("registration", WriteFault.Before)]
    [InlineData("registration", WriteFault.After)]
    [InlineData("identifier", WriteFault.Before)]
    [InlineData("identifier", WriteFault.After)]
    [InlineData("account", WriteFault.Before)]
    [InlineData("account", WriteFault.After)]
    public async Task After_a_failed_write_the_actor_goes_and_a_repeat_finds_what_is_kept(string state, WriteFault fault)
    {
        for (var skipped = 0; skipped < 2; skipped++)
        {
            var person = await cluster.NewPerson().Prove();
            var key = state switch { "registration" => person.Id, "identifier" => person.IdentifierKey, _ => AccountKeys.Of(await person.Learn()) };
            cluster.Steps.At = step =>
            {
                // The first round fails the first write of the commit, the second round the write after it.
                if (step == (state == "account" && skipped == 1 ? CompletionStep.Owned : skipped == 1 ? CompletionStep.AccountPrepared : CompletionStep.Prepared))
                    cluster.Faults.FailNext(state, key, fault);
                return ValueTask.CompletedTask;
            };
            try { await person.Complete("op"); }
            catch (OrleansException) { }
            cluster.Steps.At = null;
            cluster.Clock.Advance(TimeSpan.FromSeconds(15));
            Granted(await person.Complete("op"));
            Assert.Equal(person.Account, (await person.Identifier.Standing()).Owner);
            Granted(await person.AccountActor.View(person.Session));
        }
    }

    [Fact]
    public async Task A_try_whose_write_failed_is_not_answered_and_not_forgotten()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var code = await person.Code();
        cluster.Faults.FailNext("registration", person.Id, WriteFault.After);
        await Assert.ThrowsAsync<OrleansException>(() => person.Verify(Wrong(code), "op"));
        Assert.Equal(4, Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code), "op")).AttemptsLeft);
    }

    [Fact]
    public async Task An_account_does_not_erase_itself_on_the_word_of_an_actor_that_remembers_a_contact_from_before_it_was_held()
    {
        // A silo cut off from the others keeps an identifier in memory that knows of no hold; elsewhere the contact was held and owned.
        var person = await cluster.NewPerson().Prove();
        await Crash(person, CompletionStep.AccountPrepared, "op");
        Assert.Equal(HoldStatus.Free, (await person.Identifier.Release(person.Id, person.Account)).Status); // in memory: nobody's
        await cluster.Rewrite<IdentifierState>("identifier", person.IdentifierKey, state => state with { Owner = person.Account, Hold = null }); // in the database: owned

        Assert.True(await person.AccountActor.Settle());
        Assert.Equal(person.PasswordHash, (await person.AccountActor.Credential()).PasswordHash);
    }

    private async Task Crash(Registrant person, CompletionStep step, string operation)
    {
        await person.Learn();
        cluster.Steps.At = reached => reached == step ? throw new InvalidOperationException($"Crashed at {step}.") : ValueTask.CompletedTask;
        var crash = await Assert.ThrowsAsync<InvalidOperationException>(() => person.Complete(operation));
        Assert.Equal($"Crashed at {step}.", crash.Message);
        cluster.Steps.At = null;
        await cluster.Forget(person.Registration, person.Identifier, person.AccountActor);
    }
}
