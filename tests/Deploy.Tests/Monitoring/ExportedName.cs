using System.Diagnostics.Metrics;

namespace AiCloud.Monitoring;

/// <summary>The names under which an instrument is scraped, by the exporter's rules: unit and kind become suffixes.</summary>
internal static class ExportedName
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal) { ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["MB"] = "megabytes" };

    public static string[] Of(Instrument instrument)
    {
        var name = new string([.. instrument.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]);
        // What stands in braces is a note for readers, not a unit.
        if (instrument.Unit is { Length: > 0 } unit && unit[0] != '{' && Units.GetValueOrDefault(unit, unit) is var suffix && !name.EndsWith($"_{suffix}", StringComparison.Ordinal)) name = $"{name}_{suffix}";
        var kind = instrument.GetType().Name;
        if (kind.StartsWith("Histogram", StringComparison.Ordinal)) return [name, $"{name}_bucket", $"{name}_sum", $"{name}_count"];
        return [kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? $"{name}_total" : name];
    }
}
