using AiCloud.Protection;
using Microsoft.Extensions.Logging;

namespace AiCloud.Ledger;

[GrainType("checkpoint")]
internal sealed class CheckpointGrain(
    ILedgerReader reader, ICheckpointStore store, EvidenceSigner signer, LedgerMetrics metrics, TimeProvider clock, ILogger<CheckpointGrain> log)
    : Grain, ICheckpointGrain, IRemindable
{
    private const string Reminder = "take";
    private const int BucketsAtOnce = 16; // at 100 million accounts some 25,000 rows in one transaction
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1), LongestTick = TimeSpan.FromSeconds(40);

    private LedgerCheckpoint? _latest;
    private int _after = -1; // buckets up to here are summed up for the next one; forgotten, they are looked at again and found untouched

    public async Task EnsureRunning()
    {
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Period, Period);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Take();

    public async Task<LedgerCheckpoint?> Take()
    {
        var now = clock.GetUtcNow();
        if (IsTaken(now)) return null;
        _latest = await reader.Checkpoint(null);
        if (IsTaken(now)) return null;
        try
        {
            // Once through the buckets, lowest first: what is touched behind stays for the next checkpoint, or a busy hour would never end.
            for (var started = clock.GetTimestamp(); await store.SumUp((_latest?.Number ?? 0) + 1, _after, BucketsAtOnce) is { } last;)
            {
                _after = last;
                if (clock.GetElapsedTime(started) > LongestTick) return null;
            }
            var taken = await store.Close(_latest, (tree, accounts) => Checkpoints.Make(_latest, now, accounts, tree.Root, signer));
            (_latest, _after) = (taken, -1);
            metrics.Checkpoint(taken.Accounts);
            log.Checkpoint(taken.Number, taken.Accounts);
            return taken;
        }
        catch (CheckpointTakenException)
        {
            _after = -1;
            return null;
        }
    }

    private bool IsTaken(DateTimeOffset now) => _latest is { } latest && Checkpoints.Hour(latest.At) >= Checkpoints.Hour(now);
}
