using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Registration;

public sealed class FreezeTests
{
    private static readonly TimeSpan BeyondTheHold = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Whoever_wakes_beyond_the_deadline_finds_a_rival_s_account_and_makes_no_second()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.Sqlite);
        var contests = await Contest.Prepare(new Api(deployment), FaultMatrix.Steps);
        var process = deployment.Workers[0];
        foreach (var contest in contests) await contest.Stop(process);

        await process.Freeze();
        await Task.Delay(BeyondTheHold);
        await process.Thaw();

        await Task.WhenAll(contests.Select(contest => contest.RivalCompletes()));
        process.Say("go");
        await Task.WhenAll(contests.Select(contest => contest.OwnerComesLate()));
        await deployment.AssertSound(accounts: contests.Length);
    }

    /// <summary>Whether the others declare the frozen silo dead.</summary>
    public static TheoryData<bool> Missed => FaultMatrix.IsFull ? [true, false] : [true];

    // Missed, it is voted dead, its actors rise on the other silo, and it wakes with completions that go on where they stood. Not missed, its
    // own activations are still the ones in charge when it wakes, and the rivals come first.
    [Theory, MemberData(nameof(Missed))]
    public async Task A_frozen_silo_makes_no_second_account_when_it_wakes(bool missed)
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2, settings: ("PROCESSHOST_PATIENT", missed ? "" : "1"));
        // Placement may prefer either silo: the one that got the first attempt is the one to freeze.
        Task<Child>? choice = null;
        var one = new Lock();
        var contests = await Contest.Prepare(new Api(deployment), FaultMatrix.Steps, async attempt =>
        {
            Task<Child> chosen;
            lock (one) chosen = choice ??= Choose(deployment, attempt);
            return await RunsOn(await chosen, attempt);
        });
        var frozen = await choice!;
        foreach (var contest in contests) await contest.Stop(frozen);

        await frozen.Freeze();
        var rivals = Task.WhenAll(contests.Select(contest => contest.RivalCompletes()));
        if (missed) await rivals;
        else await Task.WhenAny(rivals, Task.Delay(BeyondTheHold));
        if (missed) frozen.Say("go"); // heard when it wakes
        await frozen.Thaw();
        await rivals;
        if (!missed) frozen.Say("go");

        await Task.WhenAll(contests.Select(contest => contest.OwnerComesLate()));
        if (missed) await frozen.Exit(); // what was declared dead does not linger
        else Assert.True(frozen.Lives);
        await deployment.AssertSound(accounts: contests.Length);
    }

    private static async Task<Child> Choose(Deployment deployment, Attempt first) =>
        await RunsOn(deployment.Silos[0], first) ? deployment.Silos[0] : deployment.Silos[1];

    // The attempt's actor runs the completion; the contact's own may be on either silo.
    private static async Task<bool> RunsOn(Child silo, Attempt attempt)
    {
        silo.Say($"where {attempt.Id} {attempt.Contact}");
        return (await silo.Line($"found {attempt.Id}")).Contains("attempt=here", StringComparison.Ordinal);
    }
}
