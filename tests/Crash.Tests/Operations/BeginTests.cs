using System.Globalization;
using AiCloud.Hosting;
using AiCloud.Protection;
using AiCloud.Running;
using AiCloud.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Runtime;

namespace AiCloud.Operations;

/// <summary>Processes that start before all is there that they need, and what they tell a probe.</summary>
public sealed class BeginTests : IDisposable
{
    private const string Port = "AiCloud__Operations__Port";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-begin-");

    public void Dispose() => _folder.Delete(recursive: true);

    private Dictionary<string, string> Settings(DatabaseSettings database, int port)
    {
        var keys = Path.Combine(_folder.FullName, "keys.json");
        KeyRing.Generate(new CryptographicRandomness()).SaveNew(keys);
        return new()
        {
            ["AiCloud__Mode"] = "Cluster", ["AiCloud__Delivery__Mode"] = "Development", ["AiCloud__Keys__File"] = keys, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["AiCloud__Storage__ConnectionString"] = database.ConnectionString!, ["AiCloud__Cluster__SiloPort"] = "0", ["AiCloud__Cluster__GatewayPort"] = "0",
            [Port] = port.ToString(CultureInfo.InvariantCulture),
        };
    }

    [Fact]
    public async Task A_silo_waits_for_the_migration_says_so_and_then_joins()
    {
        await using var database = await TemporaryDatabase.Create(migrated: false);
        var port = FreePorts.Take();
        var settings = Settings(database.Settings, port);
        await using var silo = Child.Start("AiCloud.Silo", [], settings);
        await silo.Line(line => line.Contains("waiting up to", StringComparison.Ordinal) && line.Contains("migrate", StringComparison.Ordinal));
        var api = new Api(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        Assert.Equal(200, (await api.Send(HttpMethod.Get, "/health/live")).Status);
        foreach (var path in new[] { "/health/startup", "/health/ready" })
        {
            var reply = await api.Send(HttpMethod.Get, path);
            Assert.Equal((503, "unavailable", "starting"), (reply.Status, reply.Code, reply.Body!["failing"]![0]!.GetValue<string>()));
        }

        await using var migration = Child.Start("AiCloud.Silo", ["migrate"], settings);
        Assert.Equal(0, await migration.Exit());
        await Api.Until(() => api.Send(HttpMethod.Get, "/health/startup"), reply => reply.Status == 200, "started");
        await Api.Until(() => api.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready");

        var facts = await api.Send(HttpMethod.Get, "/health");
        Assert.Equal(("silo", "0.1.0", "10.4.2"), (facts.Text("process"), facts.Text("version"), facts.Text("orleans")));
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(api.Address, "/metrics"));
        Assert.Contains("aicloud_build_info{", metrics, StringComparison.Ordinal);
        Assert.Contains("version=\"0.1.0\"", metrics, StringComparison.Ordinal);
        Assert.Contains("aicloud_clock_offset_seconds", metrics, StringComparison.Ordinal);
        // Pools go by what they are for; how the database is reached is no label.
        foreach (var pool in new[] { "state", "membership" })
            Assert.Contains($"db_client_connection_count{{otel_scope_name=\"AiCloud.Storage\",db_client_connection_pool_name=\"{pool}\",db_client_connection_state=\"used\"}}", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("Username=", metrics, StringComparison.Ordinal);
        Assert.Equal(404, (await api.Send(HttpMethod.Get, "/v1/documents")).Status);
        Assert.Equal(405, (await api.Send(HttpMethod.Post, "/health/ready")).Status);

        await silo.Terminate();
        Assert.Equal(0, await silo.Exit());
        Assert.Empty(silo.Error);
    }

    [Fact]
    public async Task Whoever_is_asked_to_end_before_it_has_started_ends_well_whatever_it_waits_for()
    {
        await using var database = await TemporaryDatabase.Create(migrated: false);
        var settings = Settings(database.Settings, FreePorts.Take());

        // For the migration, as the first process of a container, which is deaf to a signal that nobody handles.
        await using (var silo = Child.Start("AiCloud.Silo", [], settings, first: true))
        await using (var gateway = Child.Start("AiCloud.Gateway", [], settings.Where(setting => setting.Key != Port), first: true))
        {
            foreach (var child in new[] { silo, gateway }) await child.Line(line => line.Contains("migrate", StringComparison.Ordinal));
            await EndWell(silo, gateway);
        }

        // For a silo of the cluster that does not answer and is not given up yet; and for any silo at all.
        await Migrations.Apply(database.Settings, NullLoggerFactory.Instance);
        await using var server = NpgsqlDataSource.Create(database.Settings.ConnectionString!);
        await using (var gone = server.CreateCommand($"""
            INSERT INTO membershipversion (deploymentid) VALUES ('aicloud');
            INSERT INTO membership VALUES ('aicloud', '127.0.0.1', {FreePorts.Take()}, 1, 'gone', 'gone', {(int)SiloStatus.Active}, {FreePorts.Take()}, NULL, now(), now() + interval '1 hour')
            """)) await gone.ExecuteNonQueryAsync();
        await using var joining = Child.Start("AiCloud.Silo", [], settings.Where(setting => setting.Key != Port).Append(new(Port, "0")));
        await using var alone = Child.Start("AiCloud.Gateway", [], settings);
        var probed = new Api(new Uri($"http://127.0.0.1:{settings[Port]}"));
        // It has started as far as it can, and says what is missing: restarting it would bring no silo.
        var unready = await Api.Until(() => probed.Send(HttpMethod.Get, "/health/ready"), reply => reply.Body?["failing"]?.AsArray().Count > 1, "says what fails");
        Assert.Contains("cluster", unready.Body!["failing"]!.AsArray().Select(failing => failing!.GetValue<string>()));
        foreach (var path in new[] { "/health/live", "/health/startup" }) Assert.Equal(200, (await probed.Send(HttpMethod.Get, path)).Status);
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60)))
        {
            while (await Status() != SiloStatus.Joining)
            {
                Assert.True(joining.Lives, joining.ToString());
                await Task.Delay(50, patience.Token);
            }
        }
        await EndWell(joining, alone);
        Assert.Equal(SiloStatus.Dead, await Status());

        async Task<SiloStatus?> Status()
        {
            await using var asked = server.CreateCommand("SELECT status FROM membership WHERE siloname <> 'gone'");
            return (SiloStatus?)(int?)await asked.ExecuteScalarAsync();
        }

        static async Task EndWell(params Child[] children)
        {
            foreach (var child in children) await child.Terminate();
            foreach (var child in children)
            {
                Assert.True(await child.Exit() == 0, child.ToString());
                Assert.Empty(child.Error);
            }
        }
    }
}
