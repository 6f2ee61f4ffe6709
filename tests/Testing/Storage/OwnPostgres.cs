using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AiCloud.Storage;

/// <summary>A PostgreSQL that one test has for itself: to stop, to freeze, to give a certificate. Goes with the test, and with its process.</summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string _binaries, _folder;
    private readonly int _port = PostgresServer.FreePort();
    private readonly string _more;

    private OwnPostgres(string binaries, string folder, string more) => (_binaries, _folder, _more) = (binaries, folder, more);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>How a process reaches its database "accounts".</summary>
    public DatabaseSettings Settings => new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=accounts"),
    };

    /// <summary>Starts one with a migrated database. <paramref name="prepare"/> may put files into the data folder first, <paramref name="more"/> are options of the server.</summary>
    public static async Task<OwnPostgres> Create(Func<string, Task>? prepare = null, string more = "")
    {
        var binaries = await PostgresBinaries.Find();
        await PostgresServer.RemoveOrphans(binaries);
        var folder = Directory.CreateTempSubdirectory(PostgresServer.Prefix).FullName;
        using (var mine = System.Diagnostics.Process.GetCurrentProcess()) await File.WriteAllTextAsync(Path.Combine(folder, "owner"), PostgresServer.OwnerMark(mine));
        if (Environment.IsPrivilegedProcess) await Shell.Run("chown", ["-R", "postgres:", folder]);
        var server = new OwnPostgres(binaries, folder, more);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
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
        await Migrations.Apply(server.Settings, NullLoggerFactory.Instance);
        return server;
    }

    /// <summary>Starts it, on the port that it always has.</summary>
    public Task Start() => PostgresServer.AsServer(_binaries, "pg_ctl", ["-D", Data, "-l", Path.Combine(_folder, "log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {_port} -h 127.0.0.1 -k {_folder} -c fsync=off -c max_connections=100 {_more}"), "-w", "-t", "60", "start"], _folder);

    /// <summary>Stops it; connections end at once.</summary>
    public Task Stop() => PostgresServer.AsServer(_binaries, "pg_ctl", ["-D", Data, "-m", "fast", "-w", "stop"], _folder);

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

    private async Task Signal(string signal)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        // The postmaster first when it freezes, so that it starts nobody meanwhile; a child that has just ended is no failure.
        await Shell.Run("sh", ["-c", $"kill -{signal} {postmaster}; for child in $(ps -o pid= --ppid {postmaster}); do kill -{signal} $child || true; done"]);
    }
}
