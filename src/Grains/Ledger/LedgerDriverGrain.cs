using AiCloud.Expiry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Ledger;

[GrainType("ledger-driver")]
internal sealed class LedgerDriverGrain(
    ILedgerStore store, IOptions<LedgerOptions> options, IOptions<ExpiryOptions> expiry, TimeProvider clock, ILogger<LedgerDriverGrain> log)
    : Grain, ILedgerDriverGrain, IRemindable
{
    private const string Reminder = "drive";
    private const int Page = 500;

    public async Task EnsureRunning()
    {
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, expiry.Value.Period, expiry.Value.Period);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Drive();

    public async Task<int> Drive()
    {
        var shard = (int)this.GetPrimaryKeyLong();
        var (started, asked, after) = (clock.GetTimestamp(), 0, "");
        IReadOnlyList<string> waiting;
        do
        {
            waiting = await store.Waiting(shard, expiry.Value.Shards, after, Page, options.Value.DriveAfter);
            if (waiting.Count == 0) break;
            await store.ForgetErased(waiting);
            await LedgerAsking.Ask(GrainFactory, waiting, options.Value.AskedAtOnce, log);
            (asked, after) = (asked + waiting.Count, waiting[^1]);
        }
        while (waiting.Count == Page && clock.GetElapsedTime(started) < expiry.Value.LongestTick);
        if (asked > 0) log.Driven(shard, asked);
        return asked;
    }
}
