using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Ledger;

/// <summary>
/// Carries what the accounts of one silo hand over into the ledger, in batches. What it cannot carry stays marked in <c>dirty</c>, from where
/// a reminder takes it up; so it may forget everything at any time.
/// </summary>
public sealed class LedgerFlusher
{
    private readonly Channel<Handover> _queue;
    private readonly LedgerOptions _limits;
    private readonly ILedgerStore _store;
    private readonly ILedgerSteps _steps;
    private readonly LedgerMetrics _metrics;
    private readonly ILogger<LedgerFlusher> _log;

    internal LedgerFlusher(IOptions<LedgerOptions> limits, ILedgerStore store, ILedgerSteps steps, LedgerMetrics metrics, ILogger<LedgerFlusher> log)
    {
        (_limits, _store, _steps, _metrics, _log) = (limits.Value, store, steps, metrics, log);
        _queue = Channel.CreateBounded<Handover>(new BoundedChannelOptions(_limits.Queue) { SingleReader = true });
    }

    /// <summary>Takes an account's entries; says at once when there is no place for them.</summary>
    internal Handover HandOver(LedgerFlush flush)
    {
        var handover = new Handover(flush);
        if (!_queue.Writer.TryWrite(handover))
        {
            _metrics.Dropped();
            handover.Done(flushed: false);
        }
        return handover;
    }

    /// <summary>Flushes until told to stop, and then what is still in memory.</summary>
    internal async Task Run(CancellationToken stopping)
    {
        using var noMore = stopping.Register(() => _queue.Writer.TryComplete());
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (_limits.Gather > TimeSpan.Zero && !stopping.IsCancellationRequested) await Gather(stopping);
            var batch = new List<Handover>(_limits.Batch);
            while (batch.Count < _limits.Batch && _queue.Reader.TryRead(out var next)) batch.Add(next);
            await Flush(batch);
        }
    }

    private async Task Gather(CancellationToken stopping)
    {
        if (_queue.Reader.Count >= _limits.Batch) return;
        try { await Task.Delay(_limits.Gather, stopping); }
        catch (OperationCanceledException) { } // what is in memory is flushed at once
    }

    private async Task Flush(List<Handover> batch)
    {
        await _steps.Reached(LedgerStep.HandedOver);
        var started = Stopwatch.GetTimestamp();
        // An account that was written twice meanwhile says everything in its newest version. In order, so that two silos never wait for each other.
        var newest = batch.GroupBy(handover => handover.What.Account, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.MaxBy(handover => (handover.Last, handover.Order))!.What).ToList();
        var flushed = await Append(newest);
        _metrics.Flushed(flushed.Count, flushed.Sum(flush => flush.Entries.Count), Stopwatch.GetElapsedTime(started));
        await _steps.Reached(LedgerStep.Flushed);
        var accounts = flushed.Select(flush => flush.Account).ToHashSet(StringComparer.Ordinal);
        foreach (var handover in batch) handover.Done(accounts.Contains(handover.What.Account));
    }

    /// <summary>Appends what can be appended; answers what was.</summary>
    private async Task<List<LedgerFlush>> Append(List<LedgerFlush> flushes)
    {
        var left = flushes;
        try
        {
            while (left.Count > 0 && await _store.Append(left) is { Count: > 0 } conflicts)
            {
                foreach (var conflict in conflicts.DistinctBy(conflict => conflict.Account))
                {
                    _metrics.Conflict();
                    _log.Disagrees(conflict.Account, conflict.Number);
                }
                left = [.. left.Where(flush => conflicts.All(conflict => conflict.Account != flush.Account))];
            }
            return left;
        }
        catch (DbException refused) when (!refused.IsTransient && left.Count > 1)
        {
            // One that the database does not take must not keep the others out.
            var each = new List<LedgerFlush>();
            foreach (var flush in left) each.AddRange(await Append([flush]));
            return each;
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or InvalidOperationException)
        {
            _metrics.Failed();
            _log.NotFlushed(left.Count, failure.GetType().Name);
            return [];
        }
    }
}

/// <summary>One account's entries on their way.</summary>
internal sealed class Handover(LedgerFlush what)
{
    private static long _made;
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LedgerFlush What => what;

    /// <summary>Later ones say more.</summary>
    public long Order { get; } = Interlocked.Increment(ref _made);

    /// <summary>Whether they are in the ledger, once that is known.</summary>
    public Task<bool> Arrived => _done.Task;

    /// <summary>Number of the last entry that is known to be in the ledger; 0 for none.</summary>
    public int FlushedUpTo => _done.Task is { IsCompletedSuccessfully: true, Result: true } ? Last : 0;

    /// <summary>Number of the last entry handed over; 0 for none.</summary>
    public int Last => what.Entries is [.., var last] ? last.Number : 0;

    public void Done(bool flushed) => _done.TrySetResult(flushed);
}
