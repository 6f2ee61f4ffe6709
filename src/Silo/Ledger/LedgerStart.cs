using AiCloud.Expiry;
using Microsoft.Extensions.Options;

namespace AiCloud.Ledger;

/// <summary>Sees to it, when a silo starts, that the ledger's reminders exist.</summary>
internal sealed class LedgerStart(IGrainFactory grains, IOptions<ExpiryOptions> options, ILogger<LedgerStart> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var shard = 0; shard < options.Value.Shards; shard++) await UntilDone(grains.GetGrain<ILedgerDriverGrain>(shard).EnsureRunning, stoppingToken);
            await UntilDone(grains.GetGrain<ILedgerBackfillGrain>(0).EnsureRunning, stoppingToken);
            await UntilDone(grains.GetGrain<ICheckpointGrain>(0).EnsureRunning, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private Task UntilDone(Func<Task> act, CancellationToken stopping) => Hosting.Patience.UntilDone(act, Pause, log.ReminderNotMade, stopping);
}
