using System.Diagnostics;

namespace AiCloud.Documents;

/// <summary>
/// Keeps this process's copy of the published texts fresh: at once when an actor says that something changed, and on a short period, since such
/// a word can get lost. A silo publishes the first versions before that.
/// </summary>
internal sealed class DocumentRenewal(DocumentCatalog catalog, IGrainFactory grains, bool seeds, ILogger<DocumentRenewal> log, TimeSpan? period = null) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), WatchAgain = TimeSpan.FromSeconds(20);
    private readonly TimeSpan _period = period ?? TimeSpan.FromSeconds(2);
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
            if (seeds) await UntilDone(Seed, stoppingToken);
            var reference = grains.CreateObjectReference<IDocumentWatcher>(watcher);
            long? watched = null;
            while (true)
            {
                if (watched is not { } since || Stopwatch.GetElapsedTime(since) >= WatchAgain)
                {
                    await UntilDone(() => Watch(reference), stoppingToken);
                    watched = Stopwatch.GetTimestamp();
                }
                await UntilDone(() => catalog.Renew(stoppingToken), stoppingToken);
                await _changed.WaitAsync(_period, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        GC.KeepAlive(watcher); // Orleans holds it weakly
    }

    private async Task Watch(IDocumentWatcher reference)
    {
        foreach (var kind in catalog.AllKinds) await grains.GetGrain<IDocumentGrain>(kind).Watch(reference);
    }

    private async Task Seed()
    {
        foreach (var version in DocumentContent.Read(Path.Combine(AppContext.BaseDirectory, "content")))
            await grains.GetGrain<IDocumentGrain>(version.Kind).Seed(version);
    }

    private Task UntilDone(Func<Task> act, CancellationToken stopping) => Hosting.Patience.UntilDone(act, Pause, log.NotRenewed, stopping);

    private sealed class Watcher(SemaphoreSlim changed) : IDocumentWatcher
    {
        public Task Changed(string kind)
        {
            changed.Release();
            return Task.CompletedTask;
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "The published documents could not be read ({Failure}); the copy in memory stays in use")]
    public static partial void NotRenewed(this ILogger log, string failure);
}
