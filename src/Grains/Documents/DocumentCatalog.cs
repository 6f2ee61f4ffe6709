namespace AiCloud.Documents;

/// <summary>
/// One process's copy of all published texts. Read on every request without a call; renewed on a short period. The switch at an effective
/// instant needs no renewal, since readers decide by clock.
/// </summary>
public sealed class DocumentCatalog(IGrainFactory grains)
{
    private volatile DocumentSet _current = DocumentSet.Empty;

    /// <summary>The kinds of the agreement. Order is that of display.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["registration-agreement", "privacy-agreement", "violation-rules", "cancellation-rules"];

    /// <summary>The kind that is consented to before a contact is taken (C0.2).</summary>
    public const string PrivacyKind = "privacy-agreement";

    /// <summary>Whether every kind has a version in force at an instant: only then is it known what a registration must accept.</summary>
    public static bool IsComplete(DocumentSet published, DateTimeOffset at) => Kinds.All(kind => published.InForce(kind, at) is not null);

    /// <summary>What is known now; empty before the first renewal.</summary>
    public DocumentSet Current => _current;

    /// <summary>What is known, read from the actors as long as a kind is missing, as it is while the first texts are being published.</summary>
    public async ValueTask<DocumentSet> Get(CancellationToken cancellation)
    {
        if (Kinds.All(kind => _current.Versions(kind).Count > 0)) return _current;
        await Renew(cancellation);
        return _current;
    }

    /// <summary>Reads all kinds from their actors.</summary>
    public async Task Renew(CancellationToken cancellation)
    {
        var kinds = new Dictionary<string, IReadOnlyList<DocumentVersion>>();
        foreach (var kind in Kinds)
        {
            var versions = await grains.GetGrain<IDocumentGrain>(kind).Versions(cancellation);
            if (versions.Length > 0) kinds[kind] = versions;
        }
        _current = new DocumentSet(kinds);
    }
}
