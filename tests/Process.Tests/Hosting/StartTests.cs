using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography;
using AiCloud.Protection;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Hosting;

/// <summary>Each way to start it wrongly: one line that names the setting, a failing exit code, nothing said that is secret and nothing destroyed.</summary>
public sealed class StartTests(PlainCluster cluster, StartsInTurn starts) : IDisposable
{
    private const string Secret = "hunter2-is-the-password";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-start-");

    private string Data => Path.Combine(_folder.FullName, "data");
    private string Keys => Path.Combine(_folder.FullName, "keys.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("http://0.0.0.0:0"), InlineData("http://*:5080"), InlineData("http://[::]:0"), InlineData("http://127.0.0.1:0;http://192.0.2.7:0"), InlineData("http://example.com:80")]
    public Task Embedded_refuses_addresses_that_others_reach(string urls) =>
        Refuses("AiCloud:Mode", ("ASPNETCORE_URLS", urls));

    [Fact]
    public Task Embedded_refuses_ports_on_every_address() => Refuses("AiCloud:Mode", ("ASPNETCORE_URLS", ""), ("ASPNETCORE_HTTP_PORTS", "8080"));

    [Fact]
    public Task Embedded_refuses_endpoints_on_every_address() =>
        Refuses("AiCloud:Mode", ("ASPNETCORE_URLS", ""), ("Kestrel__Endpoints__Web__Url", "http://*:8080"));

    [Fact]
    public Task Embedded_refuses_kubernetes() => Refuses("AiCloud:Mode", ("KUBERNETES_SERVICE_HOST", "10.0.0.1"));

    [Fact]
    public Task Development_delivery_refuses_addresses_that_others_reach() =>
        Refuses("AiCloud:Delivery:Mode", [.. Cluster(), ("ASPNETCORE_URLS", "http://0.0.0.0:0")]);

    [Fact]
    public Task Development_delivery_refuses_kubernetes() =>
        Refuses("AiCloud:Delivery:Mode", [.. Cluster(), ("KUBERNETES_SERVICE_HOST", "10.0.0.1")]);

    [Fact]
    public Task Development_delivery_of_a_silo_refuses_addresses_that_others_reach() =>
        Refuses("AiCloud:Delivery:Mode", "AiCloud.Silo", [.. Cluster(), ("AiCloud__Cluster__AdvertisedAddress", "192.0.2.7")]);

    [Theory]
    [InlineData("AiCloud:Delivery:Mode", "AiCloud__Delivery__Mode"), InlineData("AiCloud:Storage:ConnectionString", "AiCloud__Storage__ConnectionString"),
     InlineData("AiCloud:Keys:File", "AiCloud__Keys__File")]
    public async Task A_cluster_must_be_told(string setting, string without)
    {
        var settings = Cluster().Where(given => given.Name != without).ToArray();
        await Refuses(setting, "AiCloud.Gateway", settings);
        await Refuses(setting, "AiCloud.Silo", settings);
    }

    [Fact]
    public Task A_silo_of_its_own_is_never_embedded() => Refuses("AiCloud:Mode", "AiCloud.Silo");

    [Theory]
    [InlineData("AiCloud:Mode", Secret), InlineData("AiCloud:Delivery:Mode", Secret), InlineData("AiCloud:Registration:HoldDuration", Secret),
     InlineData("AiCloud:Limits:PerNetwork", Secret), InlineData("AiCloud:Cluster:SiloPort", Secret), InlineData("AiCloud:Storage:MaxPoolSize", Secret),
     InlineData("AiCloud:Identifiers:CoolDown", Secret)]
    public Task A_value_that_cannot_be_read_is_named_and_not_repeated(string setting, string value) => Refuses(setting, (Environmental(setting), value));

    [Theory]
    [InlineData("AiCloud:Registration:HoldDuration", "00:00:04"), InlineData("AiCloud:Registration:CodeLifetime", "01:00:00"),
     InlineData("AiCloud:Identifiers:CodeLength", "5"), InlineData("AiCloud:Cluster:SiloPort", "70000"), InlineData("AiCloud:Storage:CommandTimeout", "00:05:00"),
     InlineData("AiCloud:Operations:ShutdownTimeout", "00:00:04"), InlineData("AiCloud:Operations:DrainDelay", "00:02:00"), InlineData("AiCloud:Operations:Port", "-1"),
     InlineData("AiCloud:Limits:PerNetwork", "-1"), InlineData("AiCloud:Expiry:Period", "01:00:00"), InlineData("AiCloud:Cluster:AdvertisedAddress", "localhost"),
     InlineData("AiCloud:Gateway:TrustedProxies:0", "proxy"), InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"), InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "thrift")]
    public Task A_value_out_of_its_range_is_named(string setting, string value) => Refuses(setting, (Environmental(setting), value));

    [Fact]
    public async Task No_network_limit_is_refused_where_others_reach_it()
    {
        await using var database = await TemporaryDatabase.Create();
        NewKeys();
        // Development delivery is refused there first, whatever the limit: what is named is one of the two.
        await Refuses("AiCloud:", [.. Cluster(database.Settings.ConnectionString!), ("ASPNETCORE_URLS", "http://0.0.0.0:0"), ("AiCloud__Limits__PerNetwork", "0")]);
    }

    [Fact]
    [Trait("Takes", "long")]
    public async Task Another_key_ring_is_refused_and_destroys_nothing()
    {
        await Served();
        File.Move(Path.Combine(Data, "keys.json"), Keys);
        NewKeys(Path.Combine(Data, "keys.json"));
        // Opening a file after kill -9 moves its log into it; what it holds is the same.
        var settings = new DatabaseSettings { File = Path.Combine(Data, "accounts.db") };
        var before = await Dump.Of(settings);
        await Refuses("AiCloud:Keys:File");
        Assert.Equal(before, await Dump.Of(settings));
        File.Move(Keys, Path.Combine(Data, "keys.json"), overwrite: true);
        await Served();
    }

    [Fact]
    [Trait("Takes", "long")]
    public async Task A_missing_key_ring_beside_a_database_is_refused_and_none_is_made()
    {
        await Served();
        File.Move(Path.Combine(Data, "keys.json"), Keys);
        await Unchanged(() => Refuses("AiCloud:Keys:File"));
        Assert.False(File.Exists(Path.Combine(Data, "keys.json")));
        File.Move(Keys, Path.Combine(Data, "keys.json"));
        await Served();
    }

    [Fact]
    public async Task A_key_ring_that_cannot_be_read_is_refused()
    {
        await File.WriteAllTextAsync(Keys, $"{{ \"{Secret}\": ");
        await Refuses("AiCloud:Keys:File", ("AiCloud__Keys__File", Keys));
    }

    [Fact]
    public async Task A_cluster_with_another_key_ring_is_refused()
    {
        var deployment = await cluster.Deployment;
        NewKeys();
        foreach (var program in new[] { "AiCloud.Gateway", "AiCloud.Silo" })
            await Refuses("AiCloud:Keys:File", program, [.. deployment.Settings.Select(setting => (setting.Key, setting.Value)), ("AiCloud__Keys__File", Keys)]);
        // The cluster goes on with its own.
        await new Attempt(new Api(deployment), Attempt.NewEmail()).Register();
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_and_its_owner_goes_on()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.Sqlite);
        await Refuses("AiCloud:DataDirectory", ("AiCloud__DataDirectory", deployment.DataDirectory));
        await new Attempt(new Api(deployment), Attempt.NewEmail()).Register();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "file"), "");
        await Refuses("AiCloud:DataDirectory", ("AiCloud__DataDirectory", Path.Combine(_folder.FullName, "file", "data")));
    }

    [Fact]
    public async Task What_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        NewKeys(Path.Combine(Data, "keys.json"));
        await File.WriteAllTextAsync(Path.Combine(Data, "accounts.db"), string.Concat(Enumerable.Repeat("no database at all ", 500)));
        await Unchanged(() => Refuses("AiCloud:DataDirectory"));
    }

    [Fact]
    public async Task A_schema_that_is_not_migrated_is_refused()
    {
        await using var database = await TemporaryDatabase.Create(migrated: false);
        NewKeys();
        foreach (var program in new[] { "AiCloud.Gateway", "AiCloud.Silo" })
            await Refuses("migrate", program, [.. Cluster(database.Settings.ConnectionString!), ("AiCloud__Operations__MigrationPatience", "00:00:01")]);
    }

    [Fact]
    public async Task A_silo_s_port_for_probes_in_use_is_refused()
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        await Refuses("AiCloud:Operations:Port", "AiCloud.Silo", [.. Cluster(), ("AiCloud__Operations__Port", $"{((IPEndPoint)other.LocalEndpoint).Port}")]);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_in_time_is_refused()
    {
        NewKeys();
        using var silent = new TcpListener(IPAddress.Loopback, 0); // takes connections and says nothing
        silent.Start();
        foreach (var port in new[] { ((IPEndPoint)silent.LocalEndpoint).Port, FreePorts.Take() })
        {
            (string Name, string Value)[] settings = [.. Cluster($"Host=127.0.0.1;Port={port};Username=accounts;Password={Secret};Database=accounts"), ("AiCloud__Operations__MigrationPatience", "00:00:01")];
            await Refuses("AiCloud:Storage:ConnectionString", "AiCloud.Silo", settings);
            await Refuses("AiCloud:Storage:ConnectionString", "AiCloud.Gateway", settings);
        }
    }

    [Fact]
    public async Task A_database_that_the_server_does_not_have_is_not_waited_for()
    {
        NewKeys();
        await using var database = await TemporaryDatabase.Create(migrated: false);
        await Refuses("3D000", "AiCloud.Gateway", Cluster(database.Settings.ConnectionString + "_of_nobody"));
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_refused()
    {
        NewKeys();
        await Refuses("AiCloud:Storage:ConnectionString", Cluster($"Hosst=127.0.0.1;Password={Secret}"));
    }

    [Fact]
    public async Task An_address_in_use_is_refused()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await Refuses("ASPNETCORE_URLS", ("ASPNETCORE_URLS", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"));
    }

    private static string Environmental(string setting) => setting.Replace(":", "__", StringComparison.Ordinal);

    private (string Name, string Value)[] Cluster(string connection = $"Host=127.0.0.1;Port=1;Password={Secret}") =>
    [
        ("AiCloud__Mode", "Cluster"), ("AiCloud__Delivery__Mode", "Development"), ("AiCloud__Storage__ConnectionString", connection), ("AiCloud__Keys__File", Keys),
    ];

    private void NewKeys(string? path = null) => KeyRing.Generate(new CryptographicRandomness()).SaveNew(path ?? Keys);

    private Dictionary<string, string> Settings((string Name, string Value)[] given)
    {
        var settings = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["AiCloud__DataDirectory"] = Data, ["AiCloud__Operations__Port"] = "0" };
        foreach (var (name, value) in given) settings[name] = value;
        return settings;
    }

    private Task Refuses(string named, params (string Name, string Value)[] settings) => Refuses(named, "AiCloud.Gateway", settings);

    private async Task Refuses(string named, string program, params (string Name, string Value)[] settings)
    {
        var ended = await starts.Try(program, Settings(settings));
        Assert.True(ended.Exit is > 0 and < 128, $"exit {ended}");
        Assert.True(ended.Error.Length == 1, $"not one line: {ended}");
        Assert.Contains(named, ended.Error[0], StringComparison.Ordinal);
        foreach (var line in ended.Error.Concat(ended.Output))
        {
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
            Assert.DoesNotContain("validation failed", line, StringComparison.Ordinal); // the framework's own words
        }
        Assert.DoesNotContain(ended.Output, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Theory, InlineData("AiCloud.Gateway"), InlineData("AiCloud.Silo")]
    public async Task A_process_that_is_refused_says_so_and_is_gone(string program)
    {
        await using var child = Child.Start(program, [], Settings([.. Cluster(), ("AiCloud__Delivery__Mode", Secret)]));
        var exit = await child.Exit();
        Assert.True(exit is > 0 and < 128, $"exit {exit} {child}");
        Assert.Contains("AiCloud:Delivery:Mode", Assert.Single(child.Error), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, child.ToString(), StringComparison.Ordinal);
    }

    // Starts, serves and ends well: what is there can be opened with the keys that are there.
    private async Task Served()
    {
        await using var child = Child.Start("AiCloud.Gateway", [], Settings([]));
        var line = await child.Line("AI Cloud Accounts serves ");
        var api = new Api(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
        await Api.Until(() => api.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready");
        child.Kill();
        await child.Exit();
    }

    private async Task Unchanged(Func<Task> act)
    {
        var before = Digest();
        await act();
        Assert.Equal(before, Digest());
    }

    private string Digest() => string.Join('\n', Directory.GetFiles(Data).Where(file => Path.GetFileName(file).StartsWith("accounts.db", StringComparison.Ordinal)).Order()
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
