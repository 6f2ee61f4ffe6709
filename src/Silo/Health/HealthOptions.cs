using System.ComponentModel.DataAnnotations;

namespace AiCloud.Health;

/// <summary>Settings of the health endpoints. Section <c>AiCloud:Health</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Health";

    /// <summary>How long a readiness result is repeated. Too low makes probes a load; too high keeps traffic on a process that cannot serve.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan KeepResult { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long all checks together may take; what has not answered by then is not ready. Must stay below the probe's own time-out.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan LongestCheck { get; set; } = TimeSpan.FromSeconds(2);
}
