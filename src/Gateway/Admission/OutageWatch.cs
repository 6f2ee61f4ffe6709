using AiCloud.Health;
using AiCloud.Storage;

namespace AiCloud.Admission;

/// <summary>
/// Finds out, sooner than the time-out of any call, that the database or the whole cluster is gone, and that it is back. The database is asked from
/// here too, because a busy silo answers late just as one without a database does, and only the latter calls for sending everybody away.
/// </summary>
internal sealed class OutageWatch(Database database, IGrainFactory grains, Outage outage, ILogger<OutageWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), Limit = TimeSpan.FromMilliseconds(700), LongestProbe = TimeSpan.FromSeconds(2);
    // A timer that fires later than this tells of a process that had no time, and nothing of whom it asked.
    private static readonly TimeSpan Starved = TimeSpan.FromMilliseconds(300);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (storage, cluster) = (new StorageReadiness(database), new ClusterReadiness(grains));
        return Task.WhenAll(
            Watch(storage, misses: 1, gone => outage.OfStorage = gone, stoppingToken),
            // Twice: while one silo of several is dying, chance may send every question of one probe to it.
            Watch(cluster, misses: 2, gone => outage.OfCluster = gone, stoppingToken));
    }

    private async Task Watch(IReadinessCheck check, int misses, Action<bool> tell, CancellationToken stopping)
    {
        try
        {
            var missed = 0;
            while (true)
            {
                var asked = Asked(check, stopping);
                var late = await IsLate(asked, stopping);
                if (late) Miss();
                if (await asked)
                {
                    if (missed >= misses) log.Back(check.Name);
                    missed = 0;
                    tell(false);
                }
                else if (!late) Miss();
                await Task.Delay(Pause, stopping);
            }

            void Miss()
            {
                missed++;
                if (missed < misses) return;
                if (missed == misses) log.Gone(check.Name);
                tell(true);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private static async Task<bool> IsLate(Task asked, CancellationToken stopping)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAny(asked, Task.Delay(Limit, stopping));
        return !asked.IsCompleted && System.Diagnostics.Stopwatch.GetElapsedTime(since) < Limit + Starved;
    }

    private static async Task<bool> Asked(IReadinessCheck check, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestProbe);
        try
        {
            return await check.IsReady(limit.Token).AsTask().WaitAsync(limit.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(5604, LogLevel.Error, "No answer from the {What}: requests that need it are answered 503 until it is back")]
    public static partial void Gone(this ILogger log, string what);

    [LoggerMessage(5605, LogLevel.Warning, "The {What} answers again")]
    public static partial void Back(this ILogger log, string what);
}
