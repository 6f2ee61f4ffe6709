using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using AiCloud.Health;
using AiCloud.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Metrics;

namespace AiCloud.Operations;

/// <summary>
/// Health and metrics of a silo, or of a gateway that has a port for them, over HTTP. A host of its own that is there before the process's, so that probes hear while
/// that waits for a migration or a cluster, and goes after it, so that they hear until the last activation or request has left.
/// </summary>
internal sealed class OperationsListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BuildFacts _facts;
    private volatile Watched? _process;

    private OperationsListener(int port, BuildFacts facts, HostMode mode)
    {
        _facts = facts;
        // Empty: addresses and logging of the environment are the process's, not this listener's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            // Embedded, nobody but this machine reaches anything.
            if (mode == HostMode.Embedded) kestrel.ListenLocalhost(port);
            else kestrel.ListenAnyIP(port);
        });
        builder.Services.AddSingleton<IHostLifetime, EndsWithItsOwner>();
        _app = builder.Build();
        _app.Run(Answer);
    }

    /// <summary>Opens the port; null when there is to be none.</summary>
    public static async Task<OperationsListener?> Open(int port, BuildFacts facts, HostMode mode)
    {
        if (port == 0) return null;
        var listener = new OperationsListener(port, facts, mode);
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

    /// <summary>
    /// Tells it of the process, once there is one. <paramref name="startsWhenPrepared"/>: it has started, as far as a startup probe is concerned, with everything that it can do by
    /// itself. A gateway has then: it may wait for the first silo for as long as it takes, and restarting it would bring none.
    /// </summary>
    public void Watch(IServiceProvider process, bool startsWhenPrepared)
    {
        var metrics = new ApplicationBuilder(_app.Services)
            .UseOpenTelemetryPrometheusScrapingEndpoint(process.GetRequiredService<MeterProvider>(), null, "/metrics", null, null).Build();
        _process = new Watched(process.GetRequiredService<Readiness>(), metrics, startsWhenPrepared ? null : SilosDashboard.Of(process),
            startsWhenPrepared, process.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted);
    }

    public async ValueTask DisposeAsync()
    {
        // Without grace: whoever probes now hears that nobody is here.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        // Probes and scrapes are no requests that anybody waits for: alerts on errors and durations would count them.
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } counted) counted.MetricsDisabled = true;
        var process = _process;
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
                if (process is { HasStarted: true } or { StartsWhenPrepared: true }) await Write(context, new HealthState("started"));
                else await Write(context, NotReady.Because("starting"), StatusCodes.Status503ServiceUnavailable);
                break;
            case "/health/ready":
                var failing = await Failing(process, context.RequestAborted);
                if (failing.IsEmpty) await Write(context, new HealthState("ready"));
                else await Write(context, NotReady.Because([.. failing]), StatusCodes.Status503ServiceUnavailable);
                break;
            case "/metrics" when process is not null:
                await process.Metrics(context);
                break;
            case not null when process is { Dashboard: { } dashboard, HasStarted: true } && context.Request.Path.StartsWithSegments(SilosDashboard.Path, StringComparison.Ordinal):
                await dashboard.Answer(context);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async ValueTask<ImmutableArray<string>> Failing(Watched? process, CancellationToken cancelled)
    {
        const string starting = "starting", cluster = "cluster";
        if (process is null or { HasStarted: false, StartsWhenPrepared: false }) return [starting];
        var failing = await process.Readiness.Failing(cancelled);
        // With all checked that it has itself, a gateway starts as soon as a silo answers.
        return process.HasStarted ? failing : [.. failing.Remove(cluster), cluster, starting];
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

    private sealed record Watched(Readiness Readiness, RequestDelegate Metrics, SilosDashboard? Dashboard, bool StartsWhenPrepared, CancellationToken Started)
    {
        public bool HasStarted => Started.IsCancellationRequested;
    }

    // The members that a gateway's problem documents have (RFC 9457); here are no pages that a type could lead to.
    private sealed record NotReady(string Type, string Title, int Status, string Code, string TraceId, string[] Failing)
    {
        public static NotReady Because(params string[] failing) => new("about:blank", "Service unavailable", StatusCodes.Status503ServiceUnavailable, "unavailable",
            (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString(), failing);
    }

    // Signals are for the process's host; this one ends when it is disposed of.
    private sealed class EndsWithItsOwner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
