using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Accounts;

/// <summary>Changing the password (P-05): once, whatever is repeated, and with ten tries an hour for whoever guesses.</summary>
public sealed class PasswordChangeTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15), Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_changed_password_signs_in_and_the_old_one_does_not()
    {
        var person = await cluster.NewPerson().SignUp();
        var other = NewSession("other");
        Granted(await person.AccountActor.SignIn(SignIn(person.PasswordHash, other)));
        var begun = Granted(await Prepare(person, Call("op")));
        Assert.Equal((person.PasswordHash, false), (begun.CurrentHash, begun.AlreadyDone));
        Granted(await person.AccountActor.ChangePassword(person.Session, Change(begun.CurrentHash, "$new", "op") with { EndOtherSessions = true }));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(ProofOf("other")));
        Granted(await person.AccountActor.View(person.Session));
        Assert.Equal("$new", (await person.AccountActor.Credential()).PasswordHash);
        Refused(RefusalCode.CredentialsWrong, await person.AccountActor.SignIn(SignIn(person.PasswordHash)));
        Granted(await person.AccountActor.SignIn(SignIn("$new")));
        Refused(RefusalCode.CredentialsWrong, await person.AccountActor.ChangePassword(person.Session, Change(begun.CurrentHash, "$newer")));
    }

    [Fact]
    public async Task A_repeated_change_is_done_once_also_from_a_fresh_activation()
    {
        var person = await cluster.NewPerson().SignUp();
        Granted(await Prepare(person, Call("op")));
        Granted(await person.AccountActor.ChangePassword(person.Session, Change(person.PasswordHash, "$new", "op")));
        await cluster.Forget(person.AccountActor);
        var writes = cluster.Faults.Writes("account", AccountKeys.Of(person.Account));
        Granted(await person.AccountActor.ChangePassword(person.Session, Change(person.PasswordHash, "$new", "op"))); // the silo's answer was lost
        Assert.Equal(writes, cluster.Faults.Writes("account", AccountKeys.Of(person.Account)));
        var repeated = Granted(await Prepare(person, Call("op"))); // the gateway's answer was lost
        Assert.Equal(("$new", true), (repeated.CurrentHash, repeated.AlreadyDone));
        await Unprepare(person, "op");
        Refused(RefusalCode.IdempotencyKeyReused, await Prepare(person, Call("op") with { EndOtherSessions = true }));
    }

    [Fact]
    public async Task Only_the_newest_change_is_repeated()
    {
        var person = await cluster.NewPerson().SignUp();
        foreach (var (operation, from, to) in new[] { ("one", person.PasswordHash, "$one"), ("two", "$one", "$two") })
        {
            Granted(await Prepare(person, Call(operation)));
            Granted(await person.AccountActor.ChangePassword(person.Session, Change(from, to, operation)));
        }
        Assert.False(Granted(await Prepare(person, Call("one"))).AlreadyDone); // and so its current password is found wrong
        await Unprepare(person, "one");
        Refused(RefusalCode.CredentialsWrong, await person.AccountActor.ChangePassword(person.Session, Change(person.PasswordHash, "$one", "one")));
        Assert.Equal("$two", (await person.AccountActor.Credential()).PasswordHash);
    }

    [Fact]
    public async Task One_request_at_a_time_for_an_operation_and_the_next_may_try_when_the_first_did_not_come_back()
    {
        var person = await cluster.NewPerson().SignUp();
        Granted(await Prepare(person, Call("op")));
        Granted(await Prepare(person, Call("op"))); // the gateway's own repeat
        Refused(RefusalCode.IdempotencyInProgress, await Prepare(person, Call("op", "second")));
        Granted(await Prepare(person, Call("another", "third"))); // no conflict: whoever comes second finds another password
        await person.AccountActor.UnpreparePasswordChange(Call("op", "somebody else's"));
        Refused(RefusalCode.IdempotencyInProgress, await Prepare(person, Call("op", "second")));
        await Unprepare(person, "op");
        Granted(await Prepare(person, Call("op", "second")));
        cluster.Clock.Advance(Longest - Millisecond);
        Refused(RefusalCode.IdempotencyInProgress, await Prepare(person, Call("op", "fourth")));
        cluster.Clock.Advance(Millisecond);
        Granted(await Prepare(person, Call("op", "fourth")));
    }

    [Fact]
    public async Task The_current_password_may_be_tried_ten_times_an_hour_over_all_sessions_and_keys()
    {
        var person = await cluster.NewPerson().SignUp();
        Granted(await person.AccountActor.SignIn(SignIn(person.PasswordHash, NewSession("elsewhere"))));
        Granted(await Prepare(person, Call("op")));
        Granted(await person.AccountActor.ChangePassword(person.Session, Change(person.PasswordHash, "$new", "op")));
        // The attack: the key of a change that is done, to guess at the new password.
        for (var i = 0; i < 10; i++)
            Granted(await person.AccountActor.PreparePasswordChange(i % 2 == 0 ? person.Session : ProofOf("elsewhere"), i % 3 == 0 ? Call($"{i}") : Call("op")));
        await cluster.Forget(person.AccountActor);
        Refused(RefusalCode.TooManyAttempts, await Prepare(person, Call("op")));
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Granted(await Prepare(person, Call("op")));
    }

    internal static ChangePassword Change(string? from, string to, string operation = "change") =>
        new() { MatchedHash = from, NewHash = to, EndOtherSessions = false, Operation = operation, Attempt = "first" };

    private static PasswordChangeCall Call(string operation, string attempt = "first") => new() { Operation = operation, Attempt = attempt, EndOtherSessions = false };

    private static Task<Outcome<PasswordChangeBegun>> Prepare(Registrant person, PasswordChangeCall call) => person.AccountActor.PreparePasswordChange(person.Session, call);

    private static Task<Done> Unprepare(Registrant person, string operation) => person.AccountActor.UnpreparePasswordChange(Call(operation));

    private static SignIn SignIn(string hash, NewSession? session = null) =>
        new() { Operation = NewId(), Session = session ?? NewSession(NewId()), MatchedHash = hash };
}
