namespace AiCloud.Documents.Comparison;

/// <summary>A stretch that two sequences have in common.</summary>
/// <param name="Before">Where it begins in the first.</param>
/// <param name="After">Where it begins in the second.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct Match(int Before, int After, int Length);

/// <summary>
/// What two sequences have in common, by the shortest edit (E. W. Myers, "An O(ND) difference algorithm", 1986), within a budget of steps:
/// where it runs out, what begins and ends alike is all that is found.
/// </summary>
internal static class Alignment
{
    public static IReadOnlyList<Match> Of(int[] before, int[] after, ComparisonWork work)
    {
        if (!work.Spend((long)before.Length + after.Length)) return [];
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head]) head++;
        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)]) tail++;

        var matches = new List<Match>();
        Add(matches, new(0, 0, head));
        // What the other side does not have can never match; without it totally different texts cost nothing.
        var left = Shared(before, head, before.Length - tail, after.AsSpan(head, after.Length - tail - head));
        var right = Shared(after, head, after.Length - tail, before.AsSpan(head, before.Length - tail - head));
        foreach (var (x, y) in Path([.. left.Select(at => before[at])], [.. right.Select(at => after[at])], work)) Add(matches, new(left[x], right[y], 1));
        Add(matches, new(before.Length - tail, after.Length - tail, tail));
        return matches;
    }

    private static int[] Shared(int[] sequence, int from, int to, ReadOnlySpan<int> other)
    {
        var known = new HashSet<int>();
        foreach (var symbol in other) known.Add(symbol);
        return [.. Enumerable.Range(from, to - from).Where(at => known.Contains(sequence[at]))];
    }

    // Furthest reaching points of each diagonal, kept for each number of edits, so that the way can be walked back.
    private static List<(int X, int Y)> Path(int[] a, int[] b, ComparisonWork work)
    {
        if (a.Length == 0 || b.Length == 0) return [];
        var rounds = new List<int[]>();
        var reached = new int[1];
        for (var edits = 0; ; edits++)
        {
            var next = new int[(2 * edits) + 1];
            for (var k = -edits; k <= edits; k += 2)
            {
                var x = edits == 0 ? 0 : IsDown(reached, k, edits) ? At(reached, k + 1, edits) : At(reached, k - 1, edits) + 1;
                var start = x;
                while (x < a.Length && x - k < b.Length && x - k >= 0 && a[x] == b[x - k]) x++;
                if (!work.Spend(x - start + 2)) return [];
                next[k + edits] = x;
                if (x >= a.Length && x - k >= b.Length)
                {
                    rounds.Add(next);
                    return Back(rounds, a.Length, b.Length);
                }
            }
            rounds.Add(next);
            reached = next;
        }
    }

    private static List<(int X, int Y)> Back(List<int[]> rounds, int x, int y)
    {
        var path = new List<(int, int)>();
        for (var edits = rounds.Count - 1; edits >= 0; edits--)
        {
            var k = x - y;
            var (toX, toY) = (0, 0);
            if (edits > 0)
            {
                var from = IsDown(rounds[edits - 1], k, edits) ? k + 1 : k - 1;
                toX = At(rounds[edits - 1], from, edits);
                toY = toX - from;
            }
            // Common stretch first, then the one edit before it.
            while (x > toX && y > toY) path.Add((--x, --y));
            (x, y) = (toX, toY);
        }
        path.Reverse();
        return path;
    }

    private static bool IsDown(int[] reached, int k, int edits) => k == -edits || (k != edits && At(reached, k - 1, edits) < At(reached, k + 1, edits));

    private static int At(int[] reached, int k, int edits) => reached[k + edits - 1];

    private static void Add(List<Match> matches, Match match)
    {
        if (match.Length == 0) return;
        if (matches.Count > 0 && matches[^1] is var last && last.Before + last.Length == match.Before && last.After + last.Length == match.After)
            matches[^1] = last with { Length = last.Length + match.Length };
        else matches.Add(match);
    }
}
