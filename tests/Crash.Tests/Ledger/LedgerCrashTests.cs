using AiCloud.Running;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Ledger;

public sealed class LedgerCrashTests
{
    public static TheoryData<DatabaseProvider> Databases => Registration.FaultMatrix.Databases(DatabaseProvider.PostgreSql);

    // At which steps entries stand when the process dies. The flusher, of which a silo has one, stands at one step at a time; accounts beside it at theirs.
    private static LedgerStep[][] Deaths => Registration.FaultMatrix.IsFull
        ? [.. Enum.GetValues<LedgerStep>().Select(step => new[] { step })]
        : [[LedgerStep.LetGo, LedgerStep.Kept, LedgerStep.HandedOver], [LedgerStep.Appended], [LedgerStep.Flushed]];

    // The process dies at each step of an entry's way from the account into the ledger, every time with another person's entries at that step.
    // Nobody comes back afterwards: what is left is taken up by reminder.
    [Theory, MemberData(nameof(Databases))]
    public async Task Kill_9_at_every_point_between_account_and_ledger_loses_nothing_and_doubles_nothing(DatabaseProvider provider)
    {
        await using var deployment = await Deployment.Start(provider, silos: 1, ("AiCloud__Ledger__DriveAfter", "00:00:05"));
        var api = new Api(deployment);
        Assert.Equal(Enum.GetValues<LedgerStep>(), Deaths.SelectMany(steps => steps).Order());
        foreach (var together in Deaths)
        {
            var interrupted = new List<Task<Reply>>();
            foreach (var step in together)
            {
                var person = new Attempt(api, Attempt.NewEmail());
                if (step == LedgerStep.LetGo)
                {
                    // A later write of an account whose entries have arrived.
                    await person.Register();
                    await Until(deployment, "SELECT count(*) FROM dirty", marks => marks == 0);
                    interrupted.Add(await Stop(deployment, step, () => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier = person.Contact, password = person.Password }, key: Attempt.NewKey())));
                }
                else
                {
                    await person.Start();
                    await person.Verify();
                    interrupted.Add(await Stop(deployment, step, () => person.CompleteOnce()));
                }
            }
            await deployment.Kill();
            await Task.WhenAll(interrupted);
            await deployment.Start();
        }

        var people = Enum.GetValues<LedgerStep>().Length;
        await Until(deployment, "SELECT count(*) FROM dirty", marks => marks == 0);
        await Until(deployment, "SELECT count(*) FROM directory", accounts => accounts == people);
        await deployment.AssertSound(people);
        var (exit, said) = await deployment.Ledger("verify");
        Assert.True(exit == 0 && said.Contains($"{people} accounts, {3 * people} entries (0 without their sealed evidence), 0 accounts not in the ledger yet", StringComparison.Ordinal), said);
    }

    private static async Task<Task<Reply>> Stop(Deployment deployment, LedgerStep step, Func<Task<Reply>> act)
    {
        var interrupted = await deployment.Workers[0].StopAt($"stop-ledger {step}", $"{step}", act);
        // Entries of people before may be those that stand there: this one's act has to be committed first. Nobody waits for the flusher, unless its transaction has SQLite's gate.
        if (step is LedgerStep.HandedOver or LedgerStep.Flushed || (step is LedgerStep.Appended && deployment.PostgreSql is not null)) Assert.Equal(201, (await interrupted).Status);
        return interrupted;
    }

    private static async Task Until(Deployment deployment, string question, Func<long, bool> answer)
    {
        await using var database = AiCloud.Storage.Database.Open(deployment.Database);
        for (var tries = 0; ; tries++)
        {
            await using (var connection = await database.State.OpenConnectionAsync())
            {
                var found = await connection.ExecuteScalarAsync<long>(question);
                if (answer(found)) return;
                Assert.True(tries < 1500, $"{question}: {found}");
            }
            await Task.Delay(100);
        }
    }
}
