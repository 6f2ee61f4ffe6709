using AiCloud.Health;
using AiCloud.Hosting;

namespace AiCloud.Services;

/// <summary>What a gateway needs to answer other services. Added after silo or client, so that it starts when actors can be called.</summary>
internal static class ServicesFeature
{
    public static IServiceCollection AddServiceCatalogue(this IServiceCollection services, Start start)
    {
        services.AddOptions<ServicesOptions>().BindConfiguration(ServicesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var set = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<ServicesOptions>>().Value.Catalogue;
            var path = string.IsNullOrEmpty(set) ? start.Mode == HostMode.Embedded ? Path.Combine(AppContext.BaseDirectory, "content", "services.json") : null : set;
            return new CatalogueFile(path, provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), provider.GetRequiredService<ILogger<CatalogueFile>>());
        });
        services.AddSingleton<ServiceTokenBoard>().AddSingleton<EntitlementMetrics>().AddSingleton<ServiceDesk>().AddSingleton<ServiceClientDesk>();
        services.AddSingleton<IReadinessCheck, ServiceTokensReadiness>();
        return services.AddHostedService<CatalogueRenewal>().AddHostedService<ServiceTokenRenewal>();
    }
}
