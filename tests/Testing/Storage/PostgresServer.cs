using System.Diagnostics;
using System.Globalization;
using AiCloud.Hosting;

namespace AiCloud.Storage;

/// <summary>
/// A throw-away PostgreSQL cluster, started when the first test of this process asks and gone when the process ends. What a killed test
/// process left behind is stopped and removed by the next one that starts.
/// </summary>
public static class PostgresServer
{
    /// <summary>Names a server to use instead; a superuser's connection string.</summary>
    public const string Variable = "AICLOUD_TEST_POSTGRES";

    internal const string Prefix = "aicloud-test-postgres-";
    private static readonly Lazy<Task<string>> Started = new(Start);

    /// <summary>A superuser's connection string to the database "postgres".</summary>
    public static Task<string> ConnectionString() => Started.Value;

    private static async Task<string> Start()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return given;
        var binaries = await PostgresBinaries.Find();
        await RemoveOrphans(binaries);

        var folder = Directory.CreateTempSubdirectory(Prefix).FullName;
        await Own(folder);
        if (Environment.IsPrivilegedProcess) await Shell.Run("chown", ["-R", "postgres:", folder]);
        var data = Path.Combine(folder, "data");
        await AsServer(binaries, "initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(binaries, folder).GetAwaiter().GetResult();

        var port = FreePorts.Take();
        // No autovacuum: the snapshot of an ANALYZE that happens to come by keeps dead versions alive, and updates that are counted stop being HOT.
        var options = string.Create(CultureInfo.InvariantCulture,
            $"-p {port} -h 127.0.0.1 -k {folder} -c max_connections=300 -c autovacuum=off -c shared_buffers=256MB -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c checkpoint_timeout=30min");
        await AsServer(binaries, "pg_ctl", ["-D", data, "-l", Path.Combine(folder, "log"), "-o", options, "-w", "-t", "60", "start"], folder);
        return string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
    }

    // The server refuses to run as root, so root lends it the user that the package made.
    internal static Task<string> AsServer(string binaries, string program, string[] arguments, string folder)
    {
        var path = Path.Combine(binaries, program);
        return Environment.IsPrivilegedProcess
            ? Shell.Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments], folder)
            : Shell.Run(path, arguments, folder);
    }

    internal static async Task RemoveOrphans(string binaries)
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.Combine(folder, "owner");
            try
            {
                if (File.Exists(owner) && !Lives(await File.ReadAllTextAsync(owner))) await Remove(binaries, folder);
            }
            catch (IOException)
            {
                // Its owner is removing it.
            }
        }
    }

    internal static async Task Remove(string binaries, string folder)
    {
        try
        {
            if (File.Exists(Path.Combine(folder, "data", "postmaster.pid")))
                await AsServer(binaries, "pg_ctl", ["-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop"], folder);
        }
        catch (InvalidOperationException)
        {
            // It had died before: only its folder is left.
        }

        try { Directory.Delete(folder, recursive: true); }
        catch (IOException) { } // another test process that started at the same time is removing it
    }

    /// <summary>Says whose a folder is, all at once: others look for what nobody owns any more.</summary>
    internal static async Task Own(string folder)
    {
        var (written, owner) = (Path.Combine(folder, "owner.new"), Path.Combine(folder, "owner"));
        using (var mine = Process.GetCurrentProcess()) await File.WriteAllTextAsync(written, string.Create(CultureInfo.InvariantCulture, $"{mine.Id} {mine.StartTime.Ticks}"));
        File.Move(written, owner);
    }

    private static bool Lives(string mark)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(mark.Split(' ')[0], CultureInfo.InvariantCulture));
            // The start time is worked out from clock ticks and differs a little from one reader to the next.
            return Math.Abs(process.StartTime.Ticks - long.Parse(mark.Split(' ')[1], CultureInfo.InvariantCulture)) < TimeSpan.TicksPerSecond * 5;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
