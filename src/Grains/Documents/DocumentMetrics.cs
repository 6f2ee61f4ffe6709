using System.Diagnostics.Metrics;

namespace AiCloud.Documents;

/// <summary>What becomes of documents. Tags are kinds of a closed list.</summary>
internal sealed class DocumentMetrics
{
    public const string MeterName = "AiCloud.Documents";
    private readonly Counter<long> _announced, _withdrawn, _activated, _unsound;
    private readonly Histogram<double> _tardiness;

    public DocumentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _announced = meter.CreateCounter<long>("aicloud.documents.announced", "{version}", "Versions announced");
        _withdrawn = meter.CreateCounter<long>("aicloud.documents.withdrawn", "{version}", "Versions withdrawn");
        _activated = meter.CreateCounter<long>("aicloud.documents.activated", "{version}", "Versions whose coming into force was noted");
        _unsound = meter.CreateCounter<long>("aicloud.documents.unsound", "{load}", "Loads of a row that was edited outside the service");
        _tardiness = meter.CreateHistogram<double>("aicloud.documents.activation.tardiness", "s", "From the effective instant to its being noted; readers never wait for it");
    }

    public void Announced(string kind) => _announced.Add(1, Kind(kind));
    public void Withdrawn(string kind) => _withdrawn.Add(1, Kind(kind));
    public void Unsound(string kind) => _unsound.Add(1, Kind(kind));

    public void Activated(string kind, TimeSpan late)
    {
        _activated.Add(1, Kind(kind));
        _tardiness.Record(late.TotalSeconds, Kind(kind));
    }

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);
}
