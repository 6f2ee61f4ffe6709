using System.Globalization;
using AiCloud.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AiCloud.Storage;

/// <summary>A PostgreSQL that one test has for itself: to stop, to freeze, to give a certificate. Goes with the test, and with its process.</summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string _binaries, _folder;
    private readonly int _port = FreePorts.Take();
    private readonly string _more;

    private OwnPostgres(string binaries, string folder, string more) => (_binaries, _folder, _more) = (binaries, folder, more);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => _port;

    /// <summary>Whether its first process runs.</summary>
    public bool Lives => File.Exists(Path.Combine(Data, "postmaster.pid")) && Directory.Exists($"/proc/{File.ReadLines(Path.Combine(Data, "postmaster.pid")).First()}");

    /// <summary>How a process reaches its database "accounts".</summary>
    public DatabaseSettings Settings => new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=accounts"),
    };

    /// <summary>
    /// Starts one with a migrated database (<paramref name="migrated"/>). <paramref name="prepare"/> may put files into the data folder first, <paramref name="more"/>
    /// are options of the server, <paramref name="below"/> is the folder to make its own in.
    /// </summary>
    public static async Task<OwnPostgres> Create(Func<string, Task>? prepare = null, string more = "", bool migrated = true, string? below = null)
    {
        var server = await Empty(more, below);
        var (binaries, folder) = (server._binaries, server._folder);
        await PostgresServer.AsServer(binaries, "initdb", ["-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], folder);
        if (prepare is not null) await prepare(server.Data);
        if (Environment.IsPrivilegedProcess) await Shell.Run("chown", ["-R", "postgres:", server.Data]);
        await server.Start();
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Settings.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("CREATE DATABASE accounts", connection);
            await create.ExecuteNonQueryAsync();
        }
        if (migrated) await Migrations.Apply(server.Settings, NullLoggerFactory.Instance);
        return server;
    }

    /// <summary>Starts a streaming copy of this one, which from now on confirms every commit (<c>synchronous_standby_names</c>).</summary>
    public async Task<OwnPostgres> Replicate()
    {
        var copy = await Empty(_more);
        await PostgresServer.AsServer(_binaries, "pg_basebackup", ["-h", "127.0.0.1", "-p", $"{_port}", "-U", "postgres", "-D", copy.Data, "-R", "-X", "stream", "--checkpoint=fast"], copy._folder);
        await copy.Start();
        await Execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await Execute("SELECT pg_reload_conf()");
        // The copy's receiver begins some seconds late where the first server's connection was not there at once: whoever commits before waits longer than the product does.
        for (var tries = 0; await Execute("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'") is null; tries++)
        {
            Assert.True(tries < 600, "the copy does not follow");
            await Task.Delay(50);
        }
        return copy;
    }

    /// <summary>Makes a copy the primary. It waits for no copy of its own.</summary>
    public async Task Promote()
    {
        await PostgresServer.AsServer(_binaries, "pg_ctl", ["-D", Data, "-w", "promote"], _folder);
        await Execute("ALTER SYSTEM RESET synchronous_standby_names");
        await Execute("SELECT pg_reload_conf()");
    }

    /// <summary>Runs a statement as superuser, on a connection of its own; gives its one value.</summary>
    public async Task<object?> Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Settings.ConnectionString) { Pooling = false, CommandTimeout = 60 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<OwnPostgres> Empty(string more, string? below = null)
    {
        var binaries = await PostgresBinaries.Find();
        await PostgresServer.RemoveOrphans(binaries);
        var folder = below is null ? Directory.CreateTempSubdirectory(PostgresServer.Prefix).FullName : Directory.CreateDirectory(Path.Combine(below, $"{PostgresServer.Prefix}{Guid.NewGuid():N}")).FullName;
        await PostgresServer.Own(folder);
        if (Environment.IsPrivilegedProcess) await Shell.Run("chown", ["-R", "postgres:", folder]);
        var server = new OwnPostgres(binaries, folder, more);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }

    /// <summary>Starts it, on the port that it always has.</summary>
    public async Task Start()
    {
        var log = Path.Combine(_folder, "log");
        try
        {
            await PostgresServer.AsServer(_binaries, "pg_ctl", ["-D", Data, "-l", log, "-o",
                string.Create(CultureInfo.InvariantCulture, $"-p {_port} -h 127.0.0.1 -k {_folder} -c fsync=off -c max_connections=100 {_more}"), "-w", "-t", "60", "start"], _folder);
        }
        catch (InvalidOperationException refused)
        {
            throw new InvalidOperationException($"{refused.Message}\n{string.Join('\n', (await File.ReadAllLinesAsync(log)).TakeLast(10))}");
        }
    }

    /// <summary>Stops it; connections end at once.</summary>
    public Task Stop() => PostgresServer.AsServer(_binaries, "pg_ctl", ["-D", Data, "-m", "fast", "-w", "stop"], _folder);

    /// <summary>kill -9 of every process of it, and the end of all: a new one does not start beside a process that still holds the old one's memory.</summary>
    public async Task Crash()
    {
        var gone = await Signal("KILL");
        await Shell.Run("sh", ["-c", $"for process in {gone.Trim()}; do while grep -qs '^State:[[:space:]]*[RSDTtI]' /proc/$process/status; do sleep 0.02; done; done"]);
        // They name a process that nobody may have buried yet, which a new one would take for a living one.
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        File.Delete(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{_port}.lock")));
    }

    /// <summary>Every process of it stands still: connections stay, and nothing answers.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>Goes on.</summary>
    public Task Thaw() => Signal("CONT");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_folder)) return;
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await Thaw();
        await PostgresServer.Remove(_binaries, _folder);
    }

    private async Task<string> Signal(string signal)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        // The postmaster first when it freezes, so that it starts nobody meanwhile; a child that has just ended is no failure.
        return await Shell.Run("sh", ["-c", $"children=$(ps -o pid= --ppid {postmaster}); kill -{signal} {postmaster}; for child in $children $(ps -o pid= --ppid {postmaster}); do kill -{signal} $child 2>/dev/null || true; done; echo {postmaster} $children"]);
    }
}
