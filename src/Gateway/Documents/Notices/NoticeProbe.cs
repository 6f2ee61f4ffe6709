using AiCloud.Languages;
using AiCloud.Protection;

namespace AiCloud.Documents.Notices;

/// <summary>
/// Proof that an announcement could be seen (C2.5b, C2.5c): as soon as a version is announced and then once an hour, this gateway asks itself
/// for both public pages and tells the document whether each showed the version's digest and led to its text. The minute is its own, so that
/// many gateways spread over the hour.
/// </summary>
internal sealed class NoticeProbe(
    DocumentCatalog catalog, IGrainFactory grains, OwnPages pages, NoticeMetrics metrics, TimeProvider clock, IRandomness randomness, ILogger<NoticeProbe> log) : BackgroundService
{
    private const int Tries = 3;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), ReportAgain = TimeSpan.FromMinutes(1);
    private static readonly (string Name, string Path)[] Places = [(NoticePages.Help, "/help"), (NoticePages.Register, "/register")];

    private readonly TimeSpan minute = TimeSpan.FromSeconds(randomness.NextInt(3600));
    private readonly Dictionary<string, DateTimeOffset> due = [];

    /// <summary>The first instant after <paramref name="now"/> that stands <paramref name="minute"/> after a full hour.</summary>
    public static DateTimeOffset Next(DateTimeOffset now, TimeSpan minute)
    {
        var next = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(now.UtcDateTime.Hour) + minute;
        return next > now ? next : next.AddHours(1);
    }

    /// <summary>Probes for every announced version whose turn has come.</summary>
    public async Task Probe(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var published = catalog.Current;
        var announced = catalog.AllKinds.Select(kind => published.Announced(kind, now)).OfType<DocumentVersion>().ToArray();
        foreach (var gone in due.Keys.Except(announced.Select(KeyOf)).ToArray()) due.Remove(gone);
        foreach (var version in announced)
        {
            if (due.GetValueOrDefault(KeyOf(version)) > now) continue;
            due[KeyOf(version)] = await Report(version, cancellation) ? Next(now, minute) : now + ReportAgain;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (pages.CanRead) await Probe(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task<bool> Report(DocumentVersion version, CancellationToken cancellation)
    {
        var hasText = await Shows(DocumentPaths.Page(version), version, leads: false, cancellation);
        foreach (var (name, path) in Places)
        {
            var found = hasText && await Shows(path, version, leads: true, cancellation);
            metrics.Probed(name, found);
            if (!found) log.NotServed(version.Kind, version.Version, name);
            try
            {
                await grains.GetGrain<IDocumentGrain>(version.Kind).ReportServed(version.Version, name, found, cancellation);
            }
            catch (Exception failure) when (failure is OrleansException or TimeoutException)
            {
                metrics.Unreported();
                log.NotReported(version.Kind, version.Version, failure.GetType().Name);
                return false;
            }
        }
        return true;
    }

    // In every language, and more than once: a gateway that is full for a moment still serves the page to people who ask again.
    private async Task<bool> Shows(string path, DocumentVersion version, bool leads, CancellationToken cancellation)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            var shown = false;
            for (var tries = 0; tries < Tries && !shown; tries++)
            {
                if (tries > 0) await Task.Delay(Look, cancellation);
                shown = await pages.Read(path, language.Tag(), cancellation) is { } page
                    && page.Contains($"data-sha256=\"{version.Sha256}\"", StringComparison.Ordinal)
                    && (!leads || page.Contains($"href=\"{DocumentPaths.Page(version)}\"", StringComparison.Ordinal));
            }
            if (!shown) return false;
        }
        return true;
    }

    private static string KeyOf(DocumentVersion version) => $"{version.Kind} {version.Version} {version.AnnouncedAt.UtcTicks}";
}
