using System.Diagnostics.Metrics;
using AiCloud.Hosting;

namespace AiCloud.Services;

/// <summary>
/// This process's copy of the catalogue. A file that changed is taken over as soon as it is whole and right; a broken one changes nothing but a metric
/// and an error line, since services must go on being answered while somebody mends it.
/// </summary>
internal sealed class CatalogueFile
{
    public const string MeterName = "AiCloud.Services";

    private const int FormerKept = 8;

    private readonly string? path;
    private readonly ILogger<CatalogueFile> log;
    private readonly Counter<long> reloads;
    private volatile ServiceCatalogue current;
    private volatile string[] former = []; // digests of this process's earlier catalogues, the last few
    private byte[]? broken; // the file that was complained about, so that one fault is one line

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="StartRefusedException">It cannot be used: nothing stands that could be kept instead.</exception>
    public CatalogueFile(string? path, IMeterFactory meters, ILogger<CatalogueFile> log)
    {
        (this.path, this.log, current) = (path, log, First(path));
        var meter = meters.Create(MeterName);
        reloads = meter.CreateCounter<long>("aicloud.services.catalogue.reloads", description: "Times that the catalogue's file had changed, by what came of it: taken, broken");
        meter.CreateObservableGauge("aicloud.services.catalogue.types", () => current.Types.Count, description: "Service types in force in this process");
        // What was in force before stays among a collector's series: it is said to be over.
        meter.CreateObservableGauge("aicloud.services.catalogue.in_force", () => former.Append(current.Digest)
            .Select(digest => new Measurement<int>(digest == current.Digest ? 1 : 0, new KeyValuePair<string, object?>("digest", digest))), description: "1 for the SHA-256 of the file in force in this process");
        meter.CreateObservableGauge("aicloud.services.catalogue.broken", () => broken is null ? 0 : 1, description: "1 while the file on disk cannot be used and the former one stays in force");
    }

    /// <summary>What is in force.</summary>
    public ServiceCatalogue Current => current;

    /// <summary>Looks at the file, and takes it over when it changed.</summary>
    public void Renew()
    {
        if (path is null) return;
        var (catalogue, faults, bytes) = Load(path);
        if (catalogue is not null)
        {
            broken = null;
            if (catalogue.Digest == current.Digest) return;
            former = [.. former.Append(current.Digest).Where(digest => digest != catalogue.Digest).Distinct().TakeLast(FormerKept)];
            current = catalogue;
            reloads.Add(1, new KeyValuePair<string, object?>("outcome", "taken"));
            log.CatalogueTaken(catalogue.Types.Count, catalogue.Digest);
            return;
        }
        if (broken is { } known && known.AsSpan().SequenceEqual(bytes)) return;
        broken = bytes;
        reloads.Add(1, new KeyValuePair<string, object?>("outcome", "broken"));
        log.CatalogueBroken(Line(faults));
    }

    /// <summary>What is wrong, in one line.</summary>
    public static string Line(IReadOnlyList<string> faults) => faults.Count <= 3 ? string.Join("; ", faults)
        : FormattableString.Invariant($"{string.Join("; ", faults.Take(3))}; and {faults.Count - 3} more");

    /// <summary>Checks a file without serving: every fault on a line of its own, and exit code 1.</summary>
    public static async Task<int> Check(string path, TextWriter output)
    {
        var (catalogue, faults, _) = Load(path);
        foreach (var fault in faults) await output.WriteLineAsync(fault);
        if (catalogue is not null) await output.WriteLineAsync(FormattableString.Invariant($"{catalogue.Types.Count} types, digest {catalogue.Digest}"));
        return catalogue is null ? 1 : 0;
    }

    private static ServiceCatalogue First(string? path)
    {
        if (path is null) return ServiceCatalogue.Empty;
        var (catalogue, faults, _) = Load(path);
        return catalogue ?? throw new StartRefusedException($"{ServicesOptions.Section}:Catalogue: {Line(faults)}.");
    }

    internal static (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults, byte[] Bytes) Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var (catalogue, faults) = CatalogueReader.Read(bytes);
            return (catalogue, faults, bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, [$"the file cannot be read ({failure.GetType().Name})"], []);
        }
    }
}

/// <summary>Looks at the catalogue's file on a short period: a file of a mounted volume is exchanged without anything that could be listened to.</summary>
internal sealed class CatalogueRenewal(CatalogueFile file, Microsoft.Extensions.Options.IOptions<ServicesOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ReloadEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) file.Renew();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(6101, LogLevel.Information, "The service catalogue has changed: {Types} types, digest {Digest}")]
    public static partial void CatalogueTaken(this ILogger log, int types, string digest);

    [LoggerMessage(6102, LogLevel.Error, "The service catalogue on disk cannot be used and the former one stays in force: {Faults}")]
    public static partial void CatalogueBroken(this ILogger log, string faults);

    [LoggerMessage(6103, LogLevel.Warning, "The service tokens could not be read ({Failure}); the copy in memory stays in use")]
    public static partial void ServiceTokensNotRenewed(this ILogger log, string failure);
}
