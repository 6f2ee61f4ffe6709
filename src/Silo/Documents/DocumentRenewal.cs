namespace AiCloud.Documents;

/// <summary>Keeps this process's copy of the published texts fresh; a silo publishes the first versions before that.</summary>
internal sealed class DocumentRenewal(DocumentCatalog catalog, IGrainFactory grains, bool seeds, ILogger<DocumentRenewal> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (seeds) await UntilDone(Seed, stoppingToken);
            using var timer = new PeriodicTimer(Period);
            do await UntilDone(() => catalog.Renew(stoppingToken), stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task Seed()
    {
        foreach (var version in DocumentContent.Read(Path.Combine(AppContext.BaseDirectory, "content")))
            await grains.GetGrain<IDocumentGrain>(version.Kind).Seed(version);
    }

    private Task UntilDone(Func<Task> act, CancellationToken stopping) => Hosting.Patience.UntilDone(act, Pause, log.NotRenewed, stopping);
}

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "The published documents could not be read ({Failure}); the copy in memory stays in use")]
    public static partial void NotRenewed(this ILogger log, string failure);
}
