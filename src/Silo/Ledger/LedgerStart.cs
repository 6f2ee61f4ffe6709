using AiCloud.Expiry;
using Microsoft.Extensions.Options;

namespace AiCloud.Ledger;

/// <summary>The ledger's reminders.</summary>
internal sealed class LedgerStart(IGrainFactory grains, IOptions<ExpiryOptions> options, ILogger<LedgerStart> log) : RemindersAtStart(log)
{
    protected override IEnumerable<Func<Task>> Reminders =>
    [
        .. Enumerable.Range(0, options.Value.Shards).Select(shard => (Func<Task>)grains.GetGrain<ILedgerDriverGrain>(shard).EnsureRunning),
        grains.GetGrain<ILedgerBackfillGrain>(0).EnsureRunning,
        grains.GetGrain<ICheckpointGrain>(0).EnsureRunning,
    ];
}
