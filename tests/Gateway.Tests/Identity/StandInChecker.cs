using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiCloud.Identity;

/// <summary>
/// A checker written from docs/identity-check.md alone: it verifies a request's signature by its own code, and signs its answers by its own code.
/// </summary>
internal sealed class StandInChecker : IAsyncDisposable
{
    private readonly WebApplication _app;

    public static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Bodies of requests that were rightly signed.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>Idempotency keys of those requests.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Requests that were not.</summary>
    public int Forged { get; private set; }

    /// <summary>Paths that were asked for.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>Makes the answer's body from the request's id.</summary>
    public Func<string, string> Answer { get; set; } = id => $$"""{"requestId":"{{id}}","result":"match","reference":"v-1"}""";

    /// <summary>Changes the signed answer before it leaves; returns true when it has answered itself.</summary>
    public Func<HttpContext, byte[], Task<bool>>? Interferes { get; set; }

    /// <summary>Seconds by which its clock is ahead.</summary>
    public int Ahead { get; set; }

    public string? SignedFor { get; set; }

    public Uri Endpoint => new($"{_app.Urls.Single()}/checks?tenant=a%20b");

    private StandInChecker(WebApplication app) => _app = app;

    public static async Task<StandInChecker> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stand = new StandInChecker(builder.Build());
        stand._app.Run(stand.Handle);
        await stand._app.StartAsync();
        return stand;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Handle(HttpContext context)
    {
        Paths.Add(context.Request.Path);
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        var (time, nonce) = (context.Request.Headers["AiCloud-Timestamp"].ToString(), context.Request.Headers["AiCloud-Nonce"].ToString());
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Join('\n', "aicloud-request-1", context.Request.Method, context.Request.Path + context.Request.QueryString, time, nonce, "")), .. body];
        if (context.Request.Headers["AiCloud-Signature"] != "v1=" + Hex(HMACSHA256.HashData(Key, signed)) || nonce.Length < 22)
        {
            Forged++;
            context.Response.StatusCode = 401;
            return;
        }
        Bodies.Add(Encoding.UTF8.GetString(body));
        Requests.Add(context.Request.Headers["Idempotency-Key"].ToString());
        var answer = Encoding.UTF8.GetBytes(Answer(Requests[^1]));
        var now = (DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, CultureInfo.InvariantCulture)).ToUnixTimeSeconds() + Ahead).ToString(CultureInfo.InvariantCulture);
        byte[] tosign = [.. Encoding.ASCII.GetBytes(string.Join('\n', "aicloud-answer-1", "200", now, SignedFor ?? nonce, "")), .. answer];
        context.Response.Headers["AiCloud-Timestamp"] = now;
        context.Response.Headers["AiCloud-Signature"] = "v1=" + Hex(HMACSHA256.HashData(Key, tosign));
        if (Interferes is { } interfere && await interfere(context, answer)) return;
        await context.Response.Body.WriteAsync(answer);
    }

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(each => each.ToString("x2", CultureInfo.InvariantCulture)));
}
