using System.ComponentModel.DataAnnotations;

namespace AiCloud.Endings;

/// <summary>How long an account that is to end waits (C2.5d). Section <c>AiCloud:Endings</c>.</summary>
public sealed class EndingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Endings";

    /// <summary>
    /// How long a cancellation can be taken back. Too short leaves no time to undo one that was made in anger or by a thief; too long keeps data that somebody
    /// wants gone.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "90.00:00:00")] public TimeSpan CoolingOff { get; set; } = TimeSpan.FromDays(15);

    /// <summary>
    /// How long after a proof found somebody below 14 everything is erased (L-15: promptly). Until then they can take their copy, and another proof can show
    /// another age.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan NeverHeldWait { get; set; } = TimeSpan.FromHours(24);
}
