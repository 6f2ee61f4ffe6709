namespace AiCloud.Documents.Comparison;

/// <summary>The parts of a changed paragraph, made to be read.</summary>
internal static class PartList
{
    public static IReadOnlyList<TextPart> Of(List<string> before, List<string> after, IReadOnlyList<Match> matches)
    {
        var edits = new List<Edit>();
        var (x, y) = (0, 0);
        foreach (var match in matches.Append(new(before.Count, after.Count, 0)))
        {
            if (match.Before > x || match.After > y) edits.Add(new(Text(before, x, match.Before), Text(after, y, match.After), ""));
            if (match.Length > 0) edits.Add(new("", "", Text(before, match.Before, match.Before + match.Length)));
            (x, y) = (match.Before + match.Length, match.After + match.Length);
        }
        return [.. Readable(edits).SelectMany(Parts)];
    }

    // A chance hit between two changes that are both longer, such as a space or a comma, cuts a sentence into crumbs: it goes with them.
    private static List<Edit> Readable(List<Edit> edits)
    {
        var kept = new List<Edit>();
        foreach (var edit in edits)
        {
            if (kept.Count >= 2 && !edit.IsSame && kept[^1] is { IsSame: true } bridge && kept[^2] is { IsSame: false } former
                && bridge.Same.Length <= former.Longer && bridge.Same.Length <= edit.Longer)
            {
                kept.RemoveRange(kept.Count - 2, 2);
                kept.Add(new(former.Removed + bridge.Same + edit.Removed, former.Added + bridge.Same + edit.Added, ""));
            }
            else kept.Add(edit);
        }
        return kept;
    }

    private static IEnumerable<TextPart> Parts(Edit edit)
    {
        if (edit.Same.Length > 0) yield return new(TextChange.Unchanged, edit.Same);
        if (edit.Removed.Length > 0) yield return new(TextChange.Removed, edit.Removed);
        if (edit.Added.Length > 0) yield return new(TextChange.Added, edit.Added);
    }

    private static string Text(List<string> tokens, int from, int to) => string.Concat(tokens.GetRange(from, to - from));

    private readonly record struct Edit(string Removed, string Added, string Same)
    {
        public bool IsSame => Same.Length > 0;

        public int Longer => Math.Max(Removed.Length, Added.Length);
    }
}
