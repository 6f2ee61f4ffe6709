using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using AiCloud.Hosting;
using AiCloud.Protection;

namespace AiCloud.Staff;

/// <summary>The first members of staff as settings name them, or where this machine makes two of its own.</summary>
internal sealed record StaffSeeds
{
    private const int ShortestInCluster = 16, LongestToken = 512;
    private const string Setting = StaffOptions.Section + ":Bootstrap";
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What settings name; none, one or two.</summary>
    public IReadOnlyList<StaffSeed> Given { get; init; } = [];

    /// <summary>File of the tokens that are made where settings name nobody; null in a cluster.</summary>
    public string? MadeIn { get; init; }

    /// <summary>Reads and checks the settings; refuses with one line that names the setting and never its value.</summary>
    public static StaffSeeds Read(StaffOptions options, HostMode mode, DataFolder? folder)
    {
        var given = options.Bootstrap;
        if (given.Count > StaffRegister.ManagersAtLeast) throw new StartRefusedException($"{Setting}: two members begin; the others are proposed by one and approved by another.");
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i].Name.Trim().Length is 0 or > 100) throw new StartRefusedException($"{Setting}:{i}:Name: a name of 1 to 100 characters is needed.");
            if (!IsBearer(given[i].Token)) throw new StartRefusedException($"{Setting}:{i}:Token: only letters, digits and - . _ ~ + / can be sent as a token, at most {LongestToken} of them.");
            if (mode == HostMode.Cluster && given[i].Token.Length < ShortestInCluster)
                throw new StartRefusedException($"{Setting}:{i}:Token: outside the embedded mode a token has at least {ShortestInCluster} characters.");
        }
        if (given.Count == 2 && given[0].Token == given[1].Token) throw new StartRefusedException($"{Setting}:1:Token: the two members need two tokens.");
        return new StaffSeeds { Given = [.. given], MadeIn = given.Count == 0 && folder is not null ? Path.Combine(folder.Path, "staff-tokens.json") : null };
    }

    /// <summary>
    /// The members made on this machine. Their file is written before they exist, whole or not at all, so that a crash leaves nobody whose token is
    /// not in it.
    /// </summary>
    public static StaffSeed[] Made(string file, IRandomness random)
    {
        if (!File.Exists(file)) Write(file, [Seed("Staff A", random), Seed("Staff B", random)]);
        return JsonSerializer.Deserialize<StaffSeed[]>(File.ReadAllText(file), Json) ?? [];
    }

    private static void Write(string file, StaffSeed[] seeds)
    {
        var begun = file + ".new";
        File.Delete(begun);
        var mine = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) mine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(begun, mine))
        {
            JsonSerializer.Serialize(stream, seeds, Json);
            stream.Flush(flushToDisk: true);
        }
        File.Move(begun, file);
    }

    private static StaffSeed Seed(string name, IRandomness random)
    {
        Span<byte> token = stackalloc byte[Tokens.SecretBytes];
        random.Fill(token);
        return new StaffSeed { Name = name, Token = Base64Url.EncodeToString(token) };
    }

    // As RFC 6750 §2.1 has it; the gateway would answer 401 to anything else.
    private static bool IsBearer(string token) =>
        token.Length is > 0 and <= LongestToken && token.TrimEnd('=') is { Length: > 0 } core && !core.AsSpan().ContainsAnyExcept(Allowed);
}
