using System.Diagnostics;
using System.Text.Json;
using AiCloud.Health;
using AiCloud.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Metrics;

namespace AiCloud.Operations;

/// <summary>
/// A silo's health and metrics over HTTP. A host of its own that is there before the silo's, so that probes hear while the process waits for a
/// migration, and goes after it, so that they hear until the last activation has left.
/// </summary>
internal sealed class OperationsListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BuildFacts _facts;
    private volatile Watched? _silo;

    private OperationsListener(int port, BuildFacts facts)
    {
        _facts = facts;
        // Empty: addresses and logging of the environment are the process's, not this listener's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.ListenAnyIP(port);
        });
        builder.Services.AddSingleton<IHostLifetime, EndsWithItsOwner>();
        _app = builder.Build();
        _app.Run(Answer);
    }

    /// <summary>Opens the port; null when there is to be none.</summary>
    public static async Task<OperationsListener?> Open(int port, BuildFacts facts)
    {
        if (port == 0) return null;
        var listener = new OperationsListener(port, facts);
        try
        {
            await listener._app.StartOrRefuse($"{OperationsOptions.Section}:{nameof(OperationsOptions.Port)}");
            return listener;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells it of the silo, once there is one.</summary>
    public void Watch(IServiceProvider silo)
    {
        var metrics = new ApplicationBuilder(_app.Services)
            .UseOpenTelemetryPrometheusScrapingEndpoint(silo.GetRequiredService<MeterProvider>(), null, "/metrics", null, null).Build();
        _silo = new Watched(silo.GetRequiredService<Readiness>(), metrics, SilosDashboard.Of(silo), silo.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted);
    }

    public async ValueTask DisposeAsync()
    {
        // Without grace: whoever probes now hears that nobody is here.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        var silo = _silo;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else switch (context.Request.Path.Value)
        {
            case "/health":
                await Write(context, _facts);
                break;
            case "/health/live":
                await Write(context, new HealthState("live"));
                break;
            case "/health/startup":
                if (silo?.Started.IsCancellationRequested == true) await Write(context, new HealthState("started"));
                else await Write(context, NotReady.Because("starting"), StatusCodes.Status503ServiceUnavailable);
                break;
            case "/health/ready":
                var failing = silo?.Started.IsCancellationRequested == true ? await silo.Readiness.Failing(context.RequestAborted) : ["starting"];
                if (failing.IsEmpty) await Write(context, new HealthState("ready"));
                else await Write(context, NotReady.Because([.. failing]), StatusCodes.Status503ServiceUnavailable);
                break;
            case "/metrics" when silo is not null:
                await silo.Metrics(context);
                break;
            case not null when silo is { Dashboard: { } dashboard, Started.IsCancellationRequested: true } && context.Request.Path.StartsWithSegments(SilosDashboard.Path, StringComparison.Ordinal):
                await dashboard.Answer(context);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async Task Write<T>(HttpContext context, T body, int status = StatusCodes.Status200OK)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = status == StatusCodes.Status200OK ? "application/json; charset=utf-8" : "application/problem+json";
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "1";
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(json, context.RequestAborted);
    }

    private sealed record Watched(Readiness Readiness, RequestDelegate Metrics, SilosDashboard? Dashboard, CancellationToken Started);

    // The members that the gateway's problem documents have (RFC 9457); a silo has no pages that a type could lead to.
    private sealed record NotReady(string Type, string Title, int Status, string Code, string TraceId, string[] Failing)
    {
        public static NotReady Because(params string[] failing) => new("about:blank", "Service unavailable", StatusCodes.Status503ServiceUnavailable, "unavailable",
            (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString(), failing);
    }

    // Signals are for the silo's host; this one ends when it is disposed of.
    private sealed class EndsWithItsOwner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
