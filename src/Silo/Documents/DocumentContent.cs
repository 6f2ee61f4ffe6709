using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiCloud.Documents;

/// <summary>Reads the sample documents that ship beside the program: <c>content/documents.json</c> and one Markdown file per kind and language.</summary>
internal static class DocumentContent
{
    private static readonly string[] Languages = ["zh-CN", "en"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The first version of every kind. Line ends are made the same everywhere, so that the digest is.</summary>
    public static IReadOnlyList<DocumentVersion> Read(string folder)
    {
        var entries = JsonSerializer.Deserialize<Entry[]>(File.ReadAllText(Path.Combine(folder, "documents.json")), Json)!;
        return [.. entries.Select(entry =>
        {
            var texts = Languages.ToDictionary(tag => tag,
                tag => File.ReadAllText(Path.Combine(folder, $"{entry.Kind}.{tag}.md")).ReplaceLineEndings("\n"));
            return new DocumentVersion
            {
                Kind = entry.Kind,
                Version = entry.Version,
                Titles = entry.Titles,
                Texts = texts,
                Sha256 = DocumentDigest.Of(texts),
                Class = entry.Class,
                AnnouncedAt = entry.EffectiveAt,
                EffectiveAt = entry.EffectiveAt,
                Required = entry.Required,
                Incorporates = entry.Incorporates,
                Processing = entry.Processing,
            };
        })];
    }

    private sealed record Entry(
        string Kind, string Version, DateTimeOffset EffectiveAt, DocumentClass Class, bool Required, string[] Incorporates, Dictionary<string, string> Titles)
    {
        public ProcessingPurpose[] Processing { get; init; } = [];
    }
}
