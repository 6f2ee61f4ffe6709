using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Faults;

/// <summary>The short variant of <c>scripts/faults.sh</c>: people register all the while, a silo and a gateway are killed, and every answer is held against the database.</summary>
public sealed class KillAndCheckTests
{
    private const double PerSecond = 3;
    // Built without optimisation, on a machine that runs other tests: the goal of ten seconds is measured by the script.
    private static readonly TimeSpan ServedAgain = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task When_a_silo_and_a_gateway_are_killed_under_load_nothing_acknowledged_is_lost_or_doubled_and_nobody_s_client_has_to_give_up()
    {
        var killed = new Case("kill-and-check", "", async stage =>
        {
            await Cases.KillASiloAndAGateway(stage);
            await Stage.For(8);
        }, Goals.Within(ServedAgain.TotalSeconds)) { Silos = 2, Gateways = 2 };
        var outcome = await Player.Play(killed, Release.Host, previous: null, PerSecond);
        Assert.True(outcome.IsMet, $"{outcome}\n{string.Join('\n', outcome.Unmet)}");
        // The fault was there, and people got through before and after it.
        Assert.True(outcome.Acknowledged > 60 && outcome.Unserved is not null, outcome.ToString());
    }
}
