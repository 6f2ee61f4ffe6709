using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Accounts;

/// <summary>Signing in and out, and how long sessions last.</summary>
public sealed class SessionTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Signing_in_opens_a_second_session_and_a_repeat_gives_it_a_new_secret()
    {
        var person = await cluster.NewPerson().SignUp();
        var first = await SignIn(person, "first", "op");
        var repeated = await SignIn(person, "second", "op");
        Refused(RefusalCode.NotFound, await person.AccountActor.View(first));
        Granted(await person.AccountActor.View(repeated));
        Assert.Equal(2, Granted(await person.AccountActor.Sessions(person.Session)).Length);
    }

    [Fact]
    public async Task Each_session_is_listed_and_the_one_that_asks_is_marked()
    {
        var person = await cluster.NewPerson().SignUp();
        var other = await SignIn(person);
        var listed = Granted(await person.AccountActor.Sessions(other));
        Assert.Equal([false, true], listed.Select(session => session.Current));
        Assert.All(listed, session => Assert.Equal(("Test on Linux", SessionScope.Full), (session.Client, session.Scope)));
    }

    [Fact]
    public async Task One_session_every_other_one_or_all_can_be_ended_and_the_end_is_immediate_and_kept()
    {
        var person = await cluster.NewPerson().SignUp();
        var (a, b) = (await SignIn(person), await SignIn(person));
        Granted(await person.AccountActor.EndSessions(person.Session, new SessionSelection { Id = a.Session }));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(a));
        Granted(await person.AccountActor.EndSessions(person.Session, new SessionSelection { Id = a.Session })); // the first answer may have been lost
        Granted(await person.AccountActor.EndSessions(person.Session, new SessionSelection()));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(b));
        Granted(await person.AccountActor.View(person.Session));
        Granted(await person.AccountActor.EndSessions(person.Session, new SessionSelection { CurrentToo = true }));
        await cluster.Forget(person.AccountActor);
        Refused(RefusalCode.NotFound, await person.AccountActor.View(person.Session));
    }

    [Fact]
    public async Task A_session_in_use_lives_ninety_days_and_an_idle_one_fourteen()
    {
        var person = await cluster.NewPerson().SignUp();
        var idle = await SignIn(person);
        for (var day = 0; day < 14; day++) await Pass(TimeSpan.FromDays(1));
        Granted(await person.AccountActor.View(idle)); // the last day on which it may
        await Pass(TimeSpan.FromDays(15));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(idle));
        for (var day = 29; day < 89; day++) await Pass(TimeSpan.FromDays(1));
        await Pass(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(person.Session));

        async Task Pass(TimeSpan time)
        {
            // Used every day, whatever the step.
            for (; time > TimeSpan.Zero; time -= TimeSpan.FromDays(1))
            {
                cluster.Clock.Advance(time < TimeSpan.FromDays(1) ? time : TimeSpan.FromDays(1));
                Granted(await person.AccountActor.View(person.Session));
            }
        }
    }

    [Fact]
    public async Task The_twenty_first_sign_in_ends_the_session_unused_for_longest()
    {
        var person = await cluster.NewPerson().SignUp();
        for (var i = 0; i < 20; i++)
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
            await SignIn(person);
        }
        Refused(RefusalCode.NotFound, await person.AccountActor.View(person.Session));
    }

    [Fact]
    public async Task A_sign_in_that_re_hashes_keeps_the_new_hash_and_its_repeat_never_undoes_a_change_of_password()
    {
        var person = await cluster.NewPerson().SignUp();
        var request = Request(person.PasswordHash, "op") with { Rehash = "$rehashed" };
        Granted(await person.AccountActor.SignIn(request));
        Assert.Equal("$rehashed", (await person.AccountActor.Credential()).PasswordHash);
        Granted(await person.AccountActor.ChangePassword(person.Session, PasswordChangeTests.Change("$rehashed", "$new")));
        Granted(await person.AccountActor.SignIn(request)); // its answer was lost
        Assert.Equal("$new", (await person.AccountActor.Credential()).PasswordHash);
    }

    [Fact]
    public async Task Facts_can_be_changed_and_a_name_taken_away()
    {
        var person = await cluster.NewPerson().SignUp();
        Assert.Equal(("某人", "zh-CN"), Named(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "某人", Locale = "zh-CN" })));
        Assert.Equal(("某人", "zh-CN"), Named(await person.AccountActor.Change(person.Session, new ChangeAccount())));
        await cluster.Forget(person.AccountActor);
        Assert.Equal((null, "zh-CN"), Named(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "" })));

        static (string?, string) Named(Outcome<AccountView> outcome) => (Granted(outcome).DisplayName, outcome.Value!.Locale);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_answers_nothing_and_is_not_kept()
    {
        var nobody = cluster.Grains.GetGrain<IAccountGrain>(AccountKeys.Of(Guid.CreateVersion7(cluster.Now)));
        Assert.Null((await nobody.Credential()).PasswordHash);
        Assert.False(await nobody.Exists());
        Refused(RefusalCode.CredentialsWrong, await nobody.SignIn(Request("$any")));
        Refused(RefusalCode.NotFound, await nobody.View(ProofOf("any")));
        Refused(RefusalCode.NotFound, await nobody.Confirm());
        Assert.False(await nobody.Settle());
        Assert.False(await cluster.HasRow("account", AiCloudKey(nobody)));

        static string AiCloudKey(IAccountGrain grain) => grain.GetPrimaryKeyString();
    }

    [Fact]
    public async Task Failed_sign_ins_are_counted_alike_for_a_contact_with_and_without_an_account()
    {
        var owner = await cluster.NewPerson().SignUp();
        var nobody = cluster.NewPerson();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(owner.Account, Granted(await owner.Identifier.BeginSignIn(7)).Account);
            Assert.Null(Granted(await nobody.Identifier.BeginSignIn(7)).Account);
        }
        await cluster.Forget(owner.Identifier, nobody.Identifier);
        Assert.Equal(Refused(RefusalCode.TooManyAttempts, await owner.Identifier.BeginSignIn(7)), Refused(RefusalCode.TooManyAttempts, await nobody.Identifier.BeginSignIn(7)));
        Granted(await owner.Identifier.BeginSignIn(8)); // from elsewhere the owner still gets in
        await owner.Identifier.SignInSucceeded(8);
    }

    private static SignIn Request(string matched, string? operation = null, string? session = null) =>
        new() { Operation = operation ?? NewId(), Session = NewSession(session ?? NewId()), MatchedHash = matched };

    private static async Task<SessionProof> SignIn(Registrant person, string? session = null, string? operation = null)
    {
        var request = Request(person.PasswordHash, operation, session ?? NewId());
        Granted(await person.AccountActor.SignIn(request));
        return ProofOf(request.Session.Id);
    }
}
