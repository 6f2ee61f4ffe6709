using System.Globalization;
using AiCloud.Hosting;
using AiCloud.Protection;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Operations;

/// <summary>Processes that start before all is there that they need, and what they tell a probe.</summary>
public sealed class BeginTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-begin-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_silo_waits_for_the_migration_says_so_and_then_joins()
    {
        await using var database = await TemporaryDatabase.Create(migrated: false);
        var keys = Path.Combine(_folder.FullName, "keys.json");
        KeyRing.Generate(new CryptographicRandomness()).SaveNew(keys);
        var port = FreePorts.Take();
        var settings = new Dictionary<string, string>
        {
            ["AiCloud__Mode"] = "Cluster", ["AiCloud__Delivery__Mode"] = "Development", ["AiCloud__Keys__File"] = keys,
            ["AiCloud__Storage__ConnectionString"] = database.Settings.ConnectionString!, ["AiCloud__Cluster__SiloPort"] = "0", ["AiCloud__Cluster__GatewayPort"] = "0",
            ["AiCloud__Operations__Port"] = port.ToString(CultureInfo.InvariantCulture),
        };
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
}
