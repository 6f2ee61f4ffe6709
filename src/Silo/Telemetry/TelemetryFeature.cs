using System.Diagnostics.Metrics;
using AiCloud.Hosting;
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
    public const string CallsOfActors = "Microsoft.Orleans.Application";
    private static readonly string[] Sources = [CallsOfActors, "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Storage", "Npgsql"];
    private static readonly string[] Meters = ["Microsoft.Orleans", "Npgsql", "AiCloud.*", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>The exporter passes over what it cannot use and says nothing: nobody would miss the traces before they are needed.</summary>
    public static void Check(IConfiguration configuration)
    {
        foreach (var signal in new[] { "", "TRACES_", "METRICS_", "LOGS_" })
        {
            if (configuration[$"OTEL_EXPORTER_OTLP_{signal}ENDPOINT"] is { Length: > 0 } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
                throw new StartRefusedException($"OTEL_EXPORTER_OTLP_{signal}ENDPOINT: it must be an absolute http or https address.");
            if (signal.Length > 0 && configuration[$"OTEL_EXPORTER_OTLP_{signal}ENDPOINT"] is { Length: > 0 } && string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
                throw new StartRefusedException($"OTEL_EXPORTER_OTLP_{signal}ENDPOINT: it counts only where OTEL_EXPORTER_OTLP_ENDPOINT is set too; without that nothing is sent.");
            if (configuration[$"OTEL_EXPORTER_OTLP_{signal}PROTOCOL"] is { Length: > 0 } protocol && protocol is not ("grpc" or "http/protobuf"))
                throw new StartRefusedException($"OTEL_EXPORTER_OTLP_{signal}PROTOCOL: it must be grpc or http/protobuf.");
        }
    }

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
        if (!exports) return services.AddSingleton<TraceIds>().AddHostedService(provider => provider.GetRequiredService<TraceIds>());
        telemetry.WithTracing(tracing => tracing.AddSource(Sources).AddAspNetCoreInstrumentation().AddOtlpExporter());
        services.AddLogging(logging => logging.AddOpenTelemetry(logs => logs.AddOtlpExporter()));
        return services;
    }
}
