using System.Diagnostics.Metrics;

namespace AiCloud.Ledger;

/// <summary>How the ledger keeps up. No tags.</summary>
public sealed class LedgerMetrics
{
    internal const string MeterName = "AiCloud.Ledger";
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _batch;
    private readonly Counter<long> _entries, _conflicts, _failed, _dropped;
    private long _covered;
    private LedgerBacklog _backlog = new(0, TimeSpan.Zero);

    /// <summary>Creates the instruments.</summary>
    public LedgerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("aicloud.ledger.flush.duration", "s", "Time of one batch into the ledger");
        _batch = meter.CreateHistogram<int>("aicloud.ledger.flush.accounts", "{account}", "Accounts in one batch");
        _entries = meter.CreateCounter<long>("aicloud.ledger.entries", "{entry}", "Entries handed to the ledger");
        _conflicts = meter.CreateCounter<long>("aicloud.ledger.conflicts", "{account}", "Accounts whose entries the ledger holds otherwise: somebody must look");
        _failed = meter.CreateCounter<long>("aicloud.ledger.flush.failed", "{batch}", "Batches that the database did not take");
        _dropped = meter.CreateCounter<long>("aicloud.ledger.dropped", "{account}", "Accounts that found no place in memory and wait for the reminder");
        meter.CreateObservableGauge("aicloud.ledger.checkpoint.accounts", () => _covered, "{account}", "Chains that the last checkpoint of this silo covers");
        meter.CreateObservableGauge("aicloud.ledger.backlog", () => _backlog.Marks, "{account}", "Accounts whose entries are not in the ledger yet");
        meter.CreateObservableGauge("aicloud.ledger.backlog.age", () => _backlog.Oldest.TotalSeconds, "s", "How long the oldest of them has waited");
    }

    internal void Flushed(int accounts, int entries, TimeSpan took)
    {
        _duration.Record(took.TotalSeconds);
        _batch.Record(accounts);
        _entries.Add(entries);
    }

    internal void Checkpoint(long accounts) => _covered = accounts;
    internal void Conflict() => _conflicts.Add(1);
    internal void Failed() => _failed.Add(1);
    internal void Dropped() => _dropped.Add(1);
    internal void Backlog(LedgerBacklog backlog) => _backlog = backlog;
}
