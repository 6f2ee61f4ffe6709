using System.Globalization;
using AiCloud.Hosting;
using AiCloud.Protection;
using AiCloud.Storage;

namespace AiCloud.Running;

/// <summary>The product as processes: embedded on SQLite, or silos and a gateway on PostgreSQL. Goes with everything it kept.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-process-");
    private readonly Dictionary<string, string> _settings;
    private TemporaryDatabase? _database;
    private readonly List<int[]> _ports = [];

    private Deployment(DatabaseSettings? database, IEnumerable<KeyValuePair<string, string>> more)
    {
        PostgreSql = database;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take()}"));
        _settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Address.OriginalString,
            ["AiCloud__Limits__PerNetwork"] = "0",
            ["AiCloud__Logs__Format"] = "Text",
            // Nobody stands in front who would have to notice first.
            ["AiCloud__Operations__DrainDelay"] = "00:00:00",
            // As short as they may be: what is tested is that everything is free again by then.
            ["AiCloud__Registration__HoldDuration"] = "00:00:05",
            ["AiCloud__Registration__PreparedFor"] = "00:00:02",
            ["AiCloud__Registration__ResendAfter"] = "00:00:10",
            ["AiCloud__Identifiers__CoolDown"] = "00:00:10",
            ["AiCloud__Identifiers__SendsPerHour"] = "30",
            ["AiCloud__Identifiers__SendsPerDay"] = "100",
        };
        if (database is null)
        {
            _settings["AiCloud__DataDirectory"] = DataDirectory;
        }
        else
        {
            _settings["AiCloud__Mode"] = "Cluster";
            _settings["AiCloud__Storage__ConnectionString"] = database.ConnectionString!;
            _settings["AiCloud__Keys__File"] = KeyFile;
            _settings["AiCloud__Delivery__Mode"] = "Development";
            KeyRing.Generate(new CryptographicRandomness()).SaveNew(KeyFile);
        }
        foreach (var (name, value) in more) _settings[name] = value;
    }

    public Uri Address { get; }
    public string DataDirectory => Path.Combine(_folder.FullName, "data");
    public string KeyFile => Path.Combine(_folder.FullName, "keys.json");
    public string RecordFile(string who) => Path.Combine(_folder.FullName, $"record-{who}");
    public DatabaseSettings? PostgreSql { get; }
    public DatabaseSettings Database => PostgreSql ?? new DatabaseSettings { Provider = DatabaseProvider.Sqlite, File = Path.Combine(DataDirectory, "accounts.db") };
    public IReadOnlyDictionary<string, string> Settings => _settings;
    public List<Child> Silos { get; } = [];
    public Child? Gateway { get; private set; }

    /// <summary>Every process that ever ran.</summary>
    public List<Child> All { get; } = [];

    /// <summary>The processes in which completions run.</summary>
    public IReadOnlyList<Child> Workers => PostgreSql is null ? [Gateway!] : Silos;

    public static async Task<Deployment> Start(DatabaseProvider provider, int silos = 1, params (string Name, string Value)[] settings)
    {
        var database = provider == DatabaseProvider.PostgreSql ? await TemporaryDatabase.Create() : null;
        return await Start(database?.Settings, database, silos, settings);
    }

    /// <summary>On a database that is somebody else's to remove.</summary>
    public static Task<Deployment> Start(DatabaseSettings database, int silos = 1, params (string Name, string Value)[] settings) => Start(database, null, silos, settings);

    private static async Task<Deployment> Start(DatabaseSettings? database, TemporaryDatabase? own, int silos, (string Name, string Value)[] settings)
    {
        var deployment = new Deployment(database, settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))) { _database = own };
        for (var i = 0; database is not null && i < silos; i++) deployment._ports.Add([FreePorts.Take(), FreePorts.Take(), FreePorts.Take()]);
        await deployment.Start();
        return deployment;
    }

    public int SiloPort(int silo) => _ports[silo][0];

    public int GatewayPort(int silo) => _ports[silo][1];

    /// <summary>Health and metrics of a silo.</summary>
    public Api Operations(int silo) => new(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[silo][2]}")));

    /// <summary>Health and metrics of the gateway, on a port of their own when the test gives one.</summary>
    public Api Probes => _settings.TryGetValue("AiCloud__Operations__Port", out var port) ? new(new Uri($"http://127.0.0.1:{port}")) : new(this);

    /// <summary>Starts what is not running and waits until the gateway says that it can serve.</summary>
    public async Task Start()
    {
        for (var i = 0; i < _ports.Count; i++)
        {
            if (i < Silos.Count && Silos[i].Lives) continue;
            // One after the other: the first makes the cluster.
            await StartSilo(i);
        }
        if (Gateway is not { Lives: true }) Gateway = Launch("gateway", []);
        await Gateway.Line(line => line.Contains("AI Cloud Accounts serves ", StringComparison.Ordinal));
        await Api.Until(() => Probes.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready");
        for (var i = 0; i < _ports.Count; i++)
        {
            // A silo joins before it has read the switches.
            var silo = Operations(i);
            await Api.Until(() => silo.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, $"silo {i} is ready");
        }
    }

    /// <summary>kill -9 of every process at once.</summary>
    public async Task Kill()
    {
        foreach (var child in Silos.Append(Gateway!)) child.Kill();
        foreach (var child in Silos.Append(Gateway!)) await child.Exit();
    }

    /// <summary>Runs the check of the invariants against what the processes left.</summary>
    public async Task<(int Exit, string Said)> Check()
    {
        await using var check = Child.Start("AiCloud.Silo", ["check"], _settings);
        return (await check.Exit(), check.ToString());
    }

    /// <summary>Asks the ledger's command about what the processes left.</summary>
    public async Task<(int Exit, string Said)> Ledger(params string[] words)
    {
        await using var ledger = Child.Start("AiCloud.Silo", ["ledger", .. words], _settings);
        return (await ledger.Exit(), ledger.ToString());
    }

    /// <summary>Kills what runs and asserts that the invariants hold, with so many accounts.</summary>
    public async Task AssertSound(int accounts)
    {
        await Kill();
        var (exit, said) = await Check();
        Assert.True(exit == 0 && said.Contains($"({accounts} owned)", StringComparison.Ordinal) && said.Contains($"({accounts} open)", StringComparison.Ordinal), said);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in All) await child.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // The same ports again, so that a restarted silo takes its own place.
    private async Task StartSilo(int index)
    {
        var silo = Launch("silo", new()
        {
            ["AiCloud__Cluster__SiloPort"] = _ports[index][0].ToString(CultureInfo.InvariantCulture),
            ["AiCloud__Cluster__GatewayPort"] = _ports[index][1].ToString(CultureInfo.InvariantCulture),
            ["AiCloud__Operations__Port"] = _ports[index][2].ToString(CultureInfo.InvariantCulture),
        });
        if (index < Silos.Count) Silos[index] = silo;
        else Silos.Add(silo);
        await silo.Line(line => line.Contains("Silo of ", StringComparison.Ordinal));
    }

    private Child Launch(string role, Dictionary<string, string> more)
    {
        if (_settings.ContainsKey("PROCESSHOST_RECORD")) more["PROCESSHOST_RECORD"] = RecordFile($"{role}-{All.Count}");
        var child = Child.Start("AiCloud.ProcessHost", [role], _settings.Where(setting => !more.ContainsKey(setting.Key)).Concat(more));
        All.Add(child);
        return child;
    }
}
