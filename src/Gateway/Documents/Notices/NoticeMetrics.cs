using System.Diagnostics.Metrics;

namespace AiCloud.Documents.Notices;

/// <summary>What the probes of the public pages found.</summary>
internal sealed class NoticeMetrics
{
    public const string MeterName = "AiCloud.Notices";

    private readonly Counter<long> probes, unreported;

    public NoticeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        probes = meter.CreateCounter<long>("aicloud.notice.probes", "{probe}", "Looks at a public page for an announced version, by page and by whether it was found.");
        unreported = meter.CreateCounter<long>("aicloud.notice.unreported", "{probe}", "Probes whose result the document could not be told; they are repeated.");
    }

    public void Probed(string page, bool found) => probes.Add(1, new("page", page), new("found", found));

    public void Unreported() => unreported.Add(1);
}
