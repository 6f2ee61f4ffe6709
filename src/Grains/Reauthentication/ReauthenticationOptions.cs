using System.ComponentModel.DataAnnotations;

namespace AiCloud.Reauthentication;

/// <summary>Full re-authentication before something sensitive (S-06). Section <c>AiCloud:Reauthentication</c>.</summary>
public sealed class ReauthenticationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Reauthentication";

    /// <summary>
    /// How long an authentication carries something sensitive. Too short asks again while a person still fills in the form; too long serves whoever finds
    /// a device unlocked.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")] public TimeSpan ValidFor { get; set; } = TimeSpan.FromMinutes(10);
}
