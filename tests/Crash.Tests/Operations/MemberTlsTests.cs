using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AiCloud.Hosting;
using AiCloud.Running;
using AiCloud.Storage;
using AiCloud.Tls;

namespace AiCloud.Operations;

/// <summary>Silos and gateways that show each other certificates of the cluster's own authority, and whoever has none of it.</summary>
public sealed class MemberTlsTests : IDisposable
{
    // How long a sign of displeasure is waited for: where none is expected, and where one has to come.
    private static readonly TimeSpan Welcomed = TimeSpan.FromSeconds(1.5), Rejected = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Members_form_a_cluster_strangers_do_not_get_in_and_a_changed_certificate_is_taken_up_without_a_restart()
    {
        using var authority = new Authority();
        using var foreign = new Authority();
        var (mine, theirs) = (Path.Combine(_folder.FullName, "mine"), Path.Combine(_folder.FullName, "theirs"));
        var first = authority.IssueTo(mine);
        foreign.IssueTo(theirs);
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2, settings: Settings(mine));
        // Random keys: both silos have a part in some of it.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Attempt(new Api(deployment), Attempt.NewEmail()).Register()));

        foreach (var port in new[] { deployment.SiloPort(0), deployment.GatewayPort(0) })
        {
            Assert.Equal((true, first), await Speak(port, mine));
            Assert.False((await Speak(port, theirs, Rejected)).Welcome);
            Assert.False((await Speak(port, null, Rejected)).Welcome);
            Assert.False(await SpeakPlainly(port));
        }
        await deployment.Silos[0].Line(line => line.Contains("no member of this cluster", StringComparison.Ordinal));

        // The same cluster as a gateway with a foreign certificate sees it: nobody there.
        await using (var stranger = Child.Start("AiCloud.Gateway", [], deployment.Settings.Concat(Named(theirs))
            .Append(new("ASPNETCORE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take()}"))).GroupBy(setting => setting.Key).Select(same => same.Last())))
        {
            var enters = stranger.Line(line => line.Contains("AI Cloud Accounts serves ", StringComparison.Ordinal));
            Assert.NotEqual(enters, await Task.WhenAny(enters, Task.Delay(TimeSpan.FromSeconds(5))));
            stranger.Kill();
            await Assert.ThrowsAsync<InvalidOperationException>(() => enters);
        }

        var second = authority.IssueTo(mine);
        Assert.NotEqual(first, second);
        Assert.Equal((true, second), await Speak(deployment.SiloPort(0), mine));
        // Files that cannot be used change nothing.
        await File.WriteAllTextAsync(Path.Combine(mine, "tls.key"), "half a key");
        authority.IssueTo(theirs);
        Assert.Equal((true, second), await Speak(deployment.GatewayPort(0), theirs));
        await deployment.Silos[0].Line(line => line.Contains("not taken up", StringComparison.Ordinal));
        await new Attempt(new Api(deployment), Attempt.NewEmail()).Register();
    }

    [Theory, InlineData("lapsed", "CertificateFile"), InlineData("foreign", "CertificateFile"), InlineData("key", "KeyFile"), InlineData("missing", "CaFile")]
    public async Task Files_that_cannot_be_used_are_refused_at_the_start(string fault, string setting)
    {
        using var authority = new Authority();
        using var foreign = new Authority();
        authority.IssueTo(_folder.FullName, lapsed: fault == "lapsed");
        if (fault == "foreign") await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "ca.crt"), foreign.Pem);
        if (fault == "key") await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "tls.key"), foreign.Issue().Key);
        if (fault == "missing") File.Delete(Path.Combine(_folder.FullName, "ca.crt"));
        await using var silo = Child.Start("AiCloud.Silo", [], Named(_folder.FullName).Append(new("AiCloud__Mode", "Cluster")).Append(new("AiCloud__Delivery__Mode", "Development"))
            .Append(new("AiCloud__Operations__Port", "0")));
        Assert.Equal(1, await silo.Exit());
        Assert.StartsWith($"AiCloud:Cluster:Tls:{setting}: ", Assert.Single(silo.Error), StringComparison.Ordinal);
    }

    private static (string Name, string Value)[] Settings(string folder) => [.. Named(folder).Select(setting => (setting.Key, setting.Value))];

    private static Dictionary<string, string> Named(string folder) => new()
    {
        ["AiCloud__Cluster__Tls__Mode"] = "Mutual",
        ["AiCloud__Cluster__Tls__CertificateFile"] = Path.Combine(folder, "tls.crt"),
        ["AiCloud__Cluster__Tls__KeyFile"] = Path.Combine(folder, "tls.key"),
        ["AiCloud__Cluster__Tls__CaFile"] = Path.Combine(folder, "ca.crt"),
    };

    // Shakes hands as a member of that folder would, and waits for a sign of displeasure. With TLS 1.3 it comes after the handshake.
    private static async Task<(bool Welcome, string Serial)> Speak(int port, string? folder, TimeSpan? patience = null)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, shown, _, _) => shown is not null);
        using var own = folder is null || !File.ReadAllText(Path.Combine(folder, "tls.key")).Contains("BEGIN", StringComparison.Ordinal) ? null
            : X509Certificate2.CreateFromPemFile(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "any", ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true),
            });
            using var shown = X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.Export(X509ContentType.Cert));
            return (!await Ends(tls, patience ?? Welcomed), shown.SerialNumber);
        }
        catch (AuthenticationException)
        {
            return (false, "");
        }
    }

    private static async Task<bool> SpeakPlainly(int port)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port);
        await tcp.GetStream().WriteAsync("this is no handshake"u8.ToArray());
        return !await Ends(tcp.GetStream(), Rejected);
    }

    // A member is spoken to, or listened to; a stranger is hung up on.
    private static async Task<bool> Ends(Stream stream, TimeSpan patience)
    {
        var heard = new byte[1024];
        try
        {
            var reading = stream.ReadAsync(heard).AsTask();
            return await Task.WhenAny(reading, Task.Delay(patience)) == reading && await reading == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
