using System.Diagnostics;
using AiCloud.Health;
using AiCloud.Hosting;

namespace AiCloud.Switches;

/// <summary>Keeps this process's copy of the switches fresh: at once when the actor says that something changed, and every two seconds, since such a word can get lost.</summary>
internal sealed class SwitchRenewal(SwitchBoard board, IGrainFactory grains, ILogger<SwitchRenewal> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(1), WatchAgain = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _changed = new(0);

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watcher = new Watcher(_changed);
        try
        {
            var reference = grains.CreateObjectReference<ISwitchWatcher>(watcher);
            var switches = grains.GetGrain<ISwitchesGrain>(ISwitchesGrain.Key);
            long? watched = null;
            while (true)
            {
                if (watched is not { } since || Stopwatch.GetElapsedTime(since) >= WatchAgain)
                {
                    await UntilDone(() => switches.Watch(reference), stoppingToken);
                    watched = Stopwatch.GetTimestamp();
                }
                await UntilDone(async () => board.Take(await switches.Published(board.Revision, stoppingToken)), stoppingToken);
                await _changed.WaitAsync(Period, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        GC.KeepAlive(watcher); // Orleans holds it weakly
    }

    private Task UntilDone(Func<Task> act, CancellationToken stopping) => Patience.UntilDone(act, Pause, log.NotRenewed, stopping);

    private sealed class Watcher(SemaphoreSlim changed) : ISwitchWatcher
    {
        public Task Changed()
        {
            changed.Release();
            return Task.CompletedTask;
        }
    }
}

/// <summary>The switches are known: before that, what is stopped would go on.</summary>
internal sealed class SwitchesReadiness(SwitchBoard board) : IReadinessCheck
{
    public string Name => "switches";

    public bool IsKnownAtOnce => true;

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(board.IsKnown);
}

internal static partial class Log
{
    [LoggerMessage(6003, LogLevel.Warning, "The switches could not be read ({Failure}); the copy in memory stays in use")]
    public static partial void NotRenewed(this ILogger log, string failure);
}
