using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AiCloud.Tls;

/// <summary>A certificate authority made for one test.</summary>
public sealed class Authority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    /// <summary>Makes one that is valid since yesterday.</summary>
    public Authority()
    {
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        certificate = request.CreateSelfSigned(Yesterday, Yesterday.AddDays(30));
    }

    private static DateTimeOffset Yesterday => TimeProvider.System.GetUtcNow().AddDays(-1);

    /// <summary>Its certificate.</summary>
    public string Pem => certificate.ExportCertificatePem();

    /// <summary>A certificate for loopback, or for another name; valid now, or not any more.</summary>
    public (string Certificate, string Key, string Serial) Issue(string? name = null, bool lapsed = false)
    {
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name ?? "member"}", leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is null) names.AddIpAddress(IPAddress.Loopback);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        using var leaf = request.Create(certificate, Yesterday, lapsed ? Yesterday.AddHours(1) : Yesterday.AddDays(10), RandomNumberGenerator.GetBytes(12));
        return (leaf.ExportCertificatePem(), leafKey.ExportPkcs8PrivateKeyPem(), leaf.SerialNumber);
    }

    /// <summary>Writes a member's three files into a folder and gives the serial number of its certificate.</summary>
    public string IssueTo(string folder, bool lapsed = false)
    {
        var (leaf, leafKey, serial) = Issue(lapsed: lapsed);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tls.key"), leafKey);
        File.WriteAllText(Path.Combine(folder, "tls.crt"), leaf);
        File.WriteAllText(Path.Combine(folder, "ca.crt"), Pem);
        return serial;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }
}
