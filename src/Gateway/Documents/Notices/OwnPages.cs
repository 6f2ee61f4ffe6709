using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AiCloud.Documents.Notices;

/// <summary>This gateway's pages as a stranger gets them: over its own listening address, through everything that a request goes through.</summary>
internal sealed class OwnPages : IDisposable
{
    private const int Longest = 16 * 1024 * 1024;

    private readonly IServer server;
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        // The certificate names the public host, by an authority that this machine need not know; the connection ends in this very process.
        SslOptions = new() { RemoteCertificateValidationCallback = static (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable },
    })
    { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = Longest };

    public OwnPages(IServer server) => this.server = server;

    /// <summary>Whether this process listens: not before it has started, nor in a host without a socket.</summary>
    public bool CanRead => Address() is not null;

    /// <summary>A page with its entities resolved; null when it is not served.</summary>
    public async Task<string?> Read(string path, string language, CancellationToken cancellation)
    {
        if (Address() is not { } address) return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", language);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            return response.StatusCode == HttpStatusCode.OK ? WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(cancellation)) : null;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    private Uri? Address()
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(BindingAddress.Parse).Where(address => !address.IsUnixPipe && !address.IsNamedPipe)
            .OrderByDescending(address => address.Scheme == "http").FirstOrDefault(address => address.Port != 0);
        return bound is null ? null : new UriBuilder(bound.Scheme, bound.Host switch { "+" or "*" or "0.0.0.0" or "[::]" => "localhost", var host => host }, bound.Port).Uri;
    }
}
