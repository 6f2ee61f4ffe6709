namespace AiCloud.Documents;

/// <summary>Where documents are read.</summary>
internal static class DocumentPaths
{
    /// <summary>The feed of what was announced and came into force.</summary>
    public const string Feed = "/documents/feed.atom";

    /// <summary>A version in the API.</summary>
    public static string Version(string kind, string version) => $"/v1/documents/{Part(kind)}/versions/{Part(version)}";

    /// <summary>A version's page.</summary>
    public static string Page(DocumentVersion version) => $"/documents/{Part(version.Kind)}/{Part(version.Version)}";

    /// <summary>A version as a file to keep.</summary>
    /// <param name="version">The version.</param>
    /// <param name="language">Language tag.</param>
    /// <param name="form"><c>md</c> or <c>html</c>.</param>
    public static string File(DocumentVersion version, string language, string form) => $"{Page(version)}/{language}.{form}";

    /// <summary>The page that compares two versions of a kind.</summary>
    public static string Comparison(DocumentVersion from, DocumentVersion to) =>
        $"/documents/{Part(to.Kind)}/diff?from={Part(from.Version)}&to={Part(to.Version)}";

    private static string Part(string name) => Uri.EscapeDataString(name);
}
