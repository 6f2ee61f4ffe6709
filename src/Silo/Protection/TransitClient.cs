using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiCloud.Hosting;

namespace AiCloud.Protection;

/// <summary>
/// The transit API over HTTP: token from a file, TLS, no redirects, one time-out over the whole call. What it carries are data keys; nothing of
/// an answer or a request goes into a message or a log.
/// </summary>
internal sealed class TransitClient : IDisposable
{
    private const int LongestAnswer = 4 * 1024 * 1024;
    private readonly VaultOptions _options;
    private readonly HttpClient _http;
    private readonly string _base;

    public TransitClient(VaultOptions options)
    {
        _options = options;
        _base = $"{options.Address!.TrimEnd('/')}/v1/{options.Mount}";
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a token must not follow wherever an answer points
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 64,
        };
        if (options.CaFile is { } authorities) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(authorities) };
        _http = new HttpClient(handler) { Timeout = options.Timeout, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Reads what is known of the key.</summary>
    public Task<JsonNode> Key(CancellationToken cancellation) => Send(HttpMethod.Get, $"keys/{_options.Key}", null, cancellation);

    /// <summary>Changes the key: <c>rotate</c>, <c>config</c>, <c>trim</c>.</summary>
    public Task<JsonNode> Change(string what, JsonObject? body, CancellationToken cancellation) => Send(HttpMethod.Post, $"keys/{_options.Key}/{what}", body ?? [], cancellation);

    /// <summary>One batch: <c>encrypt</c>, <c>decrypt</c>, <c>rewrap</c>. Answers as many results as there were items, in their order.</summary>
    /// <exception cref="KeyRingException">The vault refuses an item for good: its version is gone.</exception>
    public async Task<string[]> Batch(string act, string given, string wanted, IEnumerable<string> items, CancellationToken cancellation)
    {
        var input = new JsonArray([.. items.Select(item => new JsonObject { [given] = item })]);
        var data = await Send(HttpMethod.Post, $"{act}/{_options.Key}", new JsonObject { ["batch_input"] = input }, cancellation);
        if (data["batch_results"] is not JsonArray results || results.Count != input.Count) throw new KeysUnavailableException("The vault's answer cannot be read.");
        return [.. results.Select(result => result?["error"] is null && result?[wanted] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Refused())];
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> Send(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, $"{_base}/{path}");
            request.Headers.TryAddWithoutValidation("X-Vault-Token", Token());
            request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
            if (_options.Namespace is { } space) request.Headers.TryAddWithoutValidation("X-Vault-Namespace", space);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
                request.Content.Headers.ContentType = new("application/json");
            }
            using var response = await _http.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.NoContent) return new JsonObject();
            var answer = response.Content.Headers.ContentType?.MediaType == "application/json"
                ? await response.Content.ReadFromJsonAsync<JsonNode>(cancellation) : null;
            // A batch with a bad item comes back as 400 and with all its results; without them the request as a whole was bad.
            if (response.StatusCode == HttpStatusCode.BadRequest) return answer?["data"] is JsonObject partial && partial["batch_results"] is not null ? partial : throw Refused();
            if (response.StatusCode == HttpStatusCode.NotFound) throw new KeyRingException(VaultOptions.Section + ":Key", "the vault has no such key, or not at this mount.");
            if (!response.IsSuccessStatusCode) throw new KeysUnavailableException($"The vault answered {(int)response.StatusCode}.");
            return answer?["data"] ?? new JsonObject();
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new KeysUnavailableException($"The vault cannot be reached ({failure.GetType().Name}).");
        }
    }

    private string Token()
    {
        try
        {
            KeyRingFile.Guard(_options.TokenFile!, VaultOptions.Section + ":TokenFile");
            return File.ReadAllText(_options.TokenFile!).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyRingException(VaultOptions.Section + ":TokenFile", $"the file cannot be read ({failure.GetType().Name}).");
        }
    }

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new StartRefusedException($"{VaultOptions.Section}:CaFile: the file cannot be read ({failure.GetType().Name}).");
        }
        return policy.CustomTrustStore.Count > 0 ? policy : throw new StartRefusedException($"{VaultOptions.Section}:CaFile: the file holds no certificate.");
    }

    private static KeyRingException Refused() => new(VaultOptions.Section + ":Key", "the vault does not open what it is given: the version of the key is gone, or it is another key.");
}
