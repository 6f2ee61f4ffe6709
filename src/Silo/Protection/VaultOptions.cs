using System.ComponentModel.DataAnnotations;

namespace AiCloud.Protection;

/// <summary>
/// Key-encryption keys in a vault that never hands them out (the transit API of HashiCorp Vault and OpenBao). Absent address: those of the ring
/// file. Section <c>AiCloud:Keys:Vault</c>, the same for every process that runs actors.
/// </summary>
public sealed class VaultOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Keys:Vault";

    /// <summary>Where the vault is: https, or http to an agent on this machine. Absent: no vault.</summary>
    public string? Address { get; set; }

    /// <summary>Path at which the transit engine is mounted.</summary>
    [RegularExpression("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")] public string Mount { get; set; } = "transit";

    /// <summary>Name of the key: of type aes256-gcm96, neither derived nor exportable. Must exist; never change it on a database in use.</summary>
    [RegularExpression("[a-z0-9][a-z0-9-]{0,63}")] public string Key { get; set; } = "aicloud-accounts";

    /// <summary>Namespace of the vault, where it has such.</summary>
    [RegularExpression("[A-Za-z0-9_/-]+")] public string? Namespace { get; set; }

    /// <summary>File that holds the token, readable by the service alone; read again when it changes, so that an agent may renew it.</summary>
    public string? TokenFile { get; set; }

    /// <summary>PEM file of the authorities that the vault's certificate may come from. Absent: those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>How long one call may take. Too short fails calls of a busy vault; too long outlasts the call of the actor that waits for it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:10")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is null) yield break;
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && Hosting.Safeguards.IsLoopback(Address))))
            yield return new ValidationResult("must be https://HOST[:PORT]; http only on this machine.", [nameof(Address)]);
        if (string.IsNullOrWhiteSpace(TokenFile)) yield return new ValidationResult("the vault asks for a token.", [nameof(TokenFile)]);
    }
}
