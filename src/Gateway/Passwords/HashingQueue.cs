using System.Diagnostics;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace AiCloud.Passwords;

/// <summary>
/// Hashes on threads of its own, a bounded number at a time and a bounded number waiting, so that a flood of sign-ins neither starves the
/// runtime of cores nor builds a queue of people who have long given up (DESIGN §8).
/// </summary>
internal sealed class HashingQueue : IDisposable
{
    private readonly BlockingCollection<Job> _jobs = [];
    private readonly Thread[] _threads;
    private readonly int _places;
    private readonly TimeProvider _clock;
    private readonly HashingMetrics _metrics;
    private int _inside;

    public HashingQueue(IOptions<PasswordOptions> options, TimeProvider clock, IMeterFactory meters)
    {
        _clock = clock;
        _metrics = new HashingMetrics(meters, () => Volatile.Read(ref _inside));
        var threads = options.Value.Threads > 0 ? options.Value.Threads : ThreadsFor(Environment.ProcessorCount);
        _places = threads + options.Value.QueueLength;
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"hashing-{i}" })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>
    /// One less than the cores, which leaves the runtime one; two on two, since a core left to the runtime alone idles for a good part while
    /// people wait for hashes, and cheap requests were found to be none the slower (docs/decisions/0009).
    /// </summary>
    public static int ThreadsFor(int cores) => cores <= 2 ? Math.Max(1, cores) : cores - 1;

    /// <summary>What a refused caller is told to wait (503 <c>busy</c>).</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs <paramref name="work"/> as soon as a thread is free; null, at once, when the queue is full. A caller who cancels while waiting
    /// gives the place back; work that has begun runs to its end.
    /// </summary>
    public Task<T>? TryRun<T>(Func<T> work, CancellationToken cancellation = default)
    {
        if (Interlocked.Increment(ref _inside) > _places)
        {
            Leave();
            _metrics.Refused();
            return null;
        }
        var job = new Job<T>(work, _clock.GetTimestamp());
        job.Leave = cancellation.UnsafeRegister(_ => { if (job.Cancel(cancellation)) Leave(); }, null);
        try { _jobs.Add(job, CancellationToken.None); }
        catch (InvalidOperationException) { if (job.Cancel(new CancellationToken(true))) Leave(); } // disposed meanwhile
        return job.Result;
    }

    /// <summary>Ends the threads once the hash each is at is done; who still waits is cancelled.</summary>
    public void Dispose()
    {
        _jobs.CompleteAdding();
        while (_jobs.TryTake(out var job)) if (job.Cancel(new CancellationToken(true))) Leave();
        foreach (var thread in _threads) thread.Join();
        _jobs.Dispose();
    }

    private void Work()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            if (!job.TryBegin()) continue;
            var begun = _clock.GetTimestamp();
            // What is measured here is measured of that request.
            Activity.Current = job.Request;
            _metrics.Waited(_clock.GetElapsedTime(job.Queued, begun));
            job.Run();
            _metrics.Hashed(_clock.GetElapsedTime(begun));
            Leave();
            job.Publish();
        }
    }

    private void Leave() => Interlocked.Decrement(ref _inside);
}
