using System.Data.Common;
using System.Diagnostics.Metrics;
using AiCloud.Storage;

namespace AiCloud.Clock;

/// <summary>The database's present instant; a door, so that tests can hold the other clock.</summary>
public delegate Task<DateTimeOffset> ReadDatabaseTime(CancellationToken cancellation);

/// <summary>
/// Measures the database's clock against this process's at start and every ten seconds, and corrects <see cref="CorrectedTimeProvider"/>.
/// All silos and gateways then decide deadlines by one clock, however wrong their own are.
/// </summary>
public sealed class DatabaseClock : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(1);

    private readonly ReadDatabaseTime? read;
    private readonly TimeProvider system;
    private readonly CorrectedTimeProvider corrected;
    private readonly ILogger<DatabaseClock> log;
    private volatile ClockMeasurement? last;
    private PeriodicTimer? timer;

    /// <summary>Creates it; without <paramref name="read"/> the process's clock is the database's (SQLite).</summary>
    public DatabaseClock(ReadDatabaseTime? read, TimeProvider system, CorrectedTimeProvider corrected, IMeterFactory meters, ILogger<DatabaseClock> log)
    {
        (this.read, this.system, this.corrected, this.log) = (read, system, corrected, log);
        meters.Create("AiCloud.Clock").CreateObservableGauge("aicloud.clock.offset", () => corrected.Offset.TotalSeconds, "s", "Database clock minus this process's clock");
    }

    /// <summary>How far time moved without explanation, lately; null before the first measurement.</summary>
    public TimeSpan? Drift => read is null ? TimeSpan.Zero
        : last is { } measured ? measured.Unexplained(system.GetUtcNow(), system.GetElapsedTime(measured.Timestamp)) : null;

    /// <summary>False before the first measurement and beyond one second of unexplained drift: this process must not be ready then.</summary>
    public bool IsTrusted => Drift is { } drift && drift <= Tolerated;

    /// <summary>Measures now. A failure leaves the former offset in force.</summary>
    public async Task Measure(CancellationToken cancellation = default)
    {
        if (read is null) return;
        var trips = new RoundTrip[3];
        for (var i = 0; i < trips.Length; i++)
        {
            var (sent, started) = (system.GetUtcNow(), system.GetTimestamp());
            var answer = await read(cancellation);
            trips[i] = new RoundTrip(sent, system.GetElapsedTime(started), answer);
        }

        var measured = ClockMeasurement.From(trips, last, system.GetUtcNow(), system.GetTimestamp());
        corrected.Correct(measured.Offset);
        last = measured;
        if (measured.Drift > Tolerated) log.ClockJumped(measured.Drift, measured.Offset);
    }

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryMeasure(cancellationToken); // before anything that is started later decides by the clock
        timer = new PeriodicTimer(Period, system);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        timer?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (read is null) return;
        try
        {
            while (await timer!.WaitForNextTickAsync(stoppingToken)) await TryMeasure(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task TryMeasure(CancellationToken cancellation)
    {
        try
        {
            await Measure(cancellation);
        }
        catch (Exception failure) when (failure is DbException or TimeoutException)
        {
            log.ClockNotMeasured(failure);
        }
    }
}
