using System.ComponentModel.DataAnnotations;

namespace AiCloud.Identity;

/// <summary>Where a signed answer is got from (docs/identity-check.md). Sections <c>AiCloud:Identity:Check</c> and <c>AiCloud:Identity:Numbers</c>.</summary>
public sealed class SignedExchangeOptions
{
    /// <summary>Address to which requests are posted: https; plain http only to this machine. No redirect is followed.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Names the key that requests are signed with, so that the other side can hold two while one is replaced.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,64}")] public string KeyId { get; set; } = "1";

    /// <summary>File with the shared key: at least 32 bytes in base64. Requests are signed with it, and answers must be.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Time for one exchange, connecting included. What takes longer is asked again later.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>How a check is made.</summary>
public enum CheckMode
{
    /// <summary>Not at all.</summary>
    None = 1,
    /// <summary>By rules for documented test persons (docs/identity-check.md). Loopback only.</summary>
    Development = 2,
    /// <summary>By a signed HTTPS endpoint.</summary>
    Http = 3,
}

/// <summary>Which checks a silo has. Section <c>AiCloud:Identity</c>.</summary>
public sealed class IdentityAdapterOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Identity";

    /// <summary>The identity check. Absent: development in the embedded mode, none in a cluster.</summary>
    public CheckMode? Mode { get; set; }

    /// <summary>Whether somebody chose <see cref="Mode"/>. Guardians pass no check that nobody asked for.</summary>
    internal bool IsConfigured { get; set; }

    /// <summary>The ways that the identity check's endpoint takes. Absent: certificate only.</summary>
    public IdentityMethod[]? Methods { get; set; }

    /// <summary>The authority on numbers that changed hands. Absent: development in the embedded mode, none in a cluster.</summary>
    public CheckMode? NumbersMode { get; set; }

    /// <summary>With <see cref="Mode"/> Http: where.</summary>
    public SignedExchangeOptions Check { get; set; } = new();

    /// <summary>With <see cref="NumbersMode"/> Http: where.</summary>
    public SignedExchangeOptions Numbers { get; set; } = new();
}
