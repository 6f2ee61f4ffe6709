using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace AiCloud.Manifests;

/// <summary>What a pod's process is told. Values that only the cluster knows stand in as what they look like.</summary>
internal static class Told
{
    public static async Task<Dictionary<string, string>> Variables(string overlay, Workload workload)
    {
        var rendered = await Overlay.Of(overlay);
        var container = workload.Containers.Single();
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom.Where(source => source.ConfigMapRef is not null))
            foreach (var (name, value) in rendered.One<V1ConfigMap>(source.ConfigMapRef.Name).Data) told[name] = value;
        foreach (var variable in container.Env)
            told[variable.Name] = variable.Value ?? (variable.ValueFrom.FieldRef?.FieldPath == "status.podIP" ? "192.0.2.1"
                : variable.ValueFrom.SecretKeyRef is null ? "1" : variable.Name.EndsWith("Token", StringComparison.Ordinal) ? new string('t', 48) : "Host=db");
        return told;
    }

    /// <summary>The same as the process reads it.</summary>
    public static async Task<IConfiguration> Of(string overlay, Workload workload) => new ConfigurationBuilder().AddInMemoryCollection(
        (await Variables(overlay, workload)).Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();
}
