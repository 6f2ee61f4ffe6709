using System.ComponentModel.DataAnnotations;

namespace AiCloud.Services;

/// <summary>The catalogue of service types (C2.1e). Section <c>AiCloud:Services</c>.</summary>
public sealed class ServicesOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Services";

    /// <summary>The catalogue's file (docs/services.md). Absent: the sample that ships in the embedded mode, and no service types in a cluster.</summary>
    [MaxLength(4096)] public string? Catalogue { get; set; }

    /// <summary>How often the file is read for changes. Too long leaves services with what is outdated; shorter than the file's own way here serves nobody.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan ReloadEvery { get; set; } = TimeSpan.FromSeconds(5);
}
