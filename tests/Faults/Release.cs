using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>The programs of one build: its silo and its gateway, each the path of an assembly without its extension, and the word it is started with.</summary>
internal sealed record Release(string Name, string Silo, string[] SiloWords, string Gateway, string[] GatewayWords)
{
    /// <summary>The product as published into a folder: <c>Silo</c> and <c>Gateway</c> below it.</summary>
    public static Release Published(string name, string folder) =>
        new(name, Path.Combine(folder, "Silo", "AiCloud.Silo"), [], Path.Combine(folder, "Gateway", "AiCloud.Gateway"), []);

    /// <summary>The process host of the tests, beside this assembly: the same services, and it obeys orders.</summary>
    public static Release Host { get; } = new("host", "AiCloud.ProcessHost", ["silo"], "AiCloud.ProcessHost", ["gateway"]);

    public Child StartSilo(IEnumerable<KeyValuePair<string, string>> settings, int? user = null) => Child.Start(Silo, SiloWords, settings, user);

    public Child StartGateway(IEnumerable<KeyValuePair<string, string>> settings, int? user = null) => Child.Start(Gateway, GatewayWords, settings, user);
}
