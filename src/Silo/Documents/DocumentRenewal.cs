using AiCloud.Hosting;

namespace AiCloud.Documents;

/// <summary>Keeps this process's copy of the published texts fresh. A silo publishes the first versions before that.</summary>
internal sealed class DocumentRenewal(DocumentCatalog catalog, IGrainFactory grains, bool seeds, ILogger<DocumentRenewal> log, TimeSpan? period = null)
    : WatchedCopy(period ?? TimeSpan.FromSeconds(2)), IDocumentWatcher
{
    private IDocumentWatcher? _reference;

    Task IDocumentWatcher.Changed(string kind) => Changed();

    protected override async Task Prepare()
    {
        if (!seeds) return;
        foreach (var version in DocumentContent.Read(Path.Combine(AppContext.BaseDirectory, "content")))
            await grains.GetGrain<IDocumentGrain>(version.Kind).Seed(version);
    }

    protected override async Task Watch()
    {
        // Orleans holds it weakly; the host holds this service.
        _reference ??= grains.CreateObjectReference<IDocumentWatcher>(this);
        foreach (var kind in catalog.AllKinds) await grains.GetGrain<IDocumentGrain>(kind).Watch(_reference);
    }

    protected override Task Renew(CancellationToken stopping) => catalog.Renew(stopping);

    protected override void Failed(string failure) => log.NotRenewed(failure);
}

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "The published documents could not be read ({Failure}); the copy in memory stays in use")]
    public static partial void NotRenewed(this ILogger log, string failure);
}
