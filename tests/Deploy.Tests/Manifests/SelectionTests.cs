using k8s.Models;

namespace AiCloud.Manifests;

/// <summary>Selectors, targets and names that must find something.</summary>
public sealed class SelectionTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_selector_finds_the_pods_of_exactly_one_workload(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var selectors = rendered.All<V1Deployment>().Select(found => (found.Metadata.Name, found.Spec.Selector.MatchLabels))
            .Concat(rendered.All<V1PodDisruptionBudget>().Select(found => (found.Metadata.Name, found.Spec.Selector.MatchLabels)))
            .Concat(rendered.All<V1Service>().Where(found => found.Metadata.Name != "aicloud-closed").Select(found => (found.Metadata.Name, MatchLabels: found.Spec.Selector)));
        foreach (var (name, labels) in selectors)
            Assert.Equal(name, Assert.Single(rendered.Workloads, workload => Workload.Selects(labels, workload.Labels)).Name);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_deployment_has_a_budget_and_an_autoscaler_that_owns_its_size(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        foreach (var deployment in rendered.All<V1Deployment>())
        {
            Assert.Null(deployment.Spec.Replicas);
            Assert.Equal("1", rendered.One<V1PodDisruptionBudget>(deployment.Metadata.Name).Spec.MaxUnavailable.Value);
            var scaler = rendered.One<V2HorizontalPodAutoscaler>(deployment.Metadata.Name);
            Assert.Equal((deployment.Kind, deployment.Metadata.Name), (scaler.Spec.ScaleTargetRef.Kind, scaler.Spec.ScaleTargetRef.Name));
            Assert.True(scaler.Spec.MinReplicas >= 2, "a node may go");
            Assert.True(scaler.Spec.MaxReplicas > scaler.Spec.MinReplicas);
            var shrink = Assert.Single(scaler.Spec.Behavior.ScaleDown.Policies);
            Assert.Equal(("Pods", 1), (shrink.Type, shrink.Value));
            Assert.True(scaler.Spec.Behavior.ScaleDown.StabilizationWindowSeconds >= 600);
            Assert.Equal(deployment.Metadata.Name == "aicloud-silo" ? ["cpu", "memory"] : ["cpu"], scaler.Spec.Metrics.Select(metric => metric.Resource.Name));
        }
        Assert.Equal(rendered.All<V1Deployment>().Count(), rendered.All<V2HorizontalPodAutoscaler>().Count());
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Pods_spread_over_zones_and_nodes_by_their_own_labels(string overlay)
    {
        foreach (var workload in (await Overlay.Of(overlay)).Workloads.Where(workload => workload.Serves))
        {
            Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], workload.Pod.TopologySpreadConstraints.Select(spread => spread.TopologyKey).Order(StringComparer.Ordinal));
            Assert.All(workload.Pod.TopologySpreadConstraints, spread => Assert.True(Workload.Selects(spread.LabelSelector.MatchLabels, workload.Labels)));
            // Where a lost zone or a drained node counted as empty, whoever replaces its pods would wait for it for ever.
            Assert.All(workload.Pod.TopologySpreadConstraints, spread => Assert.Equal("Honor", spread.NodeTaintsPolicy));
            // A rule counts full nodes too, which stay empty, and then no other may take a second pod.
            Assert.All(workload.Pod.TopologySpreadConstraints, spread => Assert.Equal("ScheduleAnyway", spread.WhenUnsatisfiable));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_port_that_a_service_or_the_ingress_names_is_there(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        foreach (var service in rendered.All<V1Service>().Where(service => service.Spec.Selector is not null))
        {
            var ports = rendered.Workloads.Single(workload => Workload.Selects(service.Spec.Selector, workload.Labels)).Containers.SelectMany(container => container.Ports);
            Assert.All(service.Spec.Ports, port => Assert.Contains(ports, open => open.Name == port.TargetPort.Value));
        }
        foreach (var backend in rendered.All<V1Ingress>().SelectMany(ingress => ingress.Spec.Rules).SelectMany(rule => rule.Http.Paths).Select(path => path.Backend.Service))
            Assert.Contains(rendered.One<V1Service>(backend.Name).Spec.Ports, port => port.Name == backend.Port.Name);
    }

    [Theory, InlineData("/metrics"), InlineData("/health"), InlineData("/dev")]
    public async Task The_ingress_closes_what_is_nobodys_business_outside(string path)
    {
        foreach (var overlay in Overlay.Names)
        {
            var rendered = await Overlay.Of(overlay);
            var rule = Assert.Single(Assert.Single(rendered.All<V1Ingress>()).Spec.Rules);
            Assert.Equal("aicloud-closed", rule.Http.Paths.Single(found => found.Path == path).Backend.Service.Name);
            Assert.Null(rendered.One<V1Service>("aicloud-closed").Spec.Selector);
        }
    }

    // Paths are closed as they are spelt, and the gateway's routes do not mind how.
    [Fact]
    public async Task What_the_ingress_reaches_is_not_the_port_of_health_and_metrics()
    {
        var rendered = await Overlay.Of("production");
        var reached = rendered.All<V1Ingress>().SelectMany(ingress => ingress.Spec.Rules).SelectMany(rule => rule.Http.Paths).Select(path => path.Backend.Service)
            .SelectMany(backend => rendered.One<V1Service>(backend.Name).Spec.Ports.Where(port => port.Name == backend.Port.Name)).Select(port => port.TargetPort?.Value).ToArray();
        foreach (var container in rendered.Workloads.Where(workload => workload.Serves).SelectMany(workload => workload.Containers))
            foreach (var probe in new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }) Assert.DoesNotContain(probe.HttpGet.Port.Value, reached);
        foreach (var monitor in rendered.All<ServiceMonitor>())
            Assert.All(monitor.Spec.Endpoints, endpoint => Assert.DoesNotContain(rendered.One<V1Service>(monitor.Metadata.Name).Spec.Ports.Single(port => port.Name == endpoint.Port).TargetPort.Value, reached));
    }

    [Fact]
    public async Task Every_monitor_finds_the_port_of_one_service()
    {
        var rendered = await Overlay.Of("production");
        Assert.Equal(2, rendered.All<ServiceMonitor>().Count());
        foreach (var monitor in rendered.All<ServiceMonitor>())
        {
            var service = Assert.Single(rendered.All<V1Service>(), service => Workload.Selects(monitor.Spec.Selector.MatchLabels, service.Metadata.Labels));
            Assert.Equal(monitor.Metadata.Name, service.Metadata.Name);
            Assert.All(monitor.Spec.Endpoints, endpoint => Assert.Contains(service.Spec.Ports, port => port.Name == endpoint.Port));
        }
    }
}
