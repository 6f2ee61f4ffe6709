namespace AiCloud.Ledger;

/// <summary>Runs the silo's flusher. At the end what is in memory still goes; what does not is marked.</summary>
internal sealed class LedgerFlushing(LedgerFlusher flusher) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => flusher.Run(stoppingToken);
}
