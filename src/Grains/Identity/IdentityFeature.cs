using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiCloud.Identity;

/// <summary>What real-name proof needs. A host that has a checker adds it before or after; without one nothing is ever asked.</summary>
internal static class IdentityFeature
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IIdentityCheck, NoIdentityCheck>();
        services.TryAddSingleton<IRecycledNumberCheck, NoRecycledNumberCheck>();
        return services.AddSingleton<IdentityMetrics>().AddSingleton<NamedAuthority>().AddSingleton<IdentityTools>();
    }
}
