using System.ComponentModel.DataAnnotations;

namespace AiCloud.Challenges;

/// <summary>How codes behave that are for anything but registering. Section <c>AiCloud:Challenges</c>.</summary>
public sealed class ChallengeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Challenges";

    /// <summary>How long a code works. Too short loses slow messages; too long serves whoever reads the mailbox later.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:10:00")] public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Least time between two codes of one challenge.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")] public TimeSpan ResendAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a challenge lives from its start, and again from the right answer: that long the act it authorises may be done or repeated.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "02:00:00")] public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a start waits for the channel before it answers <c>queued</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:03")] public TimeSpan DeliveryWait { get; set; } = TimeSpan.FromMilliseconds(500);
}
