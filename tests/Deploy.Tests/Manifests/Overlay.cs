using AiCloud.Tools;
using k8s;
using k8s.Models;

namespace AiCloud.Manifests;

/// <summary>One overlay as kubectl renders it and as Kubernetes' own types read it, unknown fields refused.</summary>
internal sealed class Overlay
{
    private static readonly Dictionary<string, Type> OwnTypes = new()
    {
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
    };

    private static readonly Dictionary<string, Lazy<Task<Overlay>>> Rendered =
        Names.ToDictionary(name => name, name => new Lazy<Task<Overlay>>(() => Load(name)), StringComparer.Ordinal);

    private Overlay(string yaml) => (Yaml, Objects) = (yaml, Read(yaml));

    /// <summary>Every folder of deploy/k8s/overlays.</summary>
    public static string[] Shipped => [.. Directory.GetDirectories(Repository.At("deploy", "k8s", "overlays")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    /// <summary>Those, and one with every component there is.</summary>
    public static string[] Names => [.. Shipped, Everything];

    public const string Everything = "Everything";

    public string Yaml { get; }

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    public static Task<Overlay> Of(string name) => Rendered[name].Value;

    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Read(string yaml) =>
        [.. KubernetesYaml.LoadAllFromString(yaml, OwnTypes, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];

    public IEnumerable<T> All<T>() where T : IKubernetesObject<V1ObjectMeta> => Objects.OfType<T>();

    public T One<T>(string name) where T : IKubernetesObject<V1ObjectMeta> => All<T>().Single(found => found.Metadata.Name == name);

    /// <summary>Everything that makes pods.</summary>
    public IEnumerable<Workload> Workloads =>
    [
        .. All<V1Deployment>().Select(found => new Workload(found.Metadata.Name, found.Spec.Template, Serves: true)),
        .. All<V1Job>().Select(found => new Workload(found.Metadata.Name, found.Spec.Template, Serves: false)),
        .. All<V1CronJob>().Select(found => new Workload(found.Metadata.Name, found.Spec.JobTemplate.Spec.Template, Serves: false)),
    ];

    private static async Task<Overlay> Load(string name) => new(await Kubectl.Render(name == Everything ? Repository.At("tests", "Deploy.Tests", name) : Repository.At("deploy", "k8s", "overlays", name)));
}

/// <summary>What makes pods.</summary>
internal sealed record Workload(string Name, V1PodTemplateSpec Template, bool Serves)
{
    public V1PodSpec Pod => Template.Spec;

    public IEnumerable<V1Container> Containers => [.. Pod.Containers, .. Pod.InitContainers ?? []];

    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    public static bool Selects(IDictionary<string, string>? wanted, IDictionary<string, string> labels) =>
        (wanted ?? new Dictionary<string, string>()).All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    public override string ToString() => Name;
}
