namespace AiCloud.Expiry;

/// <summary>Sees to it, when a silo starts, that reminders exist. They outlive all silos; this makes the first.</summary>
internal abstract class RemindersAtStart(ILogger log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Each makes one reminder unless it is there.</summary>
    protected abstract IEnumerable<Func<Task>> Reminders { get; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var ensure in Reminders) await Hosting.Patience.UntilDone(ensure, Pause, log.ReminderNotMade, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}

/// <summary>The reminder of every sweeper and due-sweeper.</summary>
internal sealed class ReminderStart(IGrainFactory grains, ExpiryMetrics metrics, ILogger<ReminderStart> log) : RemindersAtStart(log)
{
    // By the metrics, so that a silo says how many runs there must be also when none ever comes to it.
    protected override IEnumerable<Func<Task>> Reminders =>
        Enumerable.Range(0, metrics.Shards).SelectMany(shard => (Func<Task>[])[grains.GetGrain<ISweeperGrain>(shard).EnsureRunning, grains.GetGrain<IDueGrain>(shard).EnsureRunning]);
}

internal static partial class Log
{
    [LoggerMessage(4003, LogLevel.Warning, "A reminder could not be made ({Failure}); trying again")]
    public static partial void ReminderNotMade(this ILogger log, string failure);
}
