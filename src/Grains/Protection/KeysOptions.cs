using System.ComponentModel.DataAnnotations;

namespace AiCloud.Protection;

/// <summary>Where the keys come from. Section <c>AiCloud:Keys</c>.</summary>
public sealed class KeysOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Keys";

    /// <summary>
    /// Path of the key ring file (format: README.md of this folder), readable by the service alone. Another ring than the one the
    /// database was written with makes every account unreadable; a lost one makes that final.
    /// </summary>
    public string? File { get; set; }

    /// <summary>
    /// How often a running process looks whether the file changed. New epochs are taken over without a restart; too long, and a rotation waits
    /// for the slowest process.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")] public TimeSpan Reload { get; set; } = TimeSpan.FromSeconds(10);
}
