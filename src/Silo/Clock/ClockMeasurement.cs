namespace AiCloud.Clock;

/// <summary>One question for the database's time: when it left by the system clock, how long it took, what came back.</summary>
internal readonly record struct RoundTrip(DateTimeOffset Sent, TimeSpan Took, DateTimeOffset Database)
{
    // The answer was made somewhere on the way; half way errs by at most half the time it took.
    internal TimeSpan Offset => Database - (Sent + (Took / 2));
}

/// <summary>What a measurement says, and whether the one before it foretold it.</summary>
internal sealed record ClockMeasurement(TimeSpan Offset, TimeSpan Drift, DateTimeOffset At, long Timestamp)
{
    /// <summary>The median, since one slow round trip of three must not move the clock.</summary>
    internal static ClockMeasurement From(IReadOnlyList<RoundTrip> trips, ClockMeasurement? before, DateTimeOffset at, long timestamp)
    {
        var offset = trips.Select(trip => trip.Offset).Order().ElementAt(trips.Count / 2);
        return new ClockMeasurement(offset, before is null ? TimeSpan.Zero : (offset - before.Offset).Duration(), at, timestamp);
    }

    /// <summary>
    /// How far time has moved without explanation: between the last two measurements, or since the last one, where the system clock
    /// and the monotonic one must have advanced alike.
    /// </summary>
    internal TimeSpan Unexplained(DateTimeOffset now, TimeSpan elapsed)
    {
        var stepped = (now - At - elapsed).Duration();
        return stepped > Drift ? stepped : Drift;
    }
}
