using k8s.Models;

namespace AiCloud.Manifests;

public sealed class RenderTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory, MemberData(nameof(Overlays))]
    public async Task D3_every_overlay_renders_and_every_object_is_one_that_Kubernetes_knows(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        Assert.Equal(2, rendered.All<V1Deployment>().Count());
        Assert.Single(rendered.All<V1Job>());
        Assert.Equal(rendered.Yaml.Split("\n---\n").Length, rendered.Objects.Count);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task A_field_that_Kubernetes_does_not_know_is_refused(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var misspelt = rendered.Yaml.Replace("minReadySeconds:", "minimumReadySeconds:", StringComparison.Ordinal);
        Assert.NotEqual(rendered.Yaml, misspelt);
        Assert.ThrowsAny<Exception>(() => Overlay.Read(misspelt));
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_object_stands_in_one_namespace_that_enforces_the_restricted_standard(string overlay)
    {
        var rendered = await Overlay.Of(overlay);
        var place = Assert.Single(rendered.All<V1Namespace>());
        Assert.Equal("restricted", place.Metadata.Labels["pod-security.kubernetes.io/enforce"]);
        Assert.All(rendered.Objects.Where(found => found is not (V1Namespace or V1PriorityClass)), found => Assert.Equal(place.Metadata.Name, found.Metadata.NamespaceProperty));
    }
}
