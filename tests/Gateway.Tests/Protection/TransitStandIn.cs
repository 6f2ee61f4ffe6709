using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using AiCloud.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiCloud.Protection;

/// <summary>
/// A vault as the public API documentation of the transit engine describes it: batches, key versions, minimum versions, trimming, tokens, errors. Over
/// TLS with a certificate of its own authority, like the real one. It can be made slow, sealed, or to point elsewhere.
/// </summary>
internal sealed class TransitStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Authority _authority = new();
    private readonly SortedDictionary<int, byte[]> _versions = new() { [1] = RandomNumberGenerator.GetBytes(32) };
    private readonly Lock _one = new();
    private int _minDecryption = 1, _minEncryption;

    private TransitStandIn(string folder)
    {
        CaFile = Path.Combine(folder, "vault-ca.crt");
        TokenFile = Path.Combine(folder, "vault-token");
        File.WriteAllText(CaFile, _authority.Pem);
        WriteToken(Token);
        var (certificate, key, _) = _authority.Issue();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0,
            listen => listen.UseHttps(X509CertificateLoader.LoadPkcs12(X509Certificate2.CreateFromPem(certificate, key).Export(X509ContentType.Pfx), null))));
        _app = builder.Build();
        _app.Run(Answer);
    }

    public string Token { get; set; } = "hvs.stand-in-token";
    public string CaFile { get; }
    public string TokenFile { get; }
    public Uri Address { get; private set; } = null!;
    public bool IsSealed { get; set; }
    public string? RedirectTo { get; set; }
    public TimeSpan Slowness { get; set; }
    public List<(string Act, int Items)> Calls { get; } = [];

    /// <summary>Every plaintext that was sent or answered.</summary>
    public List<string> Plaintexts { get; } = [];

    public (string Key, string Value)[] Settings =>
        [("AiCloud:Keys:Vault:Address", Address.GetLeftPart(UriPartial.Authority)), ("AiCloud:Keys:Vault:TokenFile", TokenFile), ("AiCloud:Keys:Vault:CaFile", CaFile), ("AiCloud:Keys:Vault:Timeout", "00:00:03")];

    public VaultOptions Options => new() { Address = Settings[0].Value, TokenFile = TokenFile, CaFile = CaFile, Timeout = TimeSpan.FromSeconds(3) };

    public static async Task<TransitStandIn> Start(string folder)
    {
        var vault = new TransitStandIn(folder);
        await vault._app.StartAsync();
        vault.Address = new Uri(vault._app.Urls.Single());
        return vault;
    }

    public void WriteToken(string token)
    {
        File.WriteAllText(TokenFile, token + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public int CountOf(string act) { lock (_one) return Calls.Count(call => call.Act == act); }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        if (Slowness > TimeSpan.Zero) await Task.Delay(Slowness, context.RequestAborted);
        if (RedirectTo is { } elsewhere) { context.Response.Redirect(elsewhere, permanent: false, preserveMethod: true); return; }
        if (IsSealed) { await Error(context, 503, "Vault is sealed"); return; }
        if (context.Request.Headers["X-Vault-Token"] != Token) { await Error(context, 403, "permission denied"); return; }
        var body = context.Request.Method == "POST" ? await context.Request.ReadFromJsonAsync<JsonObject>() : null;
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (status, data) = path switch
        {
            ["v1", "transit", "keys", "aicloud-accounts"] when context.Request.Method == "GET" => (200, Read()),
            ["v1", "transit", "keys", "aicloud-accounts", var change] => Change(change, body),
            ["v1", "transit", ("encrypt" or "decrypt" or "rewrap") and var act, "aicloud-accounts"] => Batch(act, body!["batch_input"]!.AsArray()),
            _ => (404, null),
        };
        if (data is null) await Error(context, status, status == 404 ? "no handler for route" : "invalid request");
        else { context.Response.StatusCode = status; await context.Response.WriteAsJsonAsync(new JsonObject { ["request_id"] = Guid.NewGuid().ToString(), ["data"] = data }); }
    }

    private JsonObject Read()
    {
        lock (_one)
        {
            Calls.Add(("read", 0));
            var keys = new JsonObject();
            foreach (var version in _versions.Keys) keys[version.ToString(CultureInfo.InvariantCulture)] = 1442851412;
            return new JsonObject
            {
                ["type"] = "aes256-gcm96", ["derived"] = false, ["exportable"] = false, ["keys"] = keys, ["latest_version"] = _versions.Keys.Last(),
                ["min_decryption_version"] = _minDecryption, ["min_encryption_version"] = _minEncryption, ["supports_encryption"] = true, ["supports_decryption"] = true,
            };
        }
    }

    private (int, JsonObject?) Change(string change, JsonObject? body)
    {
        lock (_one)
        {
            switch (change)
            {
                case "rotate":
                    _versions[_versions.Keys.Last() + 1] = RandomNumberGenerator.GetBytes(32);
                    return (200, Read());
                case "config":
                    if (body!["min_decryption_version"] is { } least) _minDecryption = least.GetValue<int>();
                    if (body["min_encryption_version"] is { } encrypt)
                    {
                        if (encrypt.GetValue<int>() is > 0 and var wanted && wanted < _minDecryption) return (400, null);
                        _minEncryption = encrypt.GetValue<int>();
                    }
                    return (200, Read());
                case "trim":
                    var available = body!["min_available_version"]!.GetValue<int>();
                    if (_minEncryption == 0 || available > _minEncryption || available > _minDecryption) return (400, null);
                    foreach (var gone in _versions.Keys.Where(version => version < available).ToArray()) _versions.Remove(gone);
                    return (200, Read());
                default: return (404, null);
            }
        }
    }

    private (int, JsonObject) Batch(string act, JsonArray input)
    {
        lock (_one)
        {
            Calls.Add((act, input.Count));
            JsonObject[] results = [.. input.Select(item => act switch
            {
                "encrypt" => Encrypt(item!["plaintext"]!.GetValue<string>()),
                "decrypt" => Decrypt(item!["ciphertext"]!.GetValue<string>()) is { } plain ? new JsonObject { ["plaintext"] = plain } : new JsonObject { ["error"] = "cipher: message authentication failed" },
                _ => Decrypt(item!["ciphertext"]!.GetValue<string>()) is { } plain ? Encrypt(plain, leaves: false) : new JsonObject { ["error"] = "ciphertext or signature version is disallowed by policy (too old)" },
            })];
            if (act == "decrypt") Plaintexts.AddRange(results.Select(result => result["plaintext"]?.GetValue<string>() ?? ""));
            return (results.Any(result => result["error"] is not null) ? 400 : 200, new JsonObject { ["batch_results"] = new JsonArray([.. results]) });
        }
    }

    private JsonObject Encrypt(string plaintext, bool leaves = true)
    {
        if (leaves) Plaintexts.Add(plaintext);
        var (version, key) = _versions.Last();
        var (plain, nonce, tag) = (Convert.FromBase64String(plaintext), RandomNumberGenerator.GetBytes(12), new byte[16]);
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(nonce, plain, cipher, tag);
        return new JsonObject { ["ciphertext"] = $"vault:v{version}:{Convert.ToBase64String([.. nonce, .. cipher, .. tag])}", ["key_version"] = version };
    }

    private string? Decrypt(string ciphertext)
    {
        var parts = ciphertext.Split(':');
        var version = int.Parse(parts[1].AsSpan(1), CultureInfo.InvariantCulture);
        if (version < _minDecryption || !_versions.TryGetValue(version, out var key)) return null;
        var bytes = Convert.FromBase64String(parts[2]);
        var plain = new byte[bytes.Length - 28];
        using var aes = new AesGcm(key, 16);
        try { aes.Decrypt(bytes.AsSpan(0, 12), bytes.AsSpan(12, plain.Length), bytes.AsSpan(12 + plain.Length), plain); }
        catch (AuthenticationTagMismatchException) { return null; }
        return Convert.ToBase64String(plain);
    }

    private static async Task Error(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new JsonObject { ["errors"] = new JsonArray(text) });
    }
}
