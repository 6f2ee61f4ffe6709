using System.Globalization;
using AiCloud.Ledger;
using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>How the account's entries leave for the ledger.</summary>
internal sealed partial class AccountGrain
{
    private Handover? _handover; // the newest of this activation
    private bool _unstored;      // the chain was begun in memory, from a row of a release without a ledger

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var read = State;
        stored.State = read.WithLedger(Id);
        _unstored = !ReferenceEquals(read, State);
        // What was on its way with an activation that is no more.
        if (!_unstored && State.HasPendingEntries) HandOver();
        return Task.CompletedTask;
    }

    public async Task<bool> Flush(CancellationToken cancellation)
    {
        if (!stored.RecordExists) return true;
        if (_unstored) await Keep(stored, State with { });
        return await HandOver().Arrived.WaitAsync(cancellation);
    }

    /// <summary>
    /// Every write of the account. It lets go of entries that have meanwhile arrived in the ledger, so that it marks nothing for them, and
    /// hands the others over once they are kept. A crash in between leaves the mark, and the reminder asks.
    /// </summary>
    private async Task Keep(IPersistentState<AccountState> row, AccountState next)
    {
        if (ReferenceEquals(row.State, next)) return;
        var kept = next.WithMendedMarks(Id, clock.GetUtcNow()).Flushed(_handover?.FlushedUpTo ?? 0);
        await Durable.Keep(this, row, kept);
        _unstored = false;
        if (!ReferenceEquals(kept, next)) await steps.Reached(LedgerStep.LetGo);
        if (!kept.HasPendingEntries) return;
        await steps.Reached(LedgerStep.Kept);
        HandOver();
    }

    private Handover HandOver() => _handover = flusher.HandOver(new LedgerFlush
    {
        Account = Id,
        Version = int.Parse(stored.Etag!, CultureInfo.InvariantCulture),
        OpenedAt = State.CreatedAt,
        Standing = State.EndingSince is null ? "good" : "ended",
        Entries = State.Unflushed(),
    });
}
