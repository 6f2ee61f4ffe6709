using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>Each answer on the way gets lost once and is asked for again with the same key: one account, no lost try, no message too many.</summary>
public sealed class LostAnswerTests(EitherDatabase<ClusterFixture, PostgreSqlFixture> clusters) : IClassFixture<EitherDatabase<ClusterFixture, PostgreSqlFixture>>
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite, false)]
    [InlineData(DatabaseProvider.Sqlite, true)]
    [InlineData(DatabaseProvider.PostgreSql, false)]
    [InlineData(DatabaseProvider.PostgreSql, true)]
    public async Task With_every_answer_lost_once_the_person_ends_with_one_account(DatabaseProvider database, bool forgottenInBetween)
    {
        var cluster = await clusters.On(database);
        var person = cluster.NewPerson();
        var before = await cluster.Rows("account");
        var started = Granted(await Twice(() => person.Start()));
        Assert.Equal(5, started.AttemptsLeft);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await person.Code();
        Granted(await Twice(() => person.Resend("resend")));
        var code = await person.Code();
        Assert.Equal(2, cluster.Delivery.To(person.IdentifierKey).Count);
        Assert.Equal(4, Refused(RefusalCode.CodeWrong, await Twice(() => person.Verify(Wrong(code), "wrong"))).AttemptsLeft);
        Assert.Equal(4, Granted(await person.View()).AttemptsLeft);
        Assert.Equal(RegistrationState.Verified, Granted(await Twice(() => person.Verify(code, "right"))).State);
        var completed = Granted(await Twice(() => person.Complete("complete")));

        Assert.Equal(before + 1, await cluster.Rows("account"));
        Assert.Equal(completed.Account!.Id, (await person.Identifier.Standing()).Owner);
        Assert.Single(Granted(await person.AccountActor.Sessions(person.Session)));
        Assert.Equal(3, Granted(await person.AccountActor.Acceptances(person.Session)).Length);

        async Task<T> Twice<T>(Func<Task<T>> call)
        {
            await call(); // the answer is lost
            if (forgottenInBetween) await cluster.Forget(person.Registration, person.Identifier);
            return await call();
        }
    }
}
