using AiCloud.Hosting;
using AiCloud.Tools;
using k8s.Models;

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
            var told = await Told.Variables(overlay, workload);
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
            var configuration = await Told.Of(overlay, workload);
            Assert.Equal(HostMode.Cluster, Start.Bound<AccountsOptions>(configuration, AccountsOptions.Section).Mode);
            Assert.Equal(int.Parse(configuration["AiCloud:Storage:MaxPoolSize"]!, null), Start.ClusterDatabase(configuration).MaxPoolSize);
            var gateway = Start.Bound<GatewayOptions>(configuration, GatewayOptions.Section);
            Assert.Empty(gateway.Validate(new(gateway)));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Without_a_channel_for_codes_a_cluster_says_which_setting_is_missing(string overlay)
    {
        var configuration = await Told.Of(overlay, (await Overlay.Of(overlay)).Workloads.First(workload => workload.Serves));
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Start.Prepare(configuration, ["http://*:8080"], Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));
        Assert.StartsWith("AiCloud:Delivery:Mode:", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Ports_of_a_silo_are_those_of_the_settings(string overlay)
    {
        var silo = (await Overlay.Of(overlay)).Workloads.Single(workload => workload.Name == "aicloud-silo");
        var told = await Told.Variables(overlay, silo);
        var ports = silo.Containers.Single().Ports;
        Assert.Equal(told["AiCloud__Cluster__SiloPort"], $"{ports.Single(port => port.Name == "silo").ContainerPort}");
        Assert.Equal(told["AiCloud__Cluster__GatewayPort"], $"{ports.Single(port => port.Name == "actors").ContainerPort}");
        foreach (var workload in (await Overlay.Of(overlay)).Workloads.Where(workload => workload.Serves))
            Assert.Equal(told["AiCloud__Operations__Port"], $"{workload.Containers.Single().Ports.Single(port => port.Name == "operations").ContainerPort}");
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_file_that_a_setting_names_is_mounted_from_a_secret(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads.Where(workload => workload.Serves))
        {
            var mounts = workload.Containers.Single().VolumeMounts;
            // What everybody is told and only silos read.
            var read = (await Told.Variables(overlay, workload)).Where(setting => workload.Name == "aicloud-silo" || !setting.Key.StartsWith("AiCloud__Identity__", StringComparison.Ordinal));
            foreach (var (name, file) in read.Where(setting => setting.Key.EndsWith("File", StringComparison.Ordinal)))
            {
                var mount = Assert.Single(mounts, mount => mount.MountPath == Path.GetDirectoryName(file));
                Assert.True(mount.ReadOnlyProperty, name);
                Assert.NotNull(workload.Pod.Volumes.Single(volume => volume.Name == mount.Name).Secret);
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task C2_5e_the_list_of_ended_accounts_lies_where_every_silo_writes_and_a_restore_reads(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var silo = rendered.Workloads.Single(workload => workload.Name == "aicloud-silo");
        var folder = (await Told.Variables(overlay, silo))["AiCloud__Shredding__ListFolder"];
        Assert.Equal(folder, Mount(silo, folder).MountPath);
        Assert.False(Mount(silo, folder).ReadOnlyProperty ?? false);
        var claim = rendered.One<V1PersistentVolumeClaim>(silo.Pod.Volumes.Single(volume => volume.Name == Mount(silo, folder).Name).PersistentVolumeClaim.ClaimName);
        Assert.Equal(["ReadWriteMany"], claim.Spec.AccessModes); // on whichever node a silo runs

        var replay = rendered.Workloads.Single(workload => workload.Name == "aicloud-shredded-replay");
        Assert.Equal(["shredded", "replay", folder], replay.Containers.Single().Args);
        Assert.True(Mount(replay, folder).ReadOnlyProperty);
        Assert.Equal(claim.Metadata.Name, replay.Pod.Volumes.Single(volume => volume.Name == Mount(replay, folder).Name).PersistentVolumeClaim.ClaimName);
        Assert.All(rendered.All<V1CronJob>(), task => Assert.True(task.Spec.Suspend, task.Metadata.Name)); // only ever by hand
    }

    [Theory, InlineData("production"), InlineData(Overlay.Everything)]
    public async Task A_changed_catalogue_reaches_gateways_that_run(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var gateway = rendered.Workloads.Single(workload => workload.Name == "aicloud-gateway");
        var file = (await Told.Variables(overlay, gateway))["AiCloud__Services__Catalogue"];
        var mount = Mount(gateway, Path.GetDirectoryName(file)!);
        // A file that is mounted alone is never exchanged; and a name that changes with the content is a rollout.
        Assert.Null(mount.SubPath);
        var map = rendered.One<V1ConfigMap>(gateway.Pod.Volumes.Single(volume => volume.Name == mount.Name).ConfigMap.Name);
        Assert.Equal("aicloud-services", map.Metadata.Name);
        Assert.Empty(Services.CatalogueReader.Read(System.Text.Encoding.UTF8.GetBytes(map.Data[Path.GetFileName(file)])).Faults);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task The_address_that_people_use_is_the_one_that_the_ingress_serves(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var told = await Told.Variables(overlay, rendered.Workloads.Single(workload => workload.Name == "aicloud-gateway"));
        Assert.Equal($"https://{Assert.Single(rendered.All<V1Ingress>().SelectMany(ingress => ingress.Spec.Rules)).Host}", told["AiCloud__Gateway__PublicBaseUrl"]);
        Assert.NotEmpty(told["AiCloud__Gateway__TrustedProxies__0"]);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Silos_alone_hear_of_the_first_members_of_staff_and_start_also_without(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads)
        {
            var secrets = workload.Containers.SelectMany(container => container.EnvFrom ?? []).Where(source => source.SecretRef is not null).ToArray();
            if (workload.Name != "aicloud-silo") Assert.Empty(secrets);
            else Assert.Equal(("aicloud-staff-bootstrap", true), (Assert.Single(secrets).SecretRef.Name, secrets[0].SecretRef.Optional));
        }
    }

    private static V1VolumeMount Mount(Workload workload, string path) => workload.Containers.Single().VolumeMounts.Single(mount => mount.MountPath == path);

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
}
