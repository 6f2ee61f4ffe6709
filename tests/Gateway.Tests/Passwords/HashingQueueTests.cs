using System.Diagnostics.Metrics;
using AiCloud.Protection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AiCloud.Passwords;

public sealed class HashingQueueTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _clock = new();
    private readonly ManualResetEventSlim _gate = new();

    public void Dispose()
    {
        _gate.Dispose();
        _services.Dispose();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task As_many_as_run_and_wait_are_taken_and_one_more_is_refused_at_once(int threads, int length)
    {
        using var queue = Queue(threads, length);
        var taken = Enumerable.Range(0, threads + length).Select(i => queue.TryRun(() => { _gate.Wait(); return i; })).ToList();
        Assert.All(taken, Assert.NotNull);
        Assert.Null(queue.TryRun(() => 0));
        Assert.Null(queue.TryRun(() => 0));

        _gate.Set();
        Assert.Equal(Enumerable.Range(0, threads + length), await Task.WhenAll(taken.Select(task => task!)));
        Assert.Equal(7, await queue.TryRun(() => 7)!); // its places are free again
    }

    [Fact]
    public async Task Only_so_many_hash_at_a_time()
    {
        var (running, most) = (0, 0);
        using var queue = Queue(threads: 2, length: 50);
        using var both = new CountdownEvent(2);
        var tasks = Enumerable.Range(0, 50).Select(_ => queue.TryRun(() =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            if (!both.IsSet) { both.Signal(); both.Wait(); }
            return Interlocked.Decrement(ref running);
        })!).ToList();
        await Task.WhenAll(tasks);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Who_cancels_while_waiting_gives_the_place_back_and_is_never_run()
    {
        using var queue = Queue(threads: 1, length: 1);
        using var leaving = new CancellationTokenSource();
        var ran = false;
        var running = await Running(queue);
        var waiting = queue.TryRun(() => ran = true, leaving.Token)!;
        Assert.Null(queue.TryRun(() => 0));

        await leaving.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        var next = queue.TryRun(() => 2);
        Assert.NotNull(next);

        _gate.Set();
        Assert.Equal(2, await next);
        await running;
        Assert.False(ran);
    }

    [Fact]
    public async Task Who_has_cancelled_before_takes_no_place()
    {
        using var queue = Queue(threads: 1, length: 1);
        var running = await Running(queue);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<TaskCanceledException>(() => queue.TryRun(() => 0, new CancellationToken(canceled: true))!);
        Assert.NotNull(queue.TryRun(() => 0));
        _gate.Set();
        await running;
    }

    [Fact]
    public async Task Work_that_has_begun_runs_to_its_end()
    {
        using var queue = Queue(threads: 1, length: 1);
        using var leaving = new CancellationTokenSource();
        var running = await Running(queue, leaving.Token);
        await leaving.CancelAsync();
        _gate.Set();
        Assert.Equal(1, await running);
    }

    [Fact]
    public async Task Work_that_fails_tells_its_caller_and_costs_no_thread()
    {
        using var queue = Queue(threads: 1, length: 1);
        await Assert.ThrowsAsync<FormatException>(() => queue.TryRun<int>(() => throw new FormatException())!);
        Assert.Equal(1, await queue.TryRun(() => 1)!);
    }

    [Fact]
    public async Task Nobody_is_left_waiting_when_the_process_ends()
    {
        var queue = Queue(threads: 1, length: 1);
        var running = await Running(queue);
        var waiting = queue.TryRun(() => 2)!;
        var ending = new Thread(queue.Dispose);
        ending.Start();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        _gate.Set();
        Assert.Equal(1, await running);
        ending.Join();
        await Assert.ThrowsAsync<TaskCanceledException>(() => queue.TryRun(() => 3)!);
    }

    [Fact]
    public async Task Hashing_runs_on_threads_of_its_own()
    {
        using var queue = Queue(threads: 1, length: 1);
        var (name, pool) = await queue.TryRun(() => (Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread))!;
        Assert.Equal(("hashing-0", false), (name, pool));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(16, 15)]
    public void Without_a_setting_one_core_less_hashes_and_both_of_two(int cores, int threads) => Assert.Equal(threads, HashingQueue.ThreadsFor(cores));

    [Fact]
    public async Task The_age_of_the_queue_and_its_refusals_are_measured()
    {
        using var queue = Queue(threads: 1, length: 1);
        var (ages, refused) = (new List<double>(), 0L);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            // The scope is the factory: other tests' meters have the same name.
            if (ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>())) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => { if (instrument.Name == "aicloud.hashing.queue_age") ages.Add(value); });
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => { if (instrument.Name == "aicloud.hashing.refused") refused += value; });
        listener.Start();
        var running = await Running(queue);
        var waiting = queue.TryRun(() => 2)!;
        Assert.Null(queue.TryRun(() => 3));
        _clock.Advance(TimeSpan.FromSeconds(3));
        _gate.Set();
        await Task.WhenAll(running, waiting);
        Assert.Equal([0, 3], ages);
        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task The_feature_starts_from_its_defaults()
    {
        await using var services = new ServiceCollection()
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build())
            .AddSingleton<TimeProvider>(_clock).AddMetrics()
            .AddProtection(KeyRing.Generate(new CryptographicRandomness())).AddPasswords().BuildServiceProvider();
        var (queue, hasher) = (services.GetRequiredService<HashingQueue>(), services.GetRequiredService<PasswordHasher>());
        var hash = await queue.TryRun(() => hasher.Hash(Password.Read("correct horse")!))!;
        Assert.True(await queue.TryRun(() => hasher.Verify(Password.Read("correct horse")!, hash))!);
    }

    /// <summary>Occupies one thread until the gate opens.</summary>
    private async Task<Task<int>> Running(HashingQueue queue, CancellationToken cancellation = default)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = queue.TryRun(() => { begun.SetResult(); _gate.Wait(); return 1; }, cancellation)!;
        await begun.Task;
        return running;
    }

    private HashingQueue Queue(int threads, int length) =>
        new(Options.Create(new PasswordOptions { Threads = threads, QueueLength = length }), _clock, _services.GetRequiredService<IMeterFactory>());

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen; (seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen;) { }
    }
}
