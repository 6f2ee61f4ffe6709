using AiCloud.Guardians;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Expiry;

[GrainType("sweeper")]
internal sealed class SweeperGrain(IExpiryStore store, IOptions<ExpiryOptions> options, SwitchBoard switches, ExpiryMetrics metrics, TimeProvider clock, ILogger<SweeperGrain> log)
    : Grain, ISweeperGrain, IRemindable
{
    // Accounts are never deleted set-based: they own identifiers (DESIGN §4.3).
    private static readonly string[] Lapsing = ["registration", "identifier", "network", "sign-in-attempt", "challenge", "data-export"];

    private const string Reminder = "sweep";

    // Made once: making it anew at every start of a silo would put the next tick off each time.
    public async Task EnsureRunning()
    {
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, options.Value.Period, options.Value.Period);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await this.KeepPeriod(reminderName, status, options.Value.Period);
        await Sweep();
    }

    public async Task<int> Sweep()
    {
        if (switches.ErasuresPaused) return 0;
        var limits = options.Value;
        var shard = (int)this.GetPrimaryKeyLong();
        var started = clock.GetTimestamp();
        var erased = 0;
        foreach (var name in Lapsing)
        {
            int chunk;
            do
            {
                chunk = await store.EraseExpired(name, shard, limits.Shards, limits.Chunk, limits.Grace);
                erased += chunk;
            }
            while (chunk == limits.Chunk && clock.GetElapsedTime(started) < limits.LongestTick);
        }
        erased += await SettleInvitations(shard, limits);
        if (erased > 0) log.Swept(shard, erased);
        metrics.Ran(ExpiryMetrics.Sweep, shard);
        return erased;
    }

    // Few, and not only erased: one may have a check to be asked again. One chunk a tick, as with accounts.
    private async Task<int> SettleInvitations(int shard, ExpiryOptions limits)
    {
        var erased = 0;
        foreach (var key in await store.Due("guardian-invitation", shard, limits.Shards, limits.Chunk))
        {
            try
            {
                if (await GrainFactory.GetGrain<IGuardianInvitationGrain>(key).Settle()) erased++;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException) // one that cannot settle must not hold up the others
            {
                metrics.Unsettled();
                log.InvitationStaysDue(key, failure.GetType().Name);
            }
        }
        return erased;
    }
}
