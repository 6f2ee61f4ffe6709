using AiCloud.Storage;

namespace AiCloud.Tools;

/// <summary>Prometheus' own tool for rules: from the PATH, or out of Debian's package.</summary>
internal static class Promtool
{
    private static readonly Lazy<Task<string>> Found = new(Find);

    public static async Task<string> Run(string folder, params string[] arguments) => await Shell.Run(await Found.Value, arguments, folder);

    private static async Task<string> Find() =>
        DebianTool.OnPath("promtool").FirstOrDefault() ?? await DebianTool.Find("promtool")
            ?? throw new InvalidOperationException("The tests of the alerts need promtool (it comes with Prometheus) on the PATH.");
}
