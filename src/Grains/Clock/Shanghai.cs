namespace AiCloud.Clock;

/// <summary>Time in Shanghai, by which the agreement counts days.</summary>
public static class Shanghai
{
    // China keeps one time, UTC+8, without daylight saving: a fixed offset needs no time zone database on the machine.
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The same instant as a clock in Shanghai shows it.</summary>
    public static DateTimeOffset At(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The beginning of a day in Shanghai.</summary>
    public static DateTimeOffset Midnight(DateTime day) => new(day.Date, Offset);
}
