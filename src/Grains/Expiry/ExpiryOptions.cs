using System.ComponentModel.DataAnnotations;

namespace AiCloud.Expiry;

/// <summary>How what lapsed is erased and what fell due is woken. Section <c>AiCloud:Expiry</c>.</summary>
public sealed class ExpiryOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Expiry";

    /// <summary>Sweepers and due-sweepers, each with one reminder. May be raised; lowering it leaves reminders that find no work.</summary>
    [Range(1, 64)] public int Shards { get; set; } = 8;

    /// <summary>
    /// Period of the reminders. What lapsed is gone from the database at most one period, <see cref="Grace"/> and one sweep later: the first two may be 1:55 together, so
    /// that it is two minutes. A change takes effect with each reminder's next tick.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:02:00")] public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its instant a row is left alone, so that a process whose clock is a little behind still finds it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")] public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Rows per statement. Larger chunks hold locks for longer.</summary>
    [Range(10, 10_000)] public int Chunk { get; set; } = 1000;

    /// <summary>Longest time that one tick goes on while there is work; the next tick takes up the rest.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:55")] public TimeSpan LongestTick { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Refuses what would keep lapsed data for longer than two minutes.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Period + Grace > TimeSpan.FromSeconds(115)) yield return new ValidationResult($"{Section}:Period and {Section}:Grace must not be above 00:01:55 together.");
    }
}
