using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiCloud.Documents;

/// <summary>How a process hears of an announcement (C2.5b).</summary>
public sealed class DocumentRenewalTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task C2_5b_an_announcement_and_its_withdrawal_reach_a_process_that_would_not_ask_again_for_an_hour()
    {
        using var catalog = new DocumentCatalog(cluster.Grains, Options.Create(new DocumentOptions()));
        using var renewal = new DocumentRenewal(catalog, cluster.Grains, seeds: false, NullLogger<DocumentRenewal>.Instance, period: TimeSpan.FromHours(1));
        await renewal.StartAsync(default);
        await Until(() => DocumentCatalog.IsComplete(catalog.Current, cluster.Now));
        var second = await cluster.Grains.Announce("cancellation-rules", "2");
        await Until(() => catalog.Current.Announced(second.Kind, cluster.Now)?.Reference == second.Reference);

        var grain = cluster.Grains.GetGrain<IDocumentGrain>(second.Kind);
        await grain.Withdraw("w1", "2", Amendments.Author);
        await grain.Withdraw("w2", "2", Amendments.Announcer);
        await Until(() => catalog.Current.Announced(second.Kind, cluster.Now) is null);
        await renewal.StopAsync(default);
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(10, patience.Token);
    }
}
