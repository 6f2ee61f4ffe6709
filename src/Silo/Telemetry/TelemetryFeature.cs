using System.Diagnostics.Metrics;
using AiCloud.Operations;
using AiCloud.Storage;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiCloud.Telemetry;

/// <summary>
/// Traces, metrics and logs of a process (DESIGN §11). Metrics are always collected, for scraping; everything leaves by OTLP once
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Nothing of it carries more than ids: of SQL the text goes, whose values are parameters, and those never.
/// </summary>
internal static class TelemetryFeature
{
    private static readonly string[] Sources = ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Storage", "Npgsql"];
    private static readonly string[] Meters = ["Microsoft.Orleans", "Npgsql", "AiCloud.*", "Microsoft.AspNetCore.Server.Kestrel"];

    public static IServiceCollection AddAccountsTelemetry(this IServiceCollection services, IConfiguration configuration, string process)
    {
        var exports = !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService($"aicloud-accounts-{process}", serviceVersion: BuildFacts.Of(process).Version))
            .WithMetrics(metrics =>
            {
                metrics.AddView(instrument => instrument is { Meter.Name: PoolConnections.Driver, Name: PoolConnections.Instrument } ? MetricStreamConfiguration.Drop : null);
                metrics.AddInstrumentation(provider => new PoolConnections(provider.GetRequiredService<IMeterFactory>()));
                metrics.AddMeter(Meters).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
                // From a slow bucket to a request that was in it. Only of traces that are kept: an id that leads nowhere is none.
                metrics.SetExemplarFilter(ExemplarFilterType.TraceBased);
                metrics.AddPrometheusExporter();
                if (exports) metrics.AddOtlpExporter();
            });
        if (!exports) return services;
        telemetry.WithTracing(tracing => tracing.AddSource(Sources).AddAspNetCoreInstrumentation().AddOtlpExporter());
        services.AddLogging(logging => logging.AddOpenTelemetry(logs => logs.AddOtlpExporter()));
        return services;
    }
}
