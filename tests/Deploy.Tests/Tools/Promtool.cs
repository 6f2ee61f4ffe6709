using AiCloud.Storage;

namespace AiCloud.Tools;

/// <summary>Prometheus' own tool for rules: from the PATH, or taken out of Debian's package without installing it, which would start a server.</summary>
internal static class Promtool
{
    private static readonly Lazy<Task<string>> Found = new(Find);

    public static async Task<string> Run(string folder, params string[] arguments) => await Shell.Run(await Found.Value, arguments, folder);

    private static async Task<string> Find()
    {
        var unpacked = Path.Combine(AppContext.BaseDirectory, "promtool", "usr", "bin", "promtool");
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "promtool")).Append(unpacked).FirstOrDefault(File.Exists);
        if (found is not null) return found;
        if (!File.Exists("/etc/debian_version"))
            throw new InvalidOperationException("The tests of the alerts need promtool (it comes with Prometheus) on the PATH.");
        if (Environment.IsPrivilegedProcess) await Shell.Run("apt-get", ["update", "-q"], within: TimeSpan.FromMinutes(5));
        var folder = Directory.CreateTempSubdirectory("aicloud-promtool-");
        await Shell.Run("apt-get", ["download", "-q", "prometheus"], folder.FullName, TimeSpan.FromMinutes(5));
        await Shell.Run("dpkg-deb", ["-x", Directory.GetFiles(folder.FullName, "*.deb").Single(), Path.Combine(AppContext.BaseDirectory, "promtool")]);
        folder.Delete(recursive: true);
        return unpacked;
    }
}
