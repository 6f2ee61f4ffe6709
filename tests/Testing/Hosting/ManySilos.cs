using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Statistics;

namespace AiCloud.Hosting;

/// <summary>
/// What hundreds of silos in one process share or do without. Every one that starts has the whole heap collected several times, so that what each holds is paid
/// for by all: without this a quarter of the tests' time goes there.
/// </summary>
public static class ManySilos
{
    private const int DirectoryCache = 1_000; // a million entries are set aside otherwise, nine megabytes

    private static readonly Lock One = new();
    private static IEnvironmentStatisticsProvider? _shared;

    /// <summary>A silo, or a host with one in it.</summary>
    public static IServiceCollection ForManySilos(this IServiceCollection services) =>
        services.ForManyClients().Configure<GrainDirectoryOptions>(options => options.CacheSize = DirectoryCache);

    /// <summary>A client: the machine's statistics are taken once for the process.</summary>
    public static IServiceCollection ForManyClients(this IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IEnvironmentStatisticsProvider)).ImplementationType!;
        return services.Replace(ServiceDescriptor.Singleton<IEnvironmentStatisticsProvider>(new Handed(Shared(own))));
    }

    private static IEnvironmentStatisticsProvider Shared(Type own)
    {
        lock (One) return _shared ??= (IEnvironmentStatisticsProvider)Activator.CreateInstance(own)!;
    }

    // Not disposable: the first silo to stop would end it for all.
    private sealed class Handed(IEnvironmentStatisticsProvider shared) : IEnvironmentStatisticsProvider
    {
        public EnvironmentStatistics GetEnvironmentStatistics() => shared.GetEnvironmentStatistics();
    }
}
