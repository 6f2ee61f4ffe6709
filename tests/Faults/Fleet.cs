using System.Globalization;
using AiCloud.Hosting;
using AiCloud.Protection;
using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>A place for one process: its ports stay the same whoever runs there.</summary>
internal sealed class Place(string role, int number, IReadOnlyList<int> ports, int? user)
{
    public string Name => $"{role} {number}";
    public int Number => number;
    public IReadOnlyList<int> Ports => ports;
    public int? User => user;
    public Child? Child { get; set; }
    public bool Lives => Child is { Lives: true };
}

/// <summary>Silos and gateways as processes on PostgreSQL, each to be started, ended, killed and replaced on its own. What starts them again is the case.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    // Users that own the sockets of a silo or gateway, so that a packet filter can tell them apart.
    private const int FirstSiloUser = 20001, FirstGatewayUser = 20101;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-faults-");
    private readonly Dictionary<string, string> _settings;
    private readonly List<(string Name, Child Child)> _all = [];
    private readonly Release _release;

    public Fleet(Release release, string connectionString, int silos, int gateways, bool users = false, params (string Name, string Value)[] settings)
    {
        _release = release;
        var keys = Path.Combine(_folder.FullName, "keys.json");
        KeyRing.Generate(new CryptographicRandomness()).SaveNew(keys);
        _settings = new()
        {
            ["AiCloud__Mode"] = "Cluster",
            ["AiCloud__Storage__ConnectionString"] = connectionString,
            ["AiCloud__Keys__File"] = keys,
            ["AiCloud__Delivery__Mode"] = "Development",
            ["AiCloud__Logs__Format"] = "Text",
            ["AiCloud__Limits__PerNetwork"] = "0",
            ["AiCloud__Operations__DrainDelay"] = "00:00:02", // the doors of this load look every quarter of a second
            // A code that a killed silo's outbox lost is asked for again soon.
            ["AiCloud__Registration__ResendAfter"] = "00:00:10",
            ["AiCloud__Identifiers__CoolDown"] = "00:00:10",
            ["AiCloud__Identifiers__SendsPerHour"] = "30",
            ["AiCloud__Identifiers__SendsPerDay"] = "100",
        };
        foreach (var (name, value) in settings) _settings[name] = value;
        Silos = [.. Enumerable.Range(0, silos).Select(number => new Place("silo", number + 1, [FreePorts.Take(), FreePorts.Take(), FreePorts.Take()], users ? FirstSiloUser + number : null))];
        Gateways = [.. Enumerable.Range(0, gateways).Select(number => new Place("gateway", number + 1, [FreePorts.Take()], users ? FirstGatewayUser + number : null))];
    }

    public IReadOnlyList<Place> Silos { get; }
    public IReadOnlyList<Place> Gateways { get; }

    public static Uri Address(Place gateway) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{gateway.Ports[0]}"));

    /// <summary>Health and metrics of a silo.</summary>
    public static Api Operations(Place silo) => new(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{silo.Ports[2]}")));

    /// <summary>Brings the database to a release's schema.</summary>
    public async Task Migrate(Release release)
    {
        await using var migrate = Child.Start(release.Silo, [.. release.SiloWords, "migrate"], _settings);
        if (await migrate.Exit() != 0) throw new InvalidOperationException(migrate.ToString());
    }

    /// <summary>Starts so many silos and all gateways, and waits until they can serve.</summary>
    public async Task Start(int? silos = null)
    {
        // The first makes documents and keys, the others find them.
        await StartSilo(Silos[0]);
        await Task.WhenAll(Silos.Skip(1).Take((silos ?? Silos.Count) - 1).Select(silo => StartSilo(silo)).Concat(Gateways.Select(gateway => StartGateway(gateway))));
    }

    public Task StartAll() => Task.WhenAll(Silos.Where(silo => !silo.Lives).Select(silo => StartSilo(silo)).Concat(Gateways.Where(gateway => !gateway.Lives).Select(gateway => StartGateway(gateway))));

    /// <summary>Starts a silo, and waits until it says that it is ready; nobody is sent there before.</summary>
    public async Task StartSilo(Place silo, Release? release = null, params (string Name, string Value)[] settings)
    {
        Launch(silo, release ?? _release, settings);
        await silo.Child!.Line(line => line.Contains("Silo of ", StringComparison.Ordinal));
        await Ready(Operations(silo), silo);
    }

    /// <summary>Starts a silo and waits for nothing.</summary>
    public void Launch(Place silo, Release release, params (string Name, string Value)[] settings)
    {
        var own = Own(silo.User);
        own["AiCloud__Cluster__SiloPort"] = silo.Ports[0].ToString(CultureInfo.InvariantCulture);
        own["AiCloud__Cluster__GatewayPort"] = silo.Ports[1].ToString(CultureInfo.InvariantCulture);
        own["AiCloud__Operations__Port"] = silo.Ports[2].ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings) own[name] = value;
        _all.Add((silo.Name, silo.Child = release.StartSilo(own, silo.User)));
    }

    public async Task StartGateway(Place gateway, Release? release = null)
    {
        var own = Own(gateway.User);
        own["ASPNETCORE_URLS"] = Address(gateway).OriginalString;
        _all.Add((gateway.Name, gateway.Child = (release ?? _release).StartGateway(own, gateway.User)));
        await gateway.Child.Line(line => line.Contains("AI Cloud Accounts serves ", StringComparison.Ordinal));
        await Ready(new Api(Address(gateway)), gateway);
    }

    /// <summary>SIGTERM, and its end: exit code 0, or what went wrong.</summary>
    public static async Task End(Place place)
    {
        await place.Child!.Terminate();
        var code = await place.Child.Exit();
        if (code != 0) throw new InvalidOperationException($"{place.Name} ended with {code}. {place.Child}");
    }

    /// <summary>kill -9, and its end.</summary>
    public static async Task Kill(params IEnumerable<Place> places)
    {
        var killed = places.Where(place => place.Lives).ToArray();
        foreach (var place in killed) place.Child!.Kill();
        foreach (var place in killed) await place.Child!.Exit();
    }

    /// <summary>Runs a command of the silo's program against the database.</summary>
    public async Task<(int Exit, string Said)> Command(params string[] words)
    {
        await using var command = Child.Start("AiCloud.Silo", words, _settings);
        var code = await command.Exit();
        return (code, string.Join('\n', command.Output.Concat(command.Error)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, child) in _all) await child.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>What every process wrote, those that have gone too, for whoever looks for a reason.</summary>
    public string Logs() => string.Join('\n', _all.Select(one => $"--- {one.Name}\n{one.Child}"));

    // A ring that others may read is refused: whoever runs as a user of its own has a copy of its own.
    private Dictionary<string, string> Own(int? user)
    {
        var own = new Dictionary<string, string>(_settings);
        if (user is not { } id) return own;
        var copy = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"keys-{id}.json"));
        if (!File.Exists(copy))
        {
            File.Copy(_settings["AiCloud__Keys__File"], copy);
            // The folder may be passed through, and the copy is its user's alone.
            using var lend = System.Diagnostics.Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"chmod a+x '{_folder.FullName}' && chown {id} '{copy}'")]);
            lend.WaitForExit();
        }
        own["AiCloud__Keys__File"] = copy;
        own["HOME"] = Path.GetTempPath();
        return own;
    }

    private static async Task Ready(Api api, Place place) =>
        await Api.Until(() => api.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200 || !place.Lives, $"{place.Name} is ready", seconds: 60);
}
