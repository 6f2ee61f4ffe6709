using System.Diagnostics;
using System.Globalization;

namespace AiCloud.Faults;

/// <summary>A packet filter that drops what one process sends, or is sent, by the user its sockets belong to. Nobody is told: packets vanish. Needs root and <c>nft</c>.</summary>
internal static class Filter
{
    private const string Table = "aicloud_faults";

    /// <summary>Cuts a process off from everybody but the database (and whoever asks for its health).</summary>
    public static Task CutFromPeers(Place place, int databasePort) => Load(
        $"meta skuid {place.User} tcp dport {databasePort} accept",
        $"meta skuid {place.User} tcp sport {place.Ports[2]} accept",
        $"meta skuid {place.User} drop",
        $"tcp dport {{ {place.Ports[0]}, {place.Ports[1]} }} drop");

    /// <summary>Cuts a process off from the database only.</summary>
    public static Task CutFromDatabase(Place place, int databasePort) => Load($"meta skuid {place.User} tcp dport {databasePort} drop");

    public static Task Heal() => Run("delete", "table", "inet", Table);

    private static Task Load(params string[] rules) => Run(string.Create(CultureInfo.InvariantCulture,
        $"table inet {Table} {{ chain out {{ type filter hook output priority 0; policy accept; {string.Join("; ", rules)}; }}\n}}"));

    private static async Task Run(params string[] words)
    {
        using var nft = Process.Start("nft", words);
        await nft.WaitForExitAsync();
        if (nft.ExitCode != 0) throw new InvalidOperationException($"nft ended with {nft.ExitCode}.");
    }
}
