using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AiCloud.Delivery;
using AiCloud.Documents;
using AiCloud.Expiry;
using AiCloud.Identity;
using AiCloud.Isolation;
using AiCloud.Ledger;
using AiCloud.Operations;
using AiCloud.Protection;
using AiCloud.Shredding;
using AiCloud.Staff;
using AiCloud.Storage;
using AiCloud.Tls;
using Orleans.Configuration;

namespace AiCloud.Hosting;

/// <summary>A silo as this service runs it, embedded or in a cluster, and the part that gateways share with it.</summary>
internal static class SiloFeatures
{
    /// <summary>What every process has, silo or gateway: features, keys, its copy of the documents.</summary>
    public static IServiceCollection AddAccountsProcess(this IServiceCollection services, Start start)
    {
        services.AddSingleton(start).AddSingleton(start.Audit);
        services.AddGrainFeatures();
        services.AddProtection(start.Keys);
        if (start.Vault is { } vault) services.AddSingleton<IKeyEncryption>(vault);
        services.AddOptions<KeysOptions>().BindConfiguration(KeysOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.PostConfigure<StaffOptions>(staff => staff.ForMode(start.Mode));
        return services;
    }

    /// <summary>The process's copy of the documents. Added after silo or client, so that it starts when actors can be called.</summary>
    public static IServiceCollection AddDocumentRenewal(this IServiceCollection services, bool seeds) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DocumentRenewal>(provider, seeds));

    /// <summary>The public keys of evidence. Added after silo or client for the same reason.</summary>
    public static IServiceCollection AddEvidenceKeyRenewal(this IServiceCollection services) => services.AddHostedService<EvidenceKeyRenewal>();

    /// <summary>The first members of staff. Added after the silo, since it calls actors; embedded, nothing is served before it is done.</summary>
    public static IServiceCollection AddStaffBootstrap(this IServiceCollection services) => services.AddHostedService<StaffBootstrap>();

    /// <summary>The silo itself.</summary>
    public static ISiloBuilder AddAccountsSilo(this ISiloBuilder silo, Start start)
    {
        var cluster = start.Options.Cluster;
        silo.AddAccountsStorage(start.Database);
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = cluster.ResponseTimeout);
        silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = cluster.ResponseTimeout);
        // Registrations are used for some minutes and never again; what is not in memory is one read away.
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionQuantum = TimeSpan.FromSeconds(30);
            collection.CollectionAge = TimeSpan.FromMinutes(5);
            // A crowd that only asks for codes fills memory before processors: what was used longest ago goes early then, and loses nothing. A developer's machine is nearly full at all times.
            collection.EnableActivationSheddingOnMemoryPressure = start.Mode != HostMode.Embedded;
        });
        silo.AddActivityPropagation();
        if (start.Mode == HostMode.Embedded)
        {
            // Any free port, so that a second copy with a folder of its own runs beside; and no port for clients, since the gateway is in here.
            silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId);
        }
        else
        {
            silo.AddAccountsClustering(start.Database);
            silo.AddMemberTls(start);
            if (start.Operations.DashboardToken is not null) silo.AddSilosDashboard();
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            var siloPort = cluster.SiloPort == 0 ? FreePort() : cluster.SiloPort;
            silo.ConfigureEndpoints(IPAddress.Parse(cluster.AdvertisedAddress), siloPort, cluster.GatewayPort == 0 ? FreePort(but: siloPort) : cluster.GatewayPort, listenOnAnyHostAddress: false);
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = cluster.ProbeTimeout;
                membership.MaxProbeTimeout = cluster.ProbeTimeout * 1.5;
                membership.NumMissedProbesLimit = cluster.MissedProbes;
                membership.IAmAliveTablePublishTimeout = cluster.AliveEvery;
                membership.NumMissedTableIAmAliveLimit = 3;
                // A silo that its peers cannot reach hears nothing from them, and only there reads that it was declared dead.
                membership.TableRefreshTimeout = cluster.AliveEvery * 3;
            });
            silo.Services.AddSingleton<IWitnesses, Witnesses>();
            silo.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<IsolationWatch>(services, cluster));
        }
        if (start.Delivery == DeliveryMode.Development)
            silo.Services.AddSingleton<ICodeDelivery, DevelopmentDelivery>().AddSingleton<INoticeDelivery, DevelopmentDelivery>().AddSingleton<IDeliveryProviders, DevelopmentDelivery>();
        silo.Services.AddIdentityAdapters(IdentityAdaptersFeature.Checked(silo.Configuration, start.Mode, start.Local));
        ShredListFile.Prove(Start.Bound<ShreddingOptions>(silo.Configuration, ShreddingOptions.Section).ListFolder);
        silo.Services.AddSingleton<IShredList, ShredListFile>();
        silo.Services.AddOptions<ShreddingOptions>().BindConfiguration(ShreddingOptions.Section);
        silo.Services.AddSingleton<KeyMetrics>();
        silo.Services.AddHostedService<ReminderStart>().AddHostedService<LedgerStart>().AddHostedService<LedgerBacklogWatch>().AddHostedService<KeyRingWatch>();
        return silo;
    }

    /// <summary>A gateway's way into the cluster.</summary>
    public static IClientBuilder AddAccountsClient(this IClientBuilder client, Start start)
    {
        var cluster = start.Options.Cluster;
        client.AddAccountsClustering(start.Database);
        client.AddMemberTls(start);
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = cluster.ResponseTimeout);
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        client.UseConnectionRetryFilter(async (_, cancellation) =>
        {
            // A gateway may come up before the first silo; readiness tells until then.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            return true;
        });
        client.AddActivityPropagation();
        return client;
    }

    /// <summary>Orleans' own Information lines are several per activation; they would drown the facts.</summary>
    public static ILoggingBuilder AddAccountsFilters(this ILoggingBuilder logging) => logging
        .AddFilter("Orleans", LogLevel.Warning)
        // Notes on garbage collector settings at every start, and an age counted from the machine's boot at the first check.
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        // Orleans' retries of placement: what fails for good is thrown and logged by whoever called.
        .AddFilter("Polly", LogLevel.Error)
        .AddFilter("Microsoft.Orleans", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
        // A start that fails is told by whoever started; the host would tell it again, with every value in the exception's text.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

    // Below the range that outgoing connections come from: one of those may take any other before the silo listens.
    private static int FreePort(int? but = null)
    {
        for (var tries = 0; ; tries++)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 20_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                if (port != but) return port;
            }
            catch (SocketException) when (tries < 100)
            {
                // Somebody listens there.
            }
        }
    }
}
