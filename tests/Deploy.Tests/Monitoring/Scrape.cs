using System.Text.RegularExpressions;

namespace AiCloud.Monitoring;

/// <summary>What a process showed at /metrics: every series' name with the labels it carries.</summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, HashSet<string>> _series = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, HashSet<string>> Series => _series;

    /// <summary>Names as the format's TYPE lines have them, without the suffixes of histograms.</summary>
    public HashSet<string> Families { get; } = new(StringComparer.Ordinal);

    public async Task<Scrape> With(Uri address)
    {
        using var client = new HttpClient();
        foreach (var line in (await client.GetStringAsync(new Uri(address, "/metrics"))).Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) Families.Add(line.Split(' ')[2]);
            if (Sample().Match(line) is not { Success: true } sample) continue;
            var labels = _series.TryGetValue(sample.Groups["name"].Value, out var known) ? known : _series[sample.Groups["name"].Value] = new(StringComparer.Ordinal);
            labels.UnionWith(Label().Matches(sample.Groups["labels"].Value).Select(label => label.Groups[1].Value));
        }
        return this;
    }

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? ")]
    private static partial Regex Sample();

    [GeneratedRegex(@"(\w+)=""")]
    private static partial Regex Label();
}
