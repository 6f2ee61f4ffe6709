using AiCloud.Clock;
using AiCloud.Logs;
using AiCloud.Operations;
using AiCloud.Protection;
using AiCloud.Storage;
using AiCloud.Telemetry;

namespace AiCloud.Hosting;

/// <summary>
/// The silo process: <c>migrate</c> brings the database to this release's schema, <c>check</c> tests the invariants, <c>ledger</c> verifies
/// chains and says what bound an account, <c>audit FILE…</c> compares what was collected of the audit with the table, <c>keys</c> makes a key ring
/// and rotates it, <c>shredded</c> ends again what a restore brought back, no word runs a silo.
/// </summary>
internal static class SiloHost
{
    public static Task<int> Run(string[] args, Action<IServiceCollection>? replace = null) => OneLine(async ending =>
    {
        var (command, rest) = args is [("migrate" or "check" or "keys" or "ledger" or "audit" or "shredded") and var word, .. var others] ? (word, others) : ("run", args);
        var builder = Host.CreateApplicationBuilder(rest);
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddAccountsLogs(builder.Configuration);
        using var logs = LogsFeature.OfStart(builder.Configuration);
        if (command != "run") ending.IsAtOnce();
        return command switch
        {
            "migrate" => await Migrate(builder.Configuration, logs),
            "keys" => await KeysCommand.Run(rest, builder.Configuration, Console.Out),
            "shredded" => await Shredding.ShreddedCommand.Run(rest, builder.Configuration, Console.Out),
            "check" => await Invariants.CheckCommand.Run(builder.Configuration, Console.Out, Invariants.CheckCommand.BeforeSecondRead),
            "audit" => await Audit.AuditCommand.Run(rest, builder.Configuration, Console.Out),
            "ledger" => await Ledger.LedgerCommand.Run(rest, builder.Configuration, Console.Out, Invariants.CheckCommand.BeforeSecondRead),
            _ => await RunSilo(builder, logs, ending, replace),
        };
    });

    /// <summary>Runs a process; a refusal to start is one line on standard error and exit code 1, and being asked to end before it has started is no failure.</summary>
    public static async Task<int> OneLine(Func<Ending, Task<int>> run)
    {
        using var ending = Ending.Listen();
        try
        {
            return await run(ending);
        }
        catch (OperationCanceledException) when (ending.Asked.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or KeyRingException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static async Task<int> Migrate(IConfiguration configuration, ILoggerFactory logs)
    {
        var database = Start.ClusterDatabase(configuration);
        using var audit = Start.OpenAudit(configuration, null);
        foreach (var script in await Start.Reached(() => Migrations.Apply(database, logs))) audit.OfSystem("migration.apply", script);
        Console.WriteLine("The database is at this release's schema.");
        return 0;
    }

    private static async Task<int> RunSilo(HostApplicationBuilder builder, ILoggerFactory logs, Ending ending, Action<IServiceCollection>? replace)
    {
        var cluster = Start.Bound<ClusterSettings>(builder.Configuration, AccountsOptions.Section + ":Cluster");
        var operating = Start.Operating(builder.Configuration);
        ending.Bound(operating.ShutdownTimeout, builder.Configuration);
        await using var operations = await OperationsListener.Open(operating.PortOfSilo, BuildFacts.Of("silo"), HostMode.Cluster);
        using var start = await Start.Prepare(builder.Configuration, [$"tcp://{Bracketed(cluster.AdvertisedAddress)}"], logs, ending.Asked);
        if (start.Mode == HostMode.Embedded)
            throw new StartRefusedException("AiCloud:Mode: a silo of its own needs Cluster; the embedded mode is the gateway's (dotnet run --project src/Gateway).");
        Threads.Reserve(start.Database);
        builder.Services.AddAccountsProcess(start);
        builder.Services.AddAccountsClock(start.Database);
        builder.UseOrleans(silo => silo.AddAccountsSilo(start));
        builder.Services.AddDocumentRenewal(seeds: true);
        builder.Services.AddEvidenceKeyRenewal();
        builder.Services.AddStaffBootstrap();
        builder.Services.AddAccountsTelemetry(builder.Configuration, "silo");
        builder.Services.AddOperations(start, "silo");
        builder.Services.AddEnding(ending);
        replace?.Invoke(builder.Services);
        using var host = builder.Build();
        operations?.Watch(host.Services, startsWhenPrepared: false);
        await host.StartOrRefuse("AiCloud:Cluster:SiloPort, AiCloud:Cluster:GatewayPort", ending.Asked);
        host.Services.Announce($"Silo of {cluster.ClusterId} is up.");
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static string Bracketed(string address) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}
