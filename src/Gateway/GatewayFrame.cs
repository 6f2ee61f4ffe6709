using AiCloud.Admission;
using AiCloud.Headers;
using AiCloud.Health;
using AiCloud.OpenApi;
using AiCloud.Operations;
using AiCloud.Problems;
using AiCloud.Requests;
using AiCloud.Switches;
using AiCloud.Telemetry;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AiCloud;

/// <summary>What every endpoint stands on: API.md "General", admission, security headers, health, the OpenAPI document.</summary>
public static class GatewayFrame
{
    /// <summary>Registers the frame.</summary>
    public static WebApplicationBuilder AddGatewayFrame(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        Bind<GatewayOptions>(services, GatewayOptions.Section);
        Bind<AdmissionOptions>(services, AdmissionOptions.Section);
        Bind<HeadersOptions>(services, HeadersOptions.Section);
        Bind<HealthOptions>(services, HealthOptions.Section);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AdmissionGate>();
        services.AddSingleton<Readiness>().AddSingleton<Draining>().AddSingleton<Outage>();
        services.TryAddSingleton<SwitchBoard>();
        services.TryAddSingleton(BuildFacts.Of("gateway"));
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxy>();
        services.ConfigureHttpJsonOptions(options => WireJson.Apply(options.SerializerOptions));
        // A binding failure is answered as a status without exception text; ProblemMiddleware gives it a body.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A net below RequestBody's own limit: Kestrel also counts the framing of chunks.
            kestrel.Limits.MaxRequestBodySize = 2 * RequestBody.MaxBytes;
            BareRefusals.GiveBodies(kestrel);
        });
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<AdmissionOptions>>((timeouts, admission) =>
            timeouts.DefaultPolicy = new() { Timeout = admission.Value.RequestTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        services.AddApiDocument();
        // The host's Information lines hold whole addresses, queries included.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        return builder;
    }

    /// <summary>
    /// Runs the frame in front of every endpoint and maps its own. Call it before mapping endpoints, static files included. <paramref name="showsHealth"/>: false when
    /// a port of its own shows it; then nobody who comes here asks for it, in whichever spelling.
    /// </summary>
    public static WebApplication UseGatewayFrame(this WebApplication app, bool showsHealth = true)
    {
        app.UseMiddleware<RequestTrace>();
        app.UseForwardedHeaders(); // early: everything below goes by the real client and scheme
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<HeadRequests>();
        app.UseRouting();
        app.UseMiddleware<DrainMiddleware>();
        app.UseMiddleware<OutageMiddleware>();
        app.UseMiddleware<ReadOnlyMiddleware>();
        app.UseMiddleware<AdmissionMiddleware>();
        app.UseRequestTimeouts();
        if (showsHealth) app.MapHealth();
        app.MapApiDocument();
        return app;
    }

    private static void Bind<TOptions>(IServiceCollection services, string section) where TOptions : class =>
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
