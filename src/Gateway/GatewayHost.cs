using AiCloud.Accounts;
using AiCloud.Admission;
using AiCloud.Challenges;
using AiCloud.Clock;
using AiCloud.Consent;
using AiCloud.Contacts;
using AiCloud.Delivery;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Facts;
using AiCloud.Health;
using AiCloud.Hosting;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Ledger;
using AiCloud.Logs;
using AiCloud.Names;
using AiCloud.Networks;
using AiCloud.NoticeMailings;
using AiCloud.Objections;
using AiCloud.Operations;
using AiCloud.Pages;
using AiCloud.PasswordResets;
using AiCloud.Passwords;
using AiCloud.PersonalData;
using AiCloud.Protection;
using AiCloud.Reauthentication;
using AiCloud.Registration;
using AiCloud.Services;
using AiCloud.Staff;
using AiCloud.Switches;
using AiCloud.Telemetry;

namespace AiCloud;

/// <summary>The gateway process: API and pages, and in the embedded mode the silo too.</summary>
internal static class GatewayHost
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    public static Task<int> Run(string[] args, Action<IServiceCollection>? replace = null) => SiloHost.OneLine(async ending =>
    {
        if (args is ["catalogue", var file]) return await CatalogueFile.Check(file, Console.Out);
        var builder = Builder(args);
        var operating = Start.Operating(builder.Configuration);
        ending.Bound(operating.ShutdownTimeout, builder.Configuration);
        // First, so that probes hear a gateway that waits for its migration or for the first silo.
        await using var operations = await OperationsListener.Open(operating.PortOfGateway, BuildFacts.Of("gateway"), Start.ModeOf(builder.Configuration));
        builder.Services.AddEnding(ending);
        using var running = await Build(builder, replace, operations, ending.Asked);
        await running.App.StartOrRefuse("ASPNETCORE_URLS", ending.Asked);
        running.Announce();
        await running.App.WaitForShutdownAsync();
        return 0;
    });

    /// <summary>Builds the process without starting it, for hosts in tests. <paramref name="replace"/> comes last.</summary>
    public static Task<GatewayProcess> Build(string[] args, Action<IServiceCollection>? replace = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = Builder(args);
        configure?.Invoke(builder);
        return Build(builder, replace, operations: null, asked: default);
    }

    private static WebApplicationBuilder Builder(string[] args) => WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    // "operations": where health and metrics are shown instead of where people come; "asked": cuts off whatever the start waits for.
    private static async Task<GatewayProcess> Build(WebApplicationBuilder builder, Action<IServiceCollection>? replace, OperationsListener? operations, CancellationToken asked)
    {
        builder.Logging.AddAccountsLogs(builder.Configuration);
        var addresses = Safeguards.Addresses(builder.Configuration, DefaultAddress);
        if (addresses is [DefaultAddress]) builder.WebHost.UseUrls(DefaultAddress);
        using var logs = LogsFeature.OfStart(builder.Configuration);
        var start = await Start.Prepare(builder.Configuration, addresses, logs, asked);
        try
        {
            RefuseOpenLimits(builder.Configuration, addresses);
            RefuseNamelessIssuer(builder.Configuration, addresses);
            builder.AddGatewayFrame();
            builder.Services.AddAccountsProcess(start);
            builder.Services.AddAccountsClock(start.Database);
            if (start.Mode == HostMode.Embedded) builder.UseOrleans(silo => silo.AddAccountsSilo(start));
            else builder.UseOrleansClient(client => client.AddAccountsClient(start));
            if (start.Mode == HostMode.Cluster) Threads.Reserve(start.Database);
            builder.Services.AddDocumentRenewal(seeds: start.Mode == HostMode.Embedded);
            builder.Services.AddEvidenceKeyRenewal();
            if (start.Mode == HostMode.Embedded) builder.Services.AddStaffBootstrap();
            builder.Services.AddAccountsTelemetry(builder.Configuration, "gateway");
            builder.Services.AddOperations(start, "gateway");
            builder.Services.AddServiceCatalogue(start);
            if (start.Mode == HostMode.Cluster) builder.Services.AddHostedService<OutageWatch>();
            AddFeatures(builder.Services);
            replace?.Invoke(builder.Services);

            var app = builder.Build();
            app.UseGatewayFrame(showsHealth: operations is null);
            app.UseMiddleware<DocumentsMiddleware>();
            app.MapRegistration();
            app.MapAccounts();
            app.MapReauthentication();
            app.MapContacts();
            app.MapObjections();
            app.MapPasswordResets();
            app.MapConsent();
            app.MapIdentity();
            app.MapGuardians();
            app.MapGuardianSessions();
            app.MapGuardianSelf();
            app.MapNotMine();
            app.MapDocuments();
            app.MapStaff();
            app.MapStaffDocuments();
            app.MapSwitches();
            app.MapServices();
            app.MapFacts();
            app.MapStaffFacts();
            app.MapStaffServices();
            app.MapNoticeMailings();
            app.MapEvidenceKeys();
            app.MapLedger();
            app.MapPersonalData();
            app.MapStaffLedger();
            app.MapPages();
            if (operations is null) app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(AdmissionExempt.Instance);
            else operations.Watch(app.Services, startsWhenPrepared: true);
            if (start.Delivery == DeliveryMode.Development) app.MapDevelopmentOutbox();
            return new GatewayProcess(app, start);
        }
        catch
        {
            start.Dispose();
            throw;
        }
    }

    private static void AddFeatures(IServiceCollection services)
    {
        services.AddPasswords();
        services.AddPages();
        services.AddFacts();
        services.AddDocuments();
        services.AddOptions<RegionsOptions>().BindConfiguration(RegionsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NameOptions>().BindConfiguration(NameOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Skeleton>().AddSingleton<DisplayNames>().AddSingleton<StoredNames>();
        services.AddSingleton<NetworkBudget>().AddSingleton<PasswordDesk>().AddSingleton<RegistrationDesk>().AddSingleton<KeyedSignIns>().AddSingleton<KnownClients>().AddSingleton<AccountDesk>()
            .AddSingleton<IdentityDesk>().AddSingleton<NumberDesk>().AddSingleton<ChallengeDesk>().AddSingleton<ReauthenticationDesk>().AddSingleton<ContactDesk>().AddSingleton<ObjectionDesk>().AddSingleton<PasswordResetDesk>()
            .AddSingleton<GuardianDesk>().AddSingleton<GuardianSessionDesk>().AddSingleton<GuardianLeavingDesk>().AddSingleton<GuardianSelfDesk>().AddSingleton<Receipts>().AddSingleton<LedgerDesk>().AddSingleton<DataDesk>();
        services.AddSingleton<StaffDesk>().AddSingleton<StaffRegisterDesk>().AddSingleton<StaffDocumentDesk>().AddSingleton<SwitchDesk>();
        services.AddSingleton<IReadinessCheck, ClusterReadiness>().AddSingleton<IReadinessCheck, OutageReadiness>();
    }

    private static void RefuseOpenLimits(ConfigurationManager configuration, IReadOnlyList<string> addresses)
    {
        if (configuration[NetworkOptions.Section + ":PerNetwork"] == "0" && !addresses.All(Safeguards.IsLoopback))
            throw new StartRefusedException("AiCloud:Limits:PerNetwork: 0 switches the limits off, which only a gateway bound to loopback may do.");
    }

    // Receipts and archives name who signed them, for years: an address that means "every one of this machine" is nobody's name.
    internal static void RefuseNamelessIssuer(IConfiguration configuration, IReadOnlyList<string> addresses)
    {
        if (string.IsNullOrWhiteSpace(configuration[GatewayOptions.Section + ":PublicBaseUrl"]) && addresses.Any(Safeguards.IsWildcard))
            throw new StartRefusedException("AiCloud:Gateway:PublicBaseUrl: a gateway that listens on every address of its machine needs the one under which people reach it; receipts name it as who signed.");
    }
}

/// <summary>A built gateway with what it holds.</summary>
internal sealed class GatewayProcess(WebApplication app, Start start) : IDisposable
{
    public WebApplication App => app;

    public void Announce()
    {
        foreach (var address in app.Urls) app.Services.Announce($"AI Cloud Accounts serves {address}");
        if (start.Folder is { } folder) app.Services.Announce($"Everything is kept in {folder.Path}");
        if (start.Staff.MadeIn is { } tokens && File.Exists(tokens)) app.Services.Announce($"Tokens of the first two members of staff are in {tokens}");
        if (start.Delivery == DeliveryMode.Development) app.Services.Announce($"Codes are shown at {app.Urls.FirstOrDefault()}/dev/outbox");
    }

    public void Dispose() => start.Dispose();
}
