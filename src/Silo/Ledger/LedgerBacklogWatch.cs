using System.Data.Common;

namespace AiCloud.Ledger;

/// <summary>Looks now and then how much waits for the ledger.</summary>
internal sealed class LedgerBacklogWatch(ILedgerStore store, LedgerMetrics metrics, ILogger<LedgerBacklogWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private const int Most = 100_000; // beyond that it is no longer of interest how much

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            do
            {
                try { metrics.Backlog(await store.Backlog(Most, stoppingToken)); }
                catch (Exception failure) when (failure is DbException or TimeoutException) { log.BacklogUnknown(failure.GetType().Name); }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
