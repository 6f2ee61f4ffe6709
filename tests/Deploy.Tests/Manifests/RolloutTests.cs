using AiCloud.Hosting;
using AiCloud.Operations;
using AiCloud.Tools;
using k8s.Models;

namespace AiCloud.Manifests;

/// <summary>A release comes, a node goes: nobody notices.</summary>
public sealed class RolloutTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    public static TheoryData<string> Shipped => [.. Overlay.Shipped];

    [Theory, MemberData(nameof(Overlays))]
    public async Task D3_a_pod_is_given_longer_to_end_than_its_process_takes(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads.Where(workload => workload.Serves))
        {
            // What the process itself keeps to, its drain and its forced end included.
            var shutdown = Start.Operating(await Told.Of(overlay, workload)).ShutdownTimeout + Ending.Beyond;
            var before = workload.Containers.Max(container => container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0);
            Assert.True(workload.Pod.TerminationGracePeriodSeconds >= before + shutdown.TotalSeconds + 15, workload.Name);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task No_pod_goes_before_its_successor_has_been_ready_for_a_while(string overlay)
    {
        foreach (var deployment in (await Overlay.Of(overlay)).All<V1Deployment>())
        {
            Assert.Equal("RollingUpdate", deployment.Spec.Strategy.Type);
            Assert.Equal(("0", "1"), (deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value, deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value));
            Assert.True(deployment.Spec.MinReadySeconds >= 15);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task A_rollout_waits_for_as_long_as_its_migration_may_take(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var job = Assert.Single(rendered.All<V1Job>());
        Assert.Equal(["migrate"], job.Spec.Template.Spec.Containers.Single().Args);
        Assert.All(rendered.All<V1Deployment>(), deployment =>
        {
            Assert.True(deployment.Spec.ProgressDeadlineSeconds >= job.Spec.ActiveDeadlineSeconds);
            Assert.Equal(job.Spec.Template.Spec.Containers.Single().Image.Split(':')[^1], deployment.Spec.Template.Spec.Containers.Single().Image.Split(':')[^1]);
        });
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task A_process_that_waits_in_vain_for_its_migration_says_so_before_a_probe_ends_it(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads.Where(workload => workload.Serves))
        {
            var probe = workload.Containers.Single().StartupProbe;
            Assert.True(Start.Operating(await Told.Of(overlay, workload)).MigrationPatience < TimeSpan.FromSeconds((probe.PeriodSeconds * probe.FailureThreshold)!.Value), workload.Name);
        }
    }

    [Theory, MemberData(nameof(Shipped))]
    public async Task The_database_can_hold_every_process_there_may_be(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var pool = int.Parse(rendered.All<V1ConfigMap>().First(found => found.Data.ContainsKey("AiCloud__Storage__MaxPoolSize")).Data["AiCloud__Storage__MaxPoolSize"], null);
        // While a release rolls out there is one more of each; four connections of a process are membership's and the clock's.
        var needed = rendered.All<V2HorizontalPodAutoscaler>().Sum(scaler => scaler.Spec.MaxReplicas + 1) * (pool + 4);
        Assert.Contains($"| `{overlay}` | {needed} |", await File.ReadAllTextAsync(Repository.At("deploy", "k8s", "README.md")), StringComparison.Ordinal);
    }
}
