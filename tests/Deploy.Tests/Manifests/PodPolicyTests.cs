using k8s.Models;

namespace AiCloud.Manifests;

/// <summary>What no pod of ours may have, and what each must.</summary>
public sealed class PodPolicyTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory, MemberData(nameof(Overlays))]
    public async Task D3_no_pod_has_more_rights_than_reading_and_writing_its_own_memory(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads)
        {
            var pod = workload.Pod.SecurityContext;
            Assert.True(pod.RunAsNonRoot, workload.Name);
            Assert.True(pod.RunAsUser > 0 && pod.RunAsGroup > 0, workload.Name);
            Assert.Equal("RuntimeDefault", pod.SeccompProfile.Type);
            Assert.False(workload.Pod.HostNetwork ?? false, workload.Name);
            Assert.False(workload.Pod.HostPID ?? false, workload.Name);
            Assert.False(workload.Pod.HostIPC ?? false, workload.Name);
            Assert.All(workload.Pod.Volumes, volume => Assert.Null(volume.HostPath));
            foreach (var container in workload.Containers)
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem, container.Name);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation, container.Name);
                Assert.False(container.SecurityContext.Privileged ?? false, container.Name);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Null(container.SecurityContext.Capabilities.Add);
                Assert.Null(container.SecurityContext.RunAsUser);
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task No_pod_carries_a_token_of_the_cluster(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        Assert.All(rendered.All<V1ServiceAccount>(), account => Assert.False(account.AutomountServiceAccountToken ?? true, account.Metadata.Name));
        foreach (var workload in rendered.Workloads)
        {
            Assert.False(workload.Pod.AutomountServiceAccountToken ?? true, workload.Name);
            Assert.Contains(rendered.All<V1ServiceAccount>(), account => account.Metadata.Name == workload.Pod.ServiceAccountName);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Memory_is_bounded_and_processors_are_asked_for_but_never_limited(string overlay)
    {
        foreach (var container in (await Overlay.Of(overlay)).Workloads.SelectMany(workload => workload.Containers))
        {
            Assert.Contains("cpu", container.Resources.Requests.Keys);
            Assert.Contains("memory", container.Resources.Requests.Keys);
            Assert.Equal(["memory"], container.Resources.Limits.Keys);
            Assert.True(container.Resources.Requests["memory"].ToDecimal() <= container.Resources.Limits["memory"].ToDecimal(), container.Name);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_serving_pod_is_probed_at_its_own_port(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads.Where(workload => workload.Serves))
        {
            var container = Assert.Single(workload.Containers);
            Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.Equal("/health/startup", container.StartupProbe.HttpGet.Path);
            foreach (var probe in new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe })
                Assert.Contains(container.Ports, port => port.Name == probe.HttpGet.Port.Value);
            // A migration may take as long as its Job; the processes that wait for it must not be restarted meanwhile more than once.
            Assert.True(container.StartupProbe.PeriodSeconds * container.StartupProbe.FailureThreshold >= 600, workload.Name);
            // A database that fails over, or a burst, must not restart whoever waits for it.
            Assert.True(container.LivenessProbe.PeriodSeconds * container.LivenessProbe.FailureThreshold >= 60, workload.Name);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_image_is_pinned_to_a_release(string overlay)
    {
        foreach (var container in (await Overlay.Of(overlay)).Workloads.SelectMany(workload => workload.Containers))
            Assert.Matches(@"^registry\.example\.com/aicloud/(silo|gateway):\d+\.\d+\.\d+$", container.Image);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task The_key_ring_is_readable_by_the_process_alone(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads.Where(workload => workload.Serves))
        {
            var keys = workload.Pod.Volumes.Single(volume => volume.Secret?.SecretName == "aicloud-keys");
            Assert.Equal(0b100_100_000, keys.Secret.DefaultMode); // 0440
            Assert.Equal(workload.Pod.SecurityContext.RunAsGroup, workload.Pod.SecurityContext.FsGroup);
            Assert.True(workload.Containers.Single().VolumeMounts.Single(mount => mount.Name == keys.Name).ReadOnlyProperty);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task No_manifest_holds_a_secret(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        Assert.Empty(rendered.All<V1Secret>());
        Assert.DoesNotContain("Password=", rendered.Yaml, StringComparison.OrdinalIgnoreCase);
        Assert.All(rendered.Workloads.SelectMany(workload => workload.Containers).SelectMany(container => container.Env ?? []).Where(variable => variable.Name.EndsWith("ConnectionString", StringComparison.Ordinal)),
            variable => Assert.Equal("aicloud-database", variable.ValueFrom.SecretKeyRef.Name));
        // Whoever makes the Secret opens the dashboard; without it there is none, and pods start all the same.
        var opens = rendered.Workloads.SelectMany(workload => workload.Containers).SelectMany(container => container.Env ?? []).Single(variable => variable.Name.EndsWith("DashboardToken", StringComparison.Ordinal));
        Assert.Equal(("aicloud-dashboard", true), (opens.ValueFrom.SecretKeyRef.Name, opens.ValueFrom.SecretKeyRef.Optional));
    }
}
