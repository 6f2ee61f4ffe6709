namespace AiCloud.Documents.Comparison;

/// <summary>
/// Comparisons of published versions, one computed at a time in a process and kept for whoever asks next: versions never change. The least
/// used go first once the texts kept weigh too much.
/// </summary>
internal sealed class DocumentComparisons : IDisposable
{
    // In characters of the texts compared: some tens of megabytes.
    private const int Capacity = 8_000_000;

    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<Key, LinkedListNode<Kept>> known = [];
    private readonly LinkedList<Kept> recent = new();
    private long weight;

    /// <summary>Steps spent so far on all comparisons.</summary>
    public long Spent { get; private set; }

    /// <summary>The comparison; waits while another one is being computed.</summary>
    public async Task<TextComparison> Of(DocumentVersion before, DocumentVersion after, string language, CancellationToken cancellation)
    {
        var key = new Key(before.Sha256, after.Sha256, language);
        await turn.WaitAsync(cancellation);
        try
        {
            if (known.TryGetValue(key, out var found))
            {
                recent.Remove(found);
                recent.AddFirst(found);
                return found.Value.Comparison;
            }
            var work = new ComparisonWork();
            var kept = new Kept(key, TextComparison.Of(before.Texts[language], after.Texts[language], work), before.Texts[language].Length + after.Texts[language].Length);
            Spent += work.Spent;
            Keep(kept);
            return kept.Comparison;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private void Keep(Kept kept)
    {
        known[kept.Key] = recent.AddFirst(kept);
        weight += kept.Weight;
        while (weight > Capacity && recent.Count > 1)
        {
            weight -= recent.Last!.Value.Weight;
            known.Remove(recent.Last.Value.Key);
            recent.RemoveLast();
        }
    }

    private readonly record struct Key(string Before, string After, string Language);

    private sealed record Kept(Key Key, TextComparison Comparison, int Weight);
}
