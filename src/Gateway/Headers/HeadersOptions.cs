using System.ComponentModel.DataAnnotations;

namespace AiCloud.Headers;

/// <summary>Settings of the headers on every reply. Section <c>AiCloud:Headers</c>.</summary>
public sealed class HeadersOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Headers";

    /// <summary>
    /// How long browsers insist on https after having seen it (HSTS). Zero sends no header. Too low leaves people open to a downgrade; a high one
    /// cannot be taken back if https has to be given up.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1095.00:00:00")]
    public TimeSpan StrictTransport { get; set; } = TimeSpan.FromDays(730);
}
