using AiCloud.Hosting;
using AiCloud.Tools;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace AiCloud.Manifests;

/// <summary>What pods are told and what the code knows: one and the same.</summary>
public sealed class SettingsTests
{
    // What the platform's libraries read themselves; docs/configuration.md, "From the platform", or the runtime's own documentation.
    private static readonly string[] OfThePlatform = ["ASPNETCORE_URLS", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_RESOURCE_ATTRIBUTES", "DOTNET_PROCESSOR_COUNT", "POD_NAME"];

    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_setting_that_a_pod_gets_is_one_that_the_code_reads(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads)
        {
            var told = await Told(overlay, workload);
            Assert.NotEmpty(told);
            Assert.All(told.Keys.Except(OfThePlatform), name => Assert.Contains(name.Replace("__", ":", StringComparison.Ordinal), SettingsInCode.All));
        }
    }

    [Fact]
    public void A_misspelt_setting_is_found() => Assert.DoesNotContain("AiCloud:Storage:MaxPoolsize", SettingsInCode.All);

    [Theory, MemberData(nameof(Overlays))]
    public async Task What_a_pod_gets_can_be_read_and_is_in_range(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads)
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(
                (await Told(overlay, workload)).Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();
            Assert.Equal(HostMode.Cluster, Start.Bound<AccountsOptions>(configuration, AccountsOptions.Section).Mode);
            Assert.Equal(int.Parse(configuration["AiCloud:Storage:MaxPoolSize"]!, null), Start.ClusterDatabase(configuration).MaxPoolSize);
            var gateway = Start.Bound<GatewayOptions>(configuration, GatewayOptions.Section);
            Assert.Empty(gateway.Validate(new(gateway)));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Without_a_channel_for_codes_a_cluster_says_which_setting_is_missing(string overlay)
    {
        var told = await Told(overlay, (await Overlay.Of(overlay)).Workloads.First(workload => workload.Serves));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(told.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Start.Prepare(configuration, ["http://*:8080"], Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));
        Assert.StartsWith("AiCloud:Delivery:Mode:", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Ports_of_actors_are_those_of_the_settings(string overlay)
    {
        var silo = (await Overlay.Of(overlay)).Workloads.Single(workload => workload.Name == "aicloud-silo");
        var told = await Told(overlay, silo);
        var ports = silo.Containers.Single().Ports;
        Assert.Equal(told["AiCloud__Cluster__SiloPort"], $"{ports.Single(port => port.Name == "silo").ContainerPort}");
        Assert.Equal(told["AiCloud__Cluster__GatewayPort"], $"{ports.Single(port => port.Name == "actors").ContainerPort}");
    }

    [Fact]
    public async Task Every_setting_in_code_is_documented()
    {
        var (section, documented) = ("", new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in await File.ReadAllLinesAsync(Repository.At("docs", "configuration.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..];
            else if (line.StartsWith("| `", StringComparison.Ordinal)) documented.Add($"{section}:{line.Split('`')[1]}");
        }
        Assert.All(SettingsInCode.All, setting => Assert.Contains(setting.EndsWith(":0", StringComparison.Ordinal) ? setting[..^2] : setting, documented));
    }

    // Values that only the cluster knows stand in as what they look like.
    private static async Task<Dictionary<string, string>> Told(string overlay, Workload workload)
    {
        var rendered = await Overlay.Of(overlay);
        var container = workload.Containers.Single();
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom)
            foreach (var (name, value) in rendered.One<V1ConfigMap>(source.ConfigMapRef.Name).Data) told[name] = value;
        foreach (var variable in container.Env)
            told[variable.Name] = variable.Value ?? (variable.ValueFrom.FieldRef?.FieldPath == "status.podIP" ? "192.0.2.1" : variable.ValueFrom.SecretKeyRef is not null ? "Host=db" : "1");
        return told;
    }
}
