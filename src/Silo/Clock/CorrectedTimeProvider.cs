namespace AiCloud.Clock;

/// <summary>
/// This process's time by the database's clock: system time plus the offset last measured. Timestamps and timers stay the system's, so
/// that a correction neither fires nor delays anything.
/// </summary>
public sealed class CorrectedTimeProvider(TimeProvider system) : TimeProvider
{
    private long offset;

    /// <summary>Database clock minus system clock, as last measured.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref offset));

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    /// <inheritdoc />
    public override long TimestampFrequency => system.TimestampFrequency;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => system.GetUtcNow() + Offset;

    /// <inheritdoc />
    public override long GetTimestamp() => system.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    internal void Correct(TimeSpan measured) => Interlocked.Exchange(ref offset, measured.Ticks);
}
