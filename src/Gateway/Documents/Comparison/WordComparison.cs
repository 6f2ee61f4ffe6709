namespace AiCloud.Documents.Comparison;

/// <summary>Paragraphs that stand at the same place in two texts: which became which, and with what other words.</summary>
internal sealed class WordComparison(ComparisonWork work)
{
    // Looked for among so many paragraphs ahead: amendments seldom move text, and each look costs.
    private const int Ahead = 8;

    // So much of two paragraphs' words must be common that one reads as the other amended.
    private const double Alike = 0.4;

    // Less where a single paragraph took the place of a single one.
    private const double AlikeAlone = 0.2;

    // A single pair must not spend what all the others need; and each costs a reader more than it costs the machine, which keeps answers short.
    private const long MostPerPair = ComparisonWork.Usual / 8, LeastPerPair = ComparisonWork.Usual / 2_000;

    private readonly Dictionary<string, int> symbols = new(StringComparer.Ordinal);

    public IEnumerable<ParagraphChange> Of(IReadOnlyList<TextParagraph> before, IReadOnlyList<TextParagraph> after)
    {
        var left = before.Select(Read).ToArray();
        var right = after.Select(Read).ToArray();
        var alike = before.Count == 1 && after.Count == 1 ? AlikeAlone : Alike;
        var next = 0;
        var gone = new List<ParagraphChange>();
        for (var i = 0; i < left.Length; i++)
        {
            if (Successor(left[i], right, next, alike) is not { } found || !work.Spend(LeastPerPair))
            {
                gone.Add(new(TextChange.Removed, before[i].Text, [], before[i].StandsApart));
                continue;
            }
            foreach (var each in gone) yield return each;
            gone.Clear();
            for (; next < found; next++) yield return new(TextChange.Added, after[next].Text, [], after[next].StandsApart);
            yield return Compare(left[i]!, right[found]!, after[next++]);
        }
        foreach (var each in gone) yield return each;
        for (; next < right.Length; next++) yield return new(TextChange.Added, after[next].Text, [], after[next].StandsApart);
    }

    private int? Successor(Words? paragraph, Words?[] candidates, int from, double alike)
    {
        if (paragraph is null) return null;
        (int? Index, double Likeness) best = (null, alike);
        for (var i = from; i < candidates.Length && i < from + Ahead; i++)
            if (candidates[i] is { } candidate && Likeness(paragraph, candidate) is var likeness && likeness > best.Likeness) best = (i, likeness);
        return best.Index;
    }

    // Dice's coefficient over the words, each weighed by its length.
    private double Likeness(Words a, Words b)
    {
        if (a.Weight == 0 || b.Weight == 0 || !work.Spend(a.Counts.Count)) return 0;
        double common = a.Counts.Sum(word => b.Counts.TryGetValue(word.Key, out var times) ? (double)Math.Min(word.Value, times) * word.Key.Length : 0);
        return 2 * common / (a.Weight + b.Weight);
    }

    private ParagraphChange Compare(Words before, Words after, TextParagraph paragraph)
    {
        var matches = Alignment.Of(before.Symbols, after.Symbols, work.Portion(MostPerPair));
        return new(TextChange.Changed, paragraph.Text, PartList.Of(before.Tokens, after.Tokens, matches), paragraph.StandsApart);
    }

    private Words? Read(TextParagraph paragraph)
    {
        if (!work.Spend(paragraph.Text.Length)) return null;
        var tokens = TextTokens.Of(paragraph.Text);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new int[tokens.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = symbols.TryGetValue(tokens[i], out var known) ? known : symbols[tokens[i]] = symbols.Count;
            if (TextTokens.IsWord(tokens[i])) counts[tokens[i]] = counts.GetValueOrDefault(tokens[i]) + 1;
        }
        return new(tokens, ids, counts, counts.Sum(word => (double)word.Value * word.Key.Length));
    }

    private sealed record Words(List<string> Tokens, int[] Symbols, Dictionary<string, int> Counts, double Weight);
}
