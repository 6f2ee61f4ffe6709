using System.Diagnostics.Metrics;
using AiCloud.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AiCloud.Clock;

public sealed class ClockTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2025, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider system = new(Noon);
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Queue<(TimeSpan There, TimeSpan Back)> trips = new();
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int answers;
    private TimeSpan skew;

    [Fact]
    public async Task The_corrected_time_is_the_databases()
    {
        skew = TimeSpan.FromMinutes(-7);
        var (clock, corrected) = NewClock();

        await clock.Measure();

        Assert.Equal(Noon - TimeSpan.FromMinutes(7), corrected.GetUtcNow());
        Assert.True(clock.IsTrusted);
    }

    [Theory, InlineData(-10), InlineData(0), InlineData(10)]
    public async Task C2_5b_a_process_whose_own_clock_is_minutes_off_switches_to_a_version_at_the_same_instant_as_all_others(int minutes)
    {
        var effective = Noon.AddMinutes(30); // by the database's clock
        var documents = new DocumentSet(new Dictionary<string, IReadOnlyList<DocumentVersion>>
        {
            ["rules"] = [TestTexts.Make("rules", "1", Noon.AddDays(-9), required: true), TestTexts.Make("rules", "2", effective, required: true)],
        });
        skew = TimeSpan.FromMinutes(minutes); // what the database's clock shows more than this process's
        var (clock, corrected) = NewClock();
        await clock.Measure();

        system.Advance(effective - corrected.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        Assert.Equal("1", documents.InForce("rules", corrected.GetUtcNow())!.Version);
        system.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("2", documents.InForce("rules", corrected.GetUtcNow())!.Version);
        Assert.True(clock.IsTrusted);
    }

    [Fact]
    public async Task Half_of_the_round_trip_is_taken_off()
    {
        Trip(there: 100, back: 100);
        Trip(there: 100, back: 100);
        Trip(there: 100, back: 100);
        var (clock, corrected) = NewClock();

        await clock.Measure();

        Assert.Equal(TimeSpan.Zero, corrected.Offset);
    }

    [Fact]
    public async Task One_slow_round_trip_of_three_does_not_move_the_clock()
    {
        Trip(there: 0, back: 2_000); // alone it would be an error of a second
        Trip(there: 1, back: 1);
        Trip(there: 1, back: 1);
        var (clock, corrected) = NewClock();

        await clock.Measure();

        Assert.Equal(TimeSpan.Zero, corrected.Offset);
    }

    [Fact]
    public async Task Before_the_first_measurement_the_clock_is_not_trusted()
    {
        var (clock, _) = NewClock();
        Assert.False(clock.IsTrusted);

        await clock.Measure();
        Assert.True(clock.IsTrusted);
    }

    [Theory, InlineData(1000, true), InlineData(1001, false), InlineData(-1000, true), InlineData(-1001, false)]
    public async Task Beyond_a_second_of_drift_between_measurements_the_clock_is_not_trusted(int milliseconds, bool trusted)
    {
        var (clock, _) = NewClock();
        await clock.Measure();

        skew = TimeSpan.FromMilliseconds(milliseconds);
        await clock.Measure();

        Assert.Equal(trusted, clock.IsTrusted);
    }

    [Fact]
    public async Task After_a_jump_the_clock_is_trusted_again_once_a_measurement_agrees()
    {
        var (clock, corrected) = NewClock();
        await clock.Measure();
        skew = TimeSpan.FromHours(1);
        await clock.Measure();
        Assert.False(clock.IsTrusted);

        await clock.Measure();

        Assert.True(clock.IsTrusted);
        Assert.Equal(Noon.AddHours(1), corrected.GetUtcNow());
    }

    [Theory, InlineData(1000, true), InlineData(1001, false)]
    public async Task A_step_of_the_system_clock_is_seen_before_the_next_measurement(int milliseconds, bool trusted)
    {
        var stepping = new SteppingTime(system);
        var corrected = new CorrectedTimeProvider(stepping);
        using var clock = new DatabaseClock(_ => Task.FromResult(system.GetUtcNow()), stepping, corrected, Meters, NullLogger<DatabaseClock>.Instance);
        await clock.Measure();
        system.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.Zero, clock.Drift);

        stepping.Step = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(trusted, clock.IsTrusted);
    }

    [Fact]
    public async Task A_measurement_is_taken_at_start_and_every_ten_seconds()
    {
        var (clock, corrected) = NewClock();
        skew = TimeSpan.FromSeconds(3);
        await clock.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(3), corrected.Offset);
        var measured = answered.Task;

        skew = TimeSpan.FromSeconds(2.5);
        system.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(3), corrected.Offset);
        system.Advance(TimeSpan.FromSeconds(1));
        await measured.WaitAsync(TestContext.Current.CancellationToken); // the sixth answer: three at start, three now
        await clock.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(2.5), corrected.Offset);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_leaves_the_former_offset_in_force()
    {
        var answers = true;
        var corrected = new CorrectedTimeProvider(system);
        using var clock = new DatabaseClock(
            _ => answers ? Task.FromResult(system.GetUtcNow().AddSeconds(4)) : throw new TimeoutException(), system, corrected, Meters, NullLogger<DatabaseClock>.Instance);
        await clock.StartAsync(TestContext.Current.CancellationToken);

        answers = false;
        system.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(4), corrected.Offset);
        await clock.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_database_clock_the_process_decides_by_its_own()
    {
        var corrected = new CorrectedTimeProvider(system);
        using var clock = new DatabaseClock(null, system, corrected, Meters, NullLogger<DatabaseClock>.Instance);

        await clock.Measure();

        Assert.True(clock.IsTrusted);
        Assert.Equal(Noon, corrected.GetUtcNow());
    }

    [Fact]
    public async Task PostgreSQL_tells_its_time()
    {
        await using var temporary = await Storage.TemporaryDatabase.Create();
        await using var database = Storage.Database.Open(temporary.Settings);

        var read = await ClockFeature.Reader(database)(CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, read.Offset);
        Assert.InRange((read - TimeProvider.System.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    public void Dispose() => services.Dispose();

    private IMeterFactory Meters => services.GetRequiredService<IMeterFactory>();

    private void Trip(int there, int back) => trips.Enqueue((TimeSpan.FromMilliseconds(there), TimeSpan.FromMilliseconds(back)));

    private (DatabaseClock Clock, CorrectedTimeProvider Corrected) NewClock()
    {
        var corrected = new CorrectedTimeProvider(system);
        return (new DatabaseClock(Answer, system, corrected, Meters, NullLogger<DatabaseClock>.Instance), corrected);
    }

    private Task<DateTimeOffset> Answer(CancellationToken cancellation)
    {
        var trip = trips.Count > 0 ? trips.Dequeue() : default;
        system.Advance(trip.There);
        var answer = system.GetUtcNow() + skew;
        system.Advance(trip.Back);
        if (Interlocked.Increment(ref answers) == 6) answered.SetResult();
        return Task.FromResult(answer);
    }

    // A wall clock that somebody sets while the monotonic one goes on.
    private sealed class SteppingTime(TimeProvider steady) : TimeProvider
    {
        public TimeSpan Step { get; set; }
        public override long TimestampFrequency => steady.TimestampFrequency;
        public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + Step;
        public override long GetTimestamp() => steady.GetTimestamp();
    }
}
