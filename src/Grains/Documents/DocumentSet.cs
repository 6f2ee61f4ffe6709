namespace AiCloud.Documents;

/// <summary>All published versions of all kinds, as one process knows them. Which one is in force is decided by the instant asked for.</summary>
public sealed class DocumentSet(IReadOnlyDictionary<string, IReadOnlyList<DocumentVersion>> kinds)
{
    /// <summary>Nothing known yet.</summary>
    public static readonly DocumentSet Empty = new(new Dictionary<string, IReadOnlyList<DocumentVersion>>());

    /// <summary>The kinds that have a version.</summary>
    public IEnumerable<string> Kinds => kinds.Keys;

    /// <summary>Versions of a kind, oldest first; none for an unknown kind.</summary>
    public IReadOnlyList<DocumentVersion> Versions(string kind) => kinds.TryGetValue(kind, out var versions) ? versions : [];

    /// <summary>One version; null when there is none.</summary>
    public DocumentVersion? Find(string kind, string version) => Versions(kind).FirstOrDefault(candidate => candidate.Version == version);

    /// <summary>The version of a kind in force at an instant (C2.5b): the newest whose effective instant has come.</summary>
    public DocumentVersion? InForce(string kind, DateTimeOffset at) =>
        Versions(kind).Where(version => version.EffectiveAt <= at).MaxBy(version => version.EffectiveAt);

    /// <summary>Whether the privacy agreement in force at an instant has a row for a purpose (L-03).</summary>
    public bool HasPurpose(string purpose, DateTimeOffset at) => InForce(DocumentCatalog.PrivacyKind, at)?.Processing.Any(row => row.Id == purpose) == true;

    /// <summary>The version announced but not in force yet at an instant.</summary>
    public DocumentVersion? Announced(string kind, DateTimeOffset at) =>
        Versions(kind).FirstOrDefault(version => version.AnnouncedAt <= at && version.EffectiveAt > at);

    /// <summary>
    /// Versions of a kind that have come into force after a named one, up to an instant, in order; superseded ones among them too. Everything up to the
    /// instant when the named one is unknown.
    /// </summary>
    public IReadOnlyList<DocumentVersion> Since(string kind, string? label, DateTimeOffset at)
    {
        var effective = Versions(kind).Where(version => version.EffectiveAt <= at).OrderBy(version => version.EffectiveAt).ToList();
        return effective[(effective.FindIndex(version => version.Version == label) + 1)..];
    }

    /// <summary>What a registration must accept at an instant, with what each text incorporates (C0.1).</summary>
    public IReadOnlyList<RequiredDocument> RequiredAt(DateTimeOffset at) =>
    [
        .. kinds.Keys.Select(kind => InForce(kind, at)).Where(version => version is { Required: true })
            .OrderByDescending(version => version!.Incorporates.Length).ThenBy(version => version!.Kind, StringComparer.Ordinal)
            .Select(version => new RequiredDocument(version!.Reference,
                [.. version.Incorporates.Select(kind => InForce(kind, at)?.Reference).OfType<DocumentReference>()])),
    ];
}

/// <summary>A text that must be accepted, and the rules and policies accepted along with it.</summary>
public sealed record RequiredDocument(DocumentReference Reference, IReadOnlyList<DocumentReference> Incorporated);
