using Microsoft.Extensions.Options;

namespace AiCloud.Expiry;

/// <summary>Sees to it, when a silo starts, that every sweeper and due-sweeper has its reminder. Reminders outlive all silos; this makes the first.</summary>
internal sealed class ReminderStart(IGrainFactory grains, IOptions<ExpiryOptions> options, ILogger<ReminderStart> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var shard = 0; shard < options.Value.Shards; shard++)
            {
                await UntilDone(() => grains.GetGrain<ISweeperGrain>(shard).EnsureRunning(), stoppingToken);
                await UntilDone(() => grains.GetGrain<IDueGrain>(shard).EnsureRunning(), stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private Task UntilDone(Func<Task> act, CancellationToken stopping) => Hosting.Patience.UntilDone(act, Pause, log.ReminderNotMade, stopping);
}

internal static partial class Log
{
    [LoggerMessage(4003, LogLevel.Warning, "A reminder could not be made ({Failure}); trying again")]
    public static partial void ReminderNotMade(this ILogger log, string failure);
}
