using AiCloud.Live;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AiCloud.Health;

/// <summary>Gateways ask the cluster several times a second, for as long as they live.</summary>
public sealed class ClusterReadinessTests
{
    [Fact]
    public async Task Questions_of_gateways_leave_no_actor_behind()
    {
        await using var gateway = await LiveGateway.Start();
        var grains = gateway.Services.GetRequiredService<IGrainFactory>();
        var check = new ClusterReadiness(grains);
        for (var i = 0; i < 60; i++) Assert.True(await check.IsReady(TestContext.Current.CancellationToken));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20)); // idle ones would stay for minutes
        while (await Accounts() is var left and > 0)
        {
            Assert.False(patience.IsCancellationRequested, $"{left} actors are left");
            await Task.Delay(50);
        }

        async Task<int> Accounts() => (await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics()).Where(type => type.GrainType.Contains("AccountGrain", StringComparison.Ordinal)).Sum(type => type.ActivationCount);
    }
}
