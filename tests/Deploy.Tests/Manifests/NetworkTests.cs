using k8s.Models;

namespace AiCloud.Manifests;

/// <summary>Who reaches whom: everything else is closed.</summary>
public sealed class NetworkTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory, MemberData(nameof(Overlays))]
    public async Task D3_every_pod_is_closed_in_both_directions_but_for_what_is_named(string overlay)
    {
        var deny = (await Overlay.Of(overlay)).One<V1NetworkPolicy>("aicloud-default-deny");
        Assert.Null(deny.Spec.PodSelector.MatchLabels);
        Assert.Null(deny.Spec.PodSelector.MatchExpressions);
        Assert.Equal(["Egress", "Ingress"], deny.Spec.PolicyTypes.Order(StringComparer.Ordinal));
        Assert.Null(deny.Spec.Ingress);
        Assert.Null(deny.Spec.Egress);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task No_rule_leaves_peer_or_port_open(string overlay)
    {
        foreach (var policy in (await Overlay.Of(overlay)).All<V1NetworkPolicy>())
        {
            foreach (var rule in policy.Spec.Ingress ?? []) AssertNamed(policy, rule.FromProperty, rule.Ports);
            foreach (var rule in policy.Spec.Egress ?? []) AssertNamed(policy, rule.To, rule.Ports);
        }
    }

    [Theory]
    [InlineData("aicloud-silo", "11111", "pods aicloud-silo")]
    [InlineData("aicloud-silo", "30000", "pods aicloud-gateway")]
    [InlineData("aicloud-silo", "8081", "namespace monitoring")]
    [InlineData("aicloud-gateway", "8080", "namespace ingress-nginx")]
    [InlineData("aicloud-gateway", "8081", "namespace monitoring")]
    public async Task Only_these_reach_a_port(string workload, string port, string whom)
    {
        foreach (var overlay in Overlay.Names)
        {
            var rendered = await Overlay.Of(overlay);
            var labels = rendered.Workloads.Single(found => found.Name == workload).Labels;
            var allowed = rendered.All<V1NetworkPolicy>().Where(policy => Workload.Selects(policy.Spec.PodSelector.MatchLabels, labels))
                .SelectMany(policy => policy.Spec.Ingress ?? []).Where(rule => rule.Ports.Any(open => open.Port.Value == port)).SelectMany(rule => rule.FromProperty);
            Assert.Equal(whom, string.Join(", ", allowed.Select(Name).Order(StringComparer.Ordinal)));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_port_of_a_container_is_reached_by_somebody_and_no_other_is(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        foreach (var workload in rendered.Workloads)
        {
            var open = rendered.All<V1NetworkPolicy>().Where(policy => Workload.Selects(policy.Spec.PodSelector.MatchLabels, workload.Labels))
                .SelectMany(policy => policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports).Select(port => port.Port.Value).Distinct().Order(StringComparer.Ordinal);
            Assert.Equal(workload.Containers.SelectMany(container => container.Ports ?? []).Select(port => $"{port.ContainerPort}").Order(StringComparer.Ordinal), open);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_workload_reaches_names_and_the_database(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        foreach (var workload in rendered.Workloads)
        {
            var ports = rendered.All<V1NetworkPolicy>().Where(policy => Workload.Selects(policy.Spec.PodSelector.MatchLabels, workload.Labels))
                .SelectMany(policy => policy.Spec.Egress ?? []).SelectMany(rule => rule.Ports).Select(port => port.Port.Value).ToHashSet();
            Assert.Superset(new HashSet<string> { "53", "5432" }, ports);
        }
    }

    [Theory]
    [InlineData("aicloud-silo", "192.0.2.0/24:443, namespace database:5432, namespace kube-system:53, namespace monitoring:4317, namespace vault:8200, pods aicloud-silo:11111")]
    [InlineData("aicloud-gateway", "namespace database:5432, namespace kube-system:53, namespace monitoring:4317, namespace vault:8200, pods aicloud-silo:30000")]
    public async Task With_every_component_pods_reach_these_and_nobody_else(string workload, string whom)
    {
        var rendered = await Overlay.Of(Overlay.Everything);
        var labels = rendered.Workloads.Single(found => found.Name == workload).Labels;
        var reached = rendered.All<V1NetworkPolicy>().Where(policy => Workload.Selects(policy.Spec.PodSelector.MatchLabels, labels)).SelectMany(policy => policy.Spec.Egress ?? [])
            .SelectMany(rule => rule.To.SelectMany(peer => rule.Ports.Select(port => $"{peer.IpBlock?.Cidr ?? Name(peer)}:{port.Port.Value}")));
        Assert.Equal(whom, string.Join(", ", reached.Distinct().Order(StringComparer.Ordinal)));
    }

    private static void AssertNamed(V1NetworkPolicy policy, IList<V1NetworkPolicyPeer>? peers, IList<V1NetworkPolicyPort>? ports)
    {
        Assert.True(peers is { Count: > 0 } && ports is { Count: > 0 }, policy.Metadata.Name);
        Assert.All(peers!, peer => Assert.True(peer.PodSelector?.MatchLabels?.Count > 0 || peer.NamespaceSelector?.MatchLabels?.Count > 0 || peer.IpBlock is not null, policy.Metadata.Name));
        Assert.All(ports!, port => Assert.NotNull(port.Port));
    }

    private static string Name(V1NetworkPolicyPeer peer) => peer.NamespaceSelector is { } place
        ? $"namespace {place.MatchLabels["kubernetes.io/metadata.name"]}"
        : $"pods {peer.PodSelector.MatchLabels["app.kubernetes.io/name"]}";
}
