using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace AiCloud.Expiry;

/// <summary>
/// Whether the reminders' work is done. Orleans counts ticks that were delivered and how late; a tick that was missed or whose work failed is in neither,
/// so that silence there proves nothing. Here a run counts at its end, shard by shard, and how many there must be stands beside it.
/// </summary>
internal sealed class ExpiryMetrics
{
    public const string MeterName = "AiCloud.Expiry", Sweep = "sweep", Settle = "settle";
    private readonly Counter<long> _runs, _unsettled;

    public ExpiryMetrics(IMeterFactory meters, IOptions<ExpiryOptions> options)
    {
        Shards = options.Value.Shards;
        var meter = meters.Create(MeterName);
        _runs = meter.CreateCounter<long>("aicloud.expiry.runs", "{run}", "Runs that came to their end, by work (sweep, settle) and shard");
        _unsettled = meter.CreateCounter<long>("aicloud.expiry.unsettled", "{settlement}", "Accounts and guardian invitations that had fallen due and could not settle; each comes again with the next run");
        meter.CreateObservableGauge("aicloud.expiry.expected", () => 2 * Shards, "{shard}", "How many pairs of work and shard must run once a period");
    }

    public int Shards { get; }

    public void Ran(string work, int shard) => _runs.Add(1, new KeyValuePair<string, object?>("work", work), new KeyValuePair<string, object?>("shard", shard));
    public void Unsettled() => _unsettled.Add(1);
}
