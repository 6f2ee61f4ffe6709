using System.Diagnostics.Metrics;

namespace AiCloud.Passwords;

/// <summary>How long hashes wait and take, how many are inside, how many were refused.</summary>
internal sealed class HashingMetrics
{
    public const string MeterName = "AiCloud.Passwords";

    private readonly Histogram<double> _waited, _hashed;
    private readonly Counter<long> _refused;

    public HashingMetrics(IMeterFactory meters, Func<int> inside)
    {
        var meter = meters.Create(MeterName);
        _waited = meter.CreateHistogram<double>("aicloud.hashing.queue_age", "s", "Time a hash waited for a thread.");
        _hashed = meter.CreateHistogram<double>("aicloud.hashing.duration", "s", "Time a hash took.");
        _refused = meter.CreateCounter<long>("aicloud.hashing.refused", "{request}", "Hashes refused because the queue was full.");
        meter.CreateObservableGauge("aicloud.hashing.inside", inside, "{request}", "Hashes waiting or running.");
    }

    public void Waited(TimeSpan age) => _waited.Record(age.TotalSeconds);

    public void Hashed(TimeSpan time) => _hashed.Record(time.TotalSeconds);

    public void Refused() => _refused.Add(1);
}
