namespace AiCloud.Protection;

/// <summary>Compares a ring with the check values that a database has kept: the last stop before rows are read or written with wrong keys.</summary>
public static class KeyCheck
{
    /// <summary>What the database keeps for a key that was retired: nothing depends on it, a ring may hold it or not, and its id stays taken.</summary>
    public const string Retired = "";

    /// <summary>What the ring lacks, what it has changed, and what the database has yet to learn.</summary>
    /// <param name="ring"><see cref="KeyRing.CheckValues"/>.</param>
    /// <param name="stored">What the database keeps, by the same ids; empty in a new database.</param>
    public static KeyCheckResult Compare(IReadOnlyDictionary<string, string> ring, IReadOnlyDictionary<string, string> stored) => new()
    {
        Missing = [.. stored.Where(kept => kept.Value != Retired && !ring.ContainsKey(kept.Key)).Select(kept => kept.Key).Order(StringComparer.Ordinal)],
        Different = [.. stored.Where(kept => ring.TryGetValue(kept.Key, out var now) && kept.Value != Retired && now != kept.Value).Select(kept => kept.Key).Order(StringComparer.Ordinal)],
        New = ring.Where(check => !stored.ContainsKey(check.Key)).ToDictionary(check => check.Key, check => check.Value, StringComparer.Ordinal),
    };
}

/// <summary>The outcome of <see cref="KeyCheck.Compare"/>.</summary>
public sealed record KeyCheckResult
{
    /// <summary>Keys that rows may have been made with and that the ring does not hold.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Ids under which the ring holds another key than the one rows were made with.</summary>
    public required IReadOnlyList<string> Different { get; init; }

    /// <summary>Check values to store before the first row is made with these keys.</summary>
    public required IReadOnlyDictionary<string, string> New { get; init; }

    /// <summary>Whether the service may start on this database.</summary>
    public bool IsSound => Missing.Count == 0 && Different.Count == 0;

    /// <summary>Stops a start with a wrong or incomplete ring.</summary>
    /// <exception cref="KeyRingException">With one line that names the keys by id.</exception>
    public void ThrowIfUnsound()
    {
        if (Missing.Count > 0) throw new KeyRingException($"the database was written with keys that this ring does not hold: {string.Join(", ", Missing)}.");
        if (Different.Count > 0) throw new KeyRingException($"these keys are not the ones the database was written with: {string.Join(", ", Different)}.");
    }
}
