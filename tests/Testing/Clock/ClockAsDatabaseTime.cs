namespace AiCloud.Clock;

/// <summary>A database whose clock is the test's.</summary>
public sealed class ClockAsDatabaseTime(TimeProvider clock) : IDatabaseTime
{
    /// <summary>What the database's clock shows more than the test's.</summary>
    public TimeSpan Offset { get; set; }

    public Task<DateTimeOffset> Now(CancellationToken cancellation) => Task.FromResult(clock.GetUtcNow() + Offset);
}
