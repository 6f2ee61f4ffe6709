using AiCloud.Audit;
using AiCloud.Health;
using AiCloud.Hosting;
using AiCloud.Switches;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiCloud.Operations;

/// <summary>What makes a process fit to be watched and rolled; silo and gateway alike.</summary>
internal static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services, Start start, string process)
    {
        var gateway = process == "gateway";
        services.TryAddSingleton<Draining>();
        // A silo has nobody in front who would need time to notice: calls in its queue are done before its activations go.
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DrainSequence>(provider, gateway ? start.Operations.DrainDelayIn(start.Mode) : TimeSpan.Zero));
        services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = start.Operations.ShutdownTimeout);
        services.AddSingleton(BuildFacts.Of(process)).AddHostedService<BuildMetric>().AddHostedService<ProcessAudit>();
        services.AddOptions<HealthOptions>().BindConfiguration(HealthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<Readiness>();
        services.AddSingleton<IReadinessCheck, DrainingReadiness>().AddSingleton<IReadinessCheck, ClockReadiness>()
            .AddSingleton<IReadinessCheck, DocumentsReadiness>().AddSingleton<IReadinessCheck, EvidenceKeysReadiness>();
        services.AddSingleton<IReadinessCheck, SwitchesReadiness>().AddHostedService<SwitchRenewal>();
        if (start.Mode == HostMode.Cluster) services.AddSingleton<IReadinessCheck, StorageReadiness>();
        if (!gateway) services.AddSingleton<IReadinessCheck, JoinedReadiness>();
        return services;
    }
}
