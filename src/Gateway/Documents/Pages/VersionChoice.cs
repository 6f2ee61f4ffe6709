namespace AiCloud.Documents.Pages;

/// <summary>The form that chooses two versions of a kind: at first the newest and the one before it.</summary>
internal sealed record VersionChoice(string Kind, IReadOnlyList<DocumentStanding> Versions, string From, string To)
{
    public static VersionChoice Of(IReadOnlyList<DocumentStanding> versions, string kind, string? from, string? to) =>
        new(kind, versions, from ?? versions[Math.Min(1, versions.Count - 1)].Version.Version, to ?? versions[0].Version.Version);
}
