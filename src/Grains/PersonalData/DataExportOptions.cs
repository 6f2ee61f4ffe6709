using System.ComponentModel.DataAnnotations;

namespace AiCloud.PersonalData;

/// <summary>Copies of what is held about a person (L-17). Section <c>AiCloud:PersonalData</c>.</summary>
public sealed class DataExportOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:PersonalData";

    /// <summary>How long a copy can be downloaded. Too short loses people who come back in the evening; too long leaves a second copy of everything lying about.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")] public TimeSpan AvailableFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Copies that one person can have made in 24 hours. Each reads everything about them.</summary>
    [Range(1, 20)] public int PerDay { get; set; } = 3;

    /// <summary>Bytes of a copy before it is compressed. Nobody's comes near it; what would is refused instead of filling the memory of a process.</summary>
    [Range(100_000, 50_000_000)] public int LargestBytes { get; set; } = 8_000_000;

    /// <summary>After how long a copy that was not finished, because its process ended, is begun again.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")] public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(1);
}
