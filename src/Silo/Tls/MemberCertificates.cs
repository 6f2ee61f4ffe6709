using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiCloud.Hosting;

namespace AiCloud.Tls;

/// <summary>
/// This process's certificate and the authorities that it believes, as the files say now. Read at every handshake: those are rare, and a secret
/// that an orchestrator swaps changes no file's time that could be watched. What cannot be used leaves the former in force.
/// </summary>
internal sealed class MemberCertificates
{
    private readonly TlsOptions files;
    private readonly Lock gate = new();
    private Held held;

    private MemberCertificates(TlsOptions files)
    {
        this.files = files;
        held = Open(Read());
    }

    /// <summary>Why the files could not be used when they were last read; null when they could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the files; refuses to start with what cannot be used. Null when there is to be no TLS.</summary>
    public static MemberCertificates? Load(TlsOptions options) => options.Mode == TlsMode.Mutual ? new MemberCertificates(options) : null;

    /// <summary>What is shown to the other side.</summary>
    public SslStreamCertificateContext Own => Current().Own;

    /// <summary>Whether a certificate was given by the cluster's authority and is valid now.</summary>
    public bool IsMember(X509Certificate? shown) => shown is not null && IsOf(Current().Authorities, shown, []);

    private Held Current()
    {
        lock (gate)
        {
            try
            {
                var read = Read();
                if (!read.SequenceEqual(held.Texts)) held = Open(read);
                Fault = null;
            }
            catch (StartRefusedException unusable)
            {
                Fault = unusable.Message;
            }
            return held;
        }
    }

    private string[] Read() => [Text(files.CertificateFile!, nameof(files.CertificateFile)), Text(files.KeyFile!, nameof(files.KeyFile)), Text(files.CaFile!, nameof(files.CaFile))];

    private static string Text(string path, string setting)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refused(setting, $"the file cannot be read ({failure.GetType().Name})");
        }
    }

    private static Held Open(string[] texts)
    {
        var (authorities, chain) = (Certificates(texts[2], nameof(TlsOptions.CaFile)), Certificates(texts[0], nameof(TlsOptions.CertificateFile)));
        X509Certificate2 own;
        try
        {
            own = X509Certificate2.CreateFromPem(texts[0], texts[1]);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw Refused(nameof(TlsOptions.KeyFile), "the file holds no private key of the certificate");
        }
        X509Certificate2[] between = [.. chain.Skip(1)];
        if (!IsOf(authorities, own, between)) throw Refused(nameof(TlsOptions.CertificateFile), "the certificate is not of the authority in CaFile, or not valid now");
        return new Held(texts, SslStreamCertificateContext.Create(own, [.. between], offline: true), authorities);
    }

    private static X509Certificate2Collection Certificates(string pem, string setting)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw Refused(setting, "the file holds a certificate that cannot be read");
        }
        return found.Count > 0 ? found : throw Refused(setting, "the file holds no certificate");
    }

    // Names do not count: the authority is the cluster's own, and addresses of members come and go.
    private static bool IsOf(X509Certificate2Collection authorities, X509Certificate shown, X509Certificate2[] between)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // certificates of members are short-lived; there is no list to ask
        chain.ChainPolicy.DisableCertificateDownloads = true;
        using var certificate = X509CertificateLoader.LoadCertificate(shown.Export(X509ContentType.Cert));
        return chain.Build(certificate);
    }

    private static StartRefusedException Refused(string setting, string why) => new($"{TlsOptions.Section}:{setting}: {why}.");

    private sealed record Held(string[] Texts, SslStreamCertificateContext Own, X509Certificate2Collection Authorities);
}
