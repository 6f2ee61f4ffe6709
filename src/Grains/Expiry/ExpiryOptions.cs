using System.ComponentModel.DataAnnotations;

namespace AiCloud.Expiry;

/// <summary>How what lapsed is erased and what fell due is woken. Section <c>AiCloud:Expiry</c>.</summary>
public sealed class ExpiryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Expiry";

    /// <summary>Sweepers and due-sweepers, each with one reminder. May be raised; lowering it leaves reminders that find no work.</summary>
    [Range(1, 64)] public int Shards { get; set; } = 8;

    /// <summary>Period of the reminders. What lapsed is gone from the database at most one period, <see cref="Grace"/> and one sweep later.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:02:00")] public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its instant a row is left alone, so that a process whose clock is a little behind still finds it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")] public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Rows per statement. Larger chunks hold locks for longer.</summary>
    [Range(10, 10_000)] public int Chunk { get; set; } = 1000;

    /// <summary>Longest time that one tick goes on while there is work; the next tick takes up the rest.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:55")] public TimeSpan LongestTick { get; set; } = TimeSpan.FromSeconds(40);
}
