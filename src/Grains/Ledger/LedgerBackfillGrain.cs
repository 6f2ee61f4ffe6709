using AiCloud.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Ledger;

/// <summary>How far the pass over all accounts has come.</summary>
public sealed record LedgerBackfill : IStoredState
{
    /// <summary>A process of a release without a ledger may open accounts behind the pass while releases change; by then it is gone.</summary>
    internal static readonly TimeSpan BetweenPasses = TimeSpan.FromDays(1);

    /// <summary>The last account looked at.</summary>
    public string After { get; init; } = "";

    /// <summary>Accounts without a chain that this pass has met.</summary>
    public long Found { get; init; }

    /// <summary>When the next pass may begin; null while one is under way.</summary>
    public DateTimeOffset? NextPass { get; init; }

    /// <summary>A whole pass found none: never again.</summary>
    public bool Done { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    /// <summary>A page was dealt with; a page that was not full ends the pass.</summary>
    public LedgerBackfill Passed(string last, int found, bool wasLast, DateTimeOffset now)
    {
        var next = this with { After = last, Found = Found + found, NextPass = null };
        if (!wasLast) return next;
        return next.Found == 0 ? next with { Done = true } : new LedgerBackfill { NextPass = now + BetweenPasses };
    }
}

[GrainType("ledger-backfill")]
internal sealed class LedgerBackfillGrain(
    [PersistentState("ledger-backfill", StorageNames.State)] IPersistentState<LedgerBackfill> stored,
    ILedgerStore store, IOptions<LedgerOptions> options, TimeProvider clock, ILogger<LedgerBackfillGrain> log) : Grain, ILedgerBackfillGrain, IRemindable
{
    private const string Reminder = "fill";
    private const int Page = 500;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1), LongestTick = TimeSpan.FromSeconds(40);

    public async Task EnsureRunning()
    {
        if (!stored.State.Done && await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Period, Period);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Fill();

    public async Task<int> Fill()
    {
        var (started, asked) = (clock.GetTimestamp(), 0);
        while (!stored.State.Done && !(stored.State.NextPass > clock.GetUtcNow()) && asked < options.Value.FillPerMinute && clock.GetElapsedTime(started) < LongestTick)
        {
            var page = await store.Accounts(stored.State.After, Math.Min(Page, options.Value.FillPerMinute - asked));
            var missing = page.Where(account => !account.Listed).Select(account => account.Account).ToArray();
            await LedgerAsking.Ask(GrainFactory, missing, options.Value.AskedAtOnce, log);
            asked += missing.Length;
            // Kept after its accounts were asked: a crash in between asks some of them twice.
            await this.Keep(stored, stored.State.Passed(page.Count > 0 ? page[^1].Account : stored.State.After, missing.Length, page.Count == 0, clock.GetUtcNow()));
        }
        if (stored.State.Done && await this.GetReminder(Reminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
            log.Filled();
        }
        return asked;
    }
}
