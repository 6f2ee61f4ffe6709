using AiCloud.Accounts;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>Completions at the same moment, on two silos and either database: always one account.</summary>
public sealed class RaceTests(EitherDatabase<TwoSilosFixture, TwoSilosOnPostgreSql> clusters) : IClassFixture<EitherDatabase<TwoSilosFixture, TwoSilosOnPostgreSql>>
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Two_hundred_parallel_completions_of_one_registration_open_one_account(DatabaseProvider database)
    {
        var cluster = await clusters.On(database);
        var person = await cluster.NewPerson().Prove();
        await person.Learn();
        var before = await cluster.Rows("account");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => UntilDecided(person, $"op-{i % 50}")));
        Assert.All(outcomes, outcome => Assert.True(outcome.Value is not null || outcome.Refusal?.Code == RefusalCode.AlreadyCompleted, $"{outcome.Refusal?.Code}"));
        // Every request that carries the winner's key hears of the account, the others that it is completed.
        Assert.Equal(4, outcomes.Count(outcome => outcome.Value is not null));
        Assert.Single(outcomes.Where(outcome => outcome.Value is not null).Select(outcome => outcome.Value!.Account!.Id).Distinct());
        Assert.Equal(before + 1, await cluster.Rows("account"));
        Assert.Equal(person.Account, (await person.Identifier.Standing()).Owner);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Takes", "long")]
    public async Task Two_proven_registrations_of_one_contact_completed_at_once_two_hundred_times_end_with_one_account_each(DatabaseProvider database)
    {
        var cluster = await clusters.On(database);
        const int Pairs = 200;
        var firsts = await Task.WhenAll(Enumerable.Range(0, Pairs).Select(_ => cluster.NewPerson().Prove()));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var seconds = await Task.WhenAll(firsts.Select(first => cluster.NewPerson(first.Contact).Prove()));
        var before = await cluster.Rows("account");

        await Task.WhenAll(firsts.Zip(seconds, async (first, second) =>
        {
            var outcomes = await Task.WhenAll(UntilDecided(first, "first"), UntilDecided(second, "second"));
            Assert.Single(outcomes, outcome => outcome.Value is not null);
            Assert.Single(outcomes, outcome => outcome.Refusal?.Code == RefusalCode.AccountExists);
            var winner = outcomes[0].Value is not null ? first : second;
            var loser = ReferenceEquals(winner, first) ? second : first;
            Assert.Equal(winner.Account, (await winner.Identifier.Standing()).Owner);
            Assert.NotNull((await winner.AccountActor.Credential()).PasswordHash);
            Assert.False(await cluster.HasRow("account", AccountKeys.Of(loser.Account)));
        }));
        Assert.Equal(before + Pairs, await cluster.Rows("account"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Parallel_guesses_share_the_tries_of_one_code(DatabaseProvider database)
    {
        var cluster = await clusters.On(database);
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var code = await person.Code();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => person.Verify(Wrong(code))));
        Assert.Equal(5, outcomes.Count(outcome => outcome.Refusal!.Code == RefusalCode.CodeWrong));
        Assert.Equal(45, outcomes.Count(outcome => outcome.Refusal!.Code == RefusalCode.CodeAttemptsExhausted));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Parallel_starts_of_one_contact_share_its_messages(DatabaseProvider database)
    {
        var cluster = await clusters.On(database);
        var person = cluster.NewPerson();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cluster.NewPerson(person.Contact, network: 7).Start()));
        Assert.Equal(4, outcomes.Count(outcome => outcome.Value is not null));
        Assert.All(outcomes.Where(outcome => outcome.Value is null), outcome => Assert.Equal(RefusalCode.SendLimit, outcome.Refusal!.Code));
    }

    private static async Task<Outcome<RegistrationCompleted>> UntilDecided(Registrant person, string operation)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            var outcome = await person.Complete(operation);
            if (outcome.Refusal?.Code is not (RefusalCode.CompletionInProgress or RefusalCode.IdempotencyInProgress)) return outcome;
            await Task.Delay(TimeSpan.FromMilliseconds(2 + tries % 7));
        }
        throw new TimeoutException("Never decided.");
    }
}
