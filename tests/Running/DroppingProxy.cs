using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiCloud.Running;

/// <summary>A network that loses the first answer to everything: the server has acted, the client hears nothing.</summary>
internal sealed class DroppingProxy : IAsyncDisposable
{
    private readonly HttpClient _onwards = new();
    private readonly ConcurrentDictionary<string, int> _seen = new();
    private readonly WebApplication _app;
    private readonly Uri _target;

    private DroppingProxy(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Forward);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>How many answers were lost.</summary>
    public int Lost { get; private set; }

    public static async Task<DroppingProxy> Start(Uri target)
    {
        var proxy = new DroppingProxy(target);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _onwards.Dispose();
    }

    private async Task Forward(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_target, context.Request.Path + context.Request.QueryString));
        if (context.Request.ContentType is { } type)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.Add("Content-Type", type);
        }
        foreach (var header in new[] { "Authorization", "Idempotency-Key" })
            if (context.Request.Headers[header] is [{ } value]) request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _onwards.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (_seen.AddOrUpdate($"{request.Method} {request.RequestUri} {context.Request.Headers["Idempotency-Key"]}", 1, (_, times) => times + 1) == 1)
        {
            Lost++;
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)response.StatusCode;
        if (answer.Length == 0) return;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(answer);
    }
}
