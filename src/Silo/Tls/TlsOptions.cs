using System.ComponentModel.DataAnnotations;

namespace AiCloud.Tls;

/// <summary>How silos and gateways trust each other.</summary>
public enum TlsMode
{
    /// <summary>Not at all: whoever reaches the ports is believed. The network must see to it that only members do.</summary>
    None = 1,
    /// <summary>Both sides of a connection show a certificate of the cluster's authority (mutual TLS).</summary>
    Mutual = 2,
}

/// <summary>TLS between silos and gateways. Section <c>AiCloud:Cluster:Tls</c>. Changed files are taken up by the next connection.</summary>
public sealed class TlsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Cluster:Tls";

    /// <summary>None or Mutual. Every process of a cluster must say the same: one that encrypts and one that does not cannot talk.</summary>
    [EnumDataType(typeof(TlsMode))] public TlsMode Mode { get; set; } = TlsMode.None;

    /// <summary>PEM file: this process's certificate, and after it those that lead to the authority.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file: the certificate's private key, not encrypted.</summary>
    public string? KeyFile { get; set; }

    /// <summary>PEM file: the authorities whose certificates are believed. Must be the cluster's own: any certificate of theirs is a member's.</summary>
    public string? CaFile { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode != TlsMode.Mutual) yield break;
        if (string.IsNullOrWhiteSpace(CertificateFile)) yield return new ValidationResult("Mutual TLS needs it.", [nameof(CertificateFile)]);
        if (string.IsNullOrWhiteSpace(KeyFile)) yield return new ValidationResult("Mutual TLS needs it.", [nameof(KeyFile)]);
        if (string.IsNullOrWhiteSpace(CaFile)) yield return new ValidationResult("Mutual TLS needs it.", [nameof(CaFile)]);
    }
}
