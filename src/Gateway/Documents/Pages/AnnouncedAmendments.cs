namespace AiCloud.Documents.Pages;

/// <summary>A version announced and not in force yet, beside the one it will take the place of.</summary>
internal sealed record Amendment(DocumentVersion Announced, DocumentVersion? InForce);

/// <summary>What is announced, as the pages show it (C2.5b).</summary>
internal sealed record AnnouncedAmendments(IReadOnlyList<Amendment> All, DateTimeOffset Now)
{
    public static readonly AnnouncedAmendments None = new([], default);

    /// <summary>Without what only the documents' own pages need: the registration page shows it above the box that it asks for.</summary>
    public bool IsBrief { get; init; }

    public static AnnouncedAmendments Of(DocumentSet published, IEnumerable<string> kinds, DateTimeOffset at) => new(
        [.. kinds.Select(kind => (Kind: kind, Announced: published.Announced(kind, at))).Where(found => found.Announced is not null)
            .Select(found => new Amendment(found.Announced!, published.InForce(found.Kind, at)))], at);
}
