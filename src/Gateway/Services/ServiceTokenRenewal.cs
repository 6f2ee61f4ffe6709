using System.Diagnostics;
using AiCloud.Health;
using AiCloud.Hosting;

namespace AiCloud.Services;

/// <summary>Keeps this gateway's copy of the service tokens fresh: at once when the actor says that something changed, and every two seconds, since such a word can get lost.</summary>
internal sealed class ServiceTokenRenewal(ServiceTokenBoard board, IGrainFactory grains, ILogger<ServiceTokenRenewal> log) : BackgroundService
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
            var reference = grains.CreateObjectReference<IServiceTokenWatcher>(watcher);
            var clients = grains.GetGrain<IServiceClientsGrain>(IServiceClientsGrain.Key);
            long? watched = null;
            while (true)
            {
                if (watched is not { } since || Stopwatch.GetElapsedTime(since) >= WatchAgain)
                {
                    await UntilDone(() => clients.Watch(reference), stoppingToken);
                    watched = Stopwatch.GetTimestamp();
                }
                await UntilDone(async () => board.Take(await clients.Published(board.Revision, stoppingToken)), stoppingToken);
                await _changed.WaitAsync(Period, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        GC.KeepAlive(watcher); // Orleans holds it weakly
    }

    private Task UntilDone(Func<Task> act, CancellationToken stopping) => Patience.UntilDone(act, Pause, log.ServiceTokensNotRenewed, stopping);

    private sealed class Watcher(SemaphoreSlim changed) : IServiceTokenWatcher
    {
        public Task Changed()
        {
            changed.Release();
            return Task.CompletedTask;
        }
    }
}

/// <summary>The service tokens are known: before that, every service would be told that there is no such thing.</summary>
internal sealed class ServiceTokensReadiness(ServiceTokenBoard board) : IReadinessCheck
{
    public string Name => "service-tokens";

    public bool IsKnownAtOnce => true;

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(board.IsKnown);
}
