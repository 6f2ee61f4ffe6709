using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiCloud.Protection;

/// <summary>Everything that works with the key ring, for silo and gateway alike.</summary>
public static class ProtectionFeature
{
    /// <summary>Adds the ring and what is made with it. A registered <see cref="IRandomness"/> is kept.</summary>
    public static IServiceCollection AddProtection(this IServiceCollection services, KeyRing ring)
    {
        services.TryAddSingleton<IRandomness, CryptographicRandomness>();
        return services
            .AddSingleton(ring)
            .AddSingleton<Envelope>()
            .AddSingleton<DecoyKeys>()
            .AddSingleton<IdentifierDigest>()
            .AddSingleton<NetworkDigest>()
            .AddSingleton<CodeDigest>()
            .AddSingleton<Fingerprint>()
            .AddSingleton<Tokens>()
            .AddSingleton<DerivedIds>()
            .AddSingleton<PasswordPepper>()
            .AddSingleton<FormKeys>()
            .AddSingleton<EvidenceSigner>();
    }
}
