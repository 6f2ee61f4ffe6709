namespace AiCloud.Documents;

/// <summary>How a published version stands at an instant.</summary>
internal enum Standing
{
    /// <summary>Announced, not in force yet (C2.5b).</summary>
    Announced = 1,
    /// <summary>In force.</summary>
    InForce = 2,
    /// <summary>Was in force; another one is now.</summary>
    Superseded = 3,
}

/// <summary>A published version with how it stands and for how long it binds.</summary>
/// <param name="Version">The version.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Until">When the next version takes its place; null without one.</param>
internal sealed record DocumentStanding(DocumentVersion Version, Standing Standing, DateTimeOffset? Until)
{
    /// <summary>All versions of a kind, newest first.</summary>
    public static IReadOnlyList<DocumentStanding> Of(DocumentSet published, string kind, DateTimeOffset at)
    {
        var ordered = published.Versions(kind).OrderBy(version => version.EffectiveAt).ToArray();
        return [.. ordered.Select((version, i) => new DocumentStanding(version, Of(published, version, at), i + 1 < ordered.Length ? ordered[i + 1].EffectiveAt : null)).Reverse()];
    }

    /// <summary>How one version stands.</summary>
    public static Standing Of(DocumentSet published, DocumentVersion version, DateTimeOffset at) =>
        version.EffectiveAt > at ? Standing.Announced
        : published.InForce(version.Kind, at)?.Version == version.Version ? Standing.InForce : Standing.Superseded;

    /// <summary>The next instant after <paramref name="at"/> at which another version comes into force; null without one.</summary>
    public static DateTimeOffset? NextChange(DocumentSet published, DateTimeOffset at) =>
        published.Kinds.SelectMany(published.Versions).Select(version => version.EffectiveAt).Where(effective => effective > at).Cast<DateTimeOffset?>().Min();
}
