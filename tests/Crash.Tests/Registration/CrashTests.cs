using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Registration;

public sealed class CrashTests
{
    public static TheoryData<DatabaseProvider> Databases => FaultMatrix.Databases(DatabaseProvider.PostgreSql);

    // One process dies with a completion standing at each of the steps, twice: for an owner who comes back and for one who does not.
    [Theory, MemberData(nameof(Databases))]
    public async Task A_crash_between_any_two_steps_costs_nobody_an_account_and_blocks_no_contact(DatabaseProvider database)
    {
        await using var deployment = await Deployment.Start(database);
        var api = new Api(deployment);
        var contests = await Contest.Prepare(api, FaultMatrix.Steps.Concat(FaultMatrix.Steps));
        foreach (var contest in contests) await contest.Stop(deployment.Workers[0]);

        await deployment.Kill();
        await deployment.Start();

        await Task.WhenAll(
        [
            .. contests.Take(FaultMatrix.Steps.Count).Select(contest => contest.OwnerReturns()),
            .. contests.Skip(FaultMatrix.Steps.Count).Select(contest => contest.RivalCompletes()),
        ]);
        await Task.WhenAll(contests.Skip(FaultMatrix.Steps.Count).Select(contest => contest.OwnerComesLate()));
        await deployment.AssertSound(accounts: contests.Length);
    }
}
