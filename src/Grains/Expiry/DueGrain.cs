using AiCloud.Accounts;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Expiry;

[GrainType("due")]
internal sealed class DueGrain(IExpiryStore store, IOptions<ExpiryOptions> options, SwitchBoard switches, ExpiryMetrics metrics, ILogger<DueGrain> log) : Grain, IDueGrain, IRemindable
{
    private const string Reminder = "wake";

    public async Task EnsureRunning()
    {
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, options.Value.Period, options.Value.Period);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await this.KeepPeriod(reminderName, status, options.Value.Period);
        await Wake();
    }

    public async Task<int> Wake()
    {
        if (switches.ErasuresPaused) return 0; // what is due stays due, and is settled when somebody asks
        var limits = options.Value;
        var shard = (int)this.GetPrimaryKeyLong();
        // One chunk a tick: an account that cannot settle now stays due and comes again, and must not keep this loop running.
        var due = await store.Due("account", shard, limits.Shards, limits.Chunk);
        foreach (var key in due)
        {
            try
            {
                await GrainFactory.GetGrain<IAccountGrain>(key).Settle();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException) // one account that cannot settle must not hold up the others
            {
                metrics.Unsettled();
                log.StaysDue(key, failure.GetType().Name);
            }
        }
        metrics.Ran(ExpiryMetrics.Settle, shard);
        return due.Count;
    }
}
