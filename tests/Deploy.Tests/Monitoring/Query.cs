using System.Text.RegularExpressions;

namespace AiCloud.Monitoring;

/// <summary>The series that a query names, each with the labels it is asked by.</summary>
internal static partial class Query
{
    private static readonly string[] Words = ["by", "without", "on", "ignoring", "or", "and", "unless", "offset", "bool"];

    public static IEnumerable<(string Name, string[] Labels)> Series(string query)
    {
        var groupings = Grouping().Matches(query).Select(found => (Over: Over(query, found), Labels: found.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))).ToArray();
        // What is left out leaves its room, so that places stay what they were.
        string Blank(Match found) => new(' ', found.Length);
        return Selector().Matches(Range().Replace(Grouping().Replace(query, Blank), Blank)).Where(found => !Words.Contains(found.Groups["name"].Value)).Select(found => (found.Groups["name"].Value, (string[])
        [
            .. groupings.Where(grouping => found.Index >= grouping.Over.From && found.Index < grouping.Over.To).SelectMany(grouping => grouping.Labels),
            .. Label().Matches(found.Groups["labels"].Value).Select(label => label.Groups[1].Value),
        ]));
    }

    // An aggregation asks what stands in the parentheses behind it; labels that two sides are matched by, both of them.
    private static (int From, int To) Over(string query, Match grouping)
    {
        var from = grouping.Index + grouping.Length;
        while (from < query.Length && char.IsWhiteSpace(query[from])) from++;
        if (grouping.Value.StartsWith('o') || grouping.Value.StartsWith('i') || from == query.Length || query[from] != '(') return (0, query.Length);
        var to = from;
        for (var depth = 0; to < query.Length; to++)
        {
            if (query[to] == '(') depth++;
            if (query[to] == ')' && --depth == 0) break;
        }
        return (from, to);
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
