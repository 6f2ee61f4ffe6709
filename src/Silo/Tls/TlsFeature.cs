using AiCloud.Hosting;
using Orleans.Configuration;

namespace AiCloud.Tls;

/// <summary>Mutual TLS between members, where it is asked for.</summary>
internal static class TlsFeature
{
    public static void AddMemberTls(this ISiloBuilder silo, Start start)
    {
        if (Add(silo.Services, start)) silo.Services.AddOptions<SiloConnectionOptions>().Configure<MemberTls>((connections, tls) => tls.Secure(connections));
    }

    public static void AddMemberTls(this IClientBuilder client, Start start)
    {
        if (Add(client.Services, start)) client.Services.AddOptions<ClientConnectionOptions>().Configure<MemberTls>((connections, tls) => tls.Secure(connections));
    }

    private static bool Add(IServiceCollection services, Start start)
    {
        if (start.Certificates is not { } certificates) return false;
        services.AddSingleton(certificates).AddSingleton<MemberTls>();
        return true;
    }
}
