using System.Globalization;
using AiCloud;
using AiCloud.Clock;
using AiCloud.Contacts;
using AiCloud.Hosting;
using AiCloud.Ledger;
using AiCloud.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

// The product's own processes, with the one service replaced through which a test stops a completion between two steps.
var steps = new StoppableSteps();
return args switch
{
    ["gateway", .. var rest] => await GatewayHost.Run(rest, Replace),
    ["silo", .. var rest] => await SiloHost.Run(rest, Replace),
    ["starts"] => await Starts.Run(),
    _ => 2,
};

void Replace(IServiceCollection services)
{
    services.AddSingleton<ICompletionSteps>(steps).AddSingleton<ILedgerSteps>(steps).AddSingleton<IContactSteps>(steps);
    services.AddSingleton(steps);
    services.AddHostedService<Orders>();
    if (Environment.GetEnvironmentVariable("PROCESSHOST_CLOCK") is { Length: > 0 } seconds) services.AddWrongClock(int.Parse(seconds, CultureInfo.InvariantCulture));
    var file = Environment.GetEnvironmentVariable("PROCESSHOST_RECORD");
    if (file is { Length: > 0 }) services.AddSingleton(new Recording(file));
    if (file is { Length: > 0 } || Environment.GetEnvironmentVariable("PROCESSHOST_WORDY") is { Length: > 0 })
    {
        // What an operator may switch on while looking for a fault. Requests' addresses stay off: the gateway forbids them at every level.
        services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            foreach (var rule in filters.Rules.Where(rule => rule.CategoryName?.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) != true).ToArray())
                filters.Rules.Remove(rule);
            filters.MinLevel = LogLevel.Trace;
        });
    }
    // A frozen silo that nobody declares dead: it comes back in the middle of everything.
    if (Environment.GetEnvironmentVariable("PROCESSHOST_PATIENT") is { Length: > 0 })
        services.PostConfigure<ClusterMembershipOptions>(membership => membership.NumMissedProbesLimit = 1000);
}
