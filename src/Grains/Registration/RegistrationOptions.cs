using System.ComponentModel.DataAnnotations;

namespace AiCloud.Registration;

/// <summary>How one attempt to register behaves (C2.2b). Section <c>AiCloud:Registration</c>.</summary>
public sealed class RegistrationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Registration";

    /// <summary>How long a code works. Too short loses slow messages; too long serves whoever reads the mailbox later.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:10:00")] public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Least time between two codes of one attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")] public TimeSpan ResendAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an attempt lives from its start, and again from its verification. What it collected is erased then.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "02:00:00")] public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a completion may hold its contact against another one. Too short lets a slow completion be overtaken (it then fails
    /// cleanly); too long makes the next one wait after a crash.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")] public TimeSpan HoldDuration { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a prepared completion may take to come back with a hashed password before another request may try.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")] public TimeSpan PreparedFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a start waits for the channel before it answers <c>queued</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:03")] public TimeSpan DeliveryWait { get; set; } = TimeSpan.FromMilliseconds(500);
}
