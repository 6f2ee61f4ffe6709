using System.ComponentModel.DataAnnotations;

namespace AiCloud.Accounts;

/// <summary>How long sessions last, and how many an account may have (C2.4c, S-03). Section <c>AiCloud:Sessions</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Sessions";

    /// <summary>Days without use after which a session ends. Counted in whole days (UTC), since last use is kept by the day.</summary>
    [Range(1, 90)] public int IdleDays { get; set; } = 14;

    /// <summary>Life of a session from its sign-in, however much it is used.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")] public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Sessions of one account; a further sign-in ends the one unused for longest.</summary>
    [Range(1, 100)] public int PerAccount { get; set; } = 20;

    /// <summary>Tries at the current password within an hour when changing it, over all sessions.</summary>
    [Range(3, 50)] public int PasswordTriesPerHour { get; set; } = 10;

    /// <summary>
    /// How long a sign-in under an Idempotency-Key is remembered. Too short lets a key name another act while a slow client still repeats the
    /// first; too long keeps a row of some hundred bytes per keyed sign-in for nothing.
    /// </summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")] public TimeSpan SignInsRepeatableFor { get; set; } = TimeSpan.FromHours(1);
}
