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
    [Required] public string File { get; set; } = "";
}
