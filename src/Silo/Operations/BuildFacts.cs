using System.Diagnostics.Metrics;
using System.Reflection;

namespace AiCloud.Operations;

/// <summary>What runs here, shown at <c>/health</c>.</summary>
/// <param name="Status"><c>live</c>.</param>
/// <param name="Process"><c>silo</c> or <c>gateway</c>.</param>
/// <param name="Version">Of this product.</param>
/// <param name="Commit">The source it was built from; empty when the build did not know.</param>
/// <param name="Dotnet">Of the runtime.</param>
/// <param name="Orleans">Of Orleans.</param>
public sealed record BuildFacts(string Status, string Process, string Version, string Commit, string Dotnet, string Orleans)
{
    /// <summary>The facts of the running process.</summary>
    public static BuildFacts Of(string process)
    {
        var own = Informational(typeof(BuildFacts).Assembly).Split('+');
        return new("live", process, own[0], own.Length > 1 ? own[1] : "", Environment.Version.ToString(), Informational(typeof(Grain).Assembly).Split(". Commit", 2)[0]);
    }

    private static string Informational(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}

/// <summary>The same as a metric whose value is always 1: dashboards join it to see which versions run.</summary>
internal sealed class BuildMetric(BuildFacts facts, IMeterFactory meters) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("AiCloud.Build").CreateObservableGauge("aicloud.build.info", () => new Measurement<int>(1,
        [
            new("process", facts.Process), new("version", facts.Version), new("commit", facts.Commit), new("dotnet", facts.Dotnet), new("orleans", facts.Orleans),
        ]), description: "What runs here; always 1");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
