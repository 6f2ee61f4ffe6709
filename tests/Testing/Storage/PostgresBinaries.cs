using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AiCloud.Storage;

/// <summary>Finds initdb and pg_ctl of PostgreSQL 15 or newer, or has apt install them (scripts/prove-provisioning.sh shows it).</summary>
internal static partial class PostgresBinaries
{
    private const int Oldest = 15;

    /// <summary>The folder that holds them. Throws when there is none: a database test never passes by not running.</summary>
    public static async Task<string> Find()
    {
        if (await Search() is { } found) return found;
        if (Environment.IsPrivilegedProcess && File.Exists("/etc/debian_version"))
        {
            await Shell.Run("apt-get", ["update", "-q"], within: TimeSpan.FromMinutes(5));
            await Shell.Run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "postgresql"], within: TimeSpan.FromMinutes(10));
            if (await Search() is { } installed) return installed;
        }

        throw new InvalidOperationException(
            $"The database tests need PostgreSQL {Oldest} or newer: put initdb and pg_ctl on the PATH, or name a server's superuser connection in {PostgresServer.Variable}.");
    }

    private static async Task<string?> Search()
    {
        var packaged = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(dir => Path.Combine(dir, "bin")) : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var newest = (Folder: (string?)null, Version: Oldest - 1);
        foreach (var folder in packaged.Concat(onPath).Where(dir => File.Exists(Path.Combine(dir, "initdb")) && File.Exists(Path.Combine(dir, "pg_ctl"))))
        {
            if (await VersionIn(folder) is var major && major > newest.Version) newest = (folder, major);
        }

        return newest.Folder;
    }

    private static async Task<int> VersionIn(string folder)
    {
        try
        {
            var version = Version().Match(await Shell.Run(Path.Combine(folder, "initdb"), ["--version"]));
            return version.Success ? int.Parse(version.Value, CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception broken) when (broken is Win32Exception or InvalidOperationException)
        {
            return 0; // a link on the PATH that outlived its package, for instance
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Version();
}

/// <summary>Runs a program to its end and gives what it wrote; throws when it fails.</summary>
internal static class Shell
{
    public static async Task<string> Run(string program, IEnumerable<string> arguments, string? folder = null, TimeSpan? within = null)
    {
        var start = new ProcessStartInfo(program, arguments.ToArray())
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8", ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(within ?? TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error}{await output}");
        return await output;
    }
}
