using AiCloud.Storage;

namespace AiCloud.Tools;

/// <summary>
/// A program taken out of Debian's own, signed package of that name without installing it: nothing of the machine changes, no server starts, and nobody has to be
/// root. From one named release, since the machine's own may be too old (scripts/prove-provisioning.sh shows it).
/// </summary>
internal static class DebianTool
{
    private const string Release = "trixie", Keys = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>Where the program lies, fetched when it does not lie there yet. Null on a machine without apt and Debian's keys.</summary>
    public static async Task<string?> Find(string program)
    {
        var kept = Path.Combine(AppContext.BaseDirectory, "debian", program);
        var found = Path.Combine(kept, "usr", "bin", program);
        if (File.Exists(found)) return found;
        if (!File.Exists("/usr/bin/apt-get") || !File.Exists(Keys)) return null;

        var folder = Directory.CreateTempSubdirectory("aicloud-debian-").FullName;
        try
        {
            foreach (var name in new[] { "lists/partial", "cache/archives/partial" }) Directory.CreateDirectory(Path.Combine(folder, name));
            await File.WriteAllTextAsync(Path.Combine(folder, "sources.list"), $"deb [signed-by={Keys}] http://deb.debian.org/debian {Release} main\n");
            string[] apart =
            [
                "-q", "-o", $"Dir::Etc::sourcelist={folder}/sources.list", "-o", "Dir::Etc::sourceparts=-", "-o", $"Dir::State::lists={folder}/lists", "-o", $"Dir::Cache={folder}/cache",
                "-o", "Dir::State::status=/dev/null", "-o", "APT::Sandbox::User=", "-o", "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
            ];
            await Shell.Run("apt-get", [.. apart, "update"], folder, TimeSpan.FromMinutes(5));
            await Shell.Run("apt-get", [.. apart, "download", program], folder, TimeSpan.FromMinutes(5));
            await Shell.Run("dpkg-deb", ["-x", Directory.GetFiles(folder, "*.deb").Single(), Path.Combine(folder, "unpacked")], folder);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            // A copy and one last step: whoever finds the program finds all of it.
            await Shell.Run("cp", ["-r", Path.Combine(folder, "unpacked"), $"{kept}.new"], folder);
            Directory.Move($"{kept}.new", kept);
            return found;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The programs of that name on the PATH, in its order.</summary>
    public static IEnumerable<string> OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).Where(File.Exists);
}
