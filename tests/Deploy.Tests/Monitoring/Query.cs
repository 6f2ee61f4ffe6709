using System.Text.RegularExpressions;

namespace AiCloud.Monitoring;

/// <summary>The series that a query names, each with the labels it is asked by.</summary>
internal static partial class Query
{
    private static readonly string[] Words = ["by", "without", "on", "ignoring", "or", "and", "unless", "offset", "bool"];

    public static IEnumerable<(string Name, string[] Labels)> Series(string query)
    {
        var grouped = Grouping().Matches(query).SelectMany(found => found.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        return Selector().Matches(Range().Replace(Grouping().Replace(query, " "), " ")).Where(found => !Words.Contains(found.Groups["name"].Value))
            .Select(found => (found.Groups["name"].Value, (string[])[.. grouped, .. Label().Matches(found.Groups["labels"].Value).Select(label => label.Groups[1].Value)]));
    }

    [GeneratedRegex(@"\b(?:by|without|on|ignoring)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]|\boffset\s+\w+")]
    private static partial Regex Range();

    // A name that no parenthesis follows (that would be a function), and not a part of a number such as 1e3.
    [GeneratedRegex(@"(?<![\w.""])(?<name>[a-zA-Z_:][\w:]*)\b(?!\s*\()\s*(?:\{(?<labels>[^}]*)\})?")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!~|!=|=)\s*""")]
    private static partial Regex Label();
}
