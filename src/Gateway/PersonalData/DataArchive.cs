using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AiCloud.Languages;

namespace AiCloud.PersonalData;

/// <summary>The zip that a person downloads.</summary>
internal sealed record DataArchive(string Name, byte[] Zip)
{
    public const string MediaType = "application/zip";

    public static DataArchive Of(ExportedData collected, JsonElement document, IEnumerable<(string Name, string Jws)> receipts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("personal-data.json", collected.Json);
            Add("schema.json", PersonalDataSchema.Json);
            foreach (var language in Enum.GetValues<Language>()) Add($"personal-data.{language.Tag()}.html", Encoding.UTF8.GetBytes(DataPage.Render(document, DataTexts.PageLead, language)));
            foreach (var (name, jws) in receipts) Add($"receipts/{FileName(name)}.jws", Encoding.ASCII.GetBytes(jws));

            void Add(string name, byte[] content)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = collected.CollectedAt;
                using var file = entry.Open();
                file.Write(content);
            }
        }
        return new DataArchive($"ai-cloud-data-{collected.CollectedAt.UtcDateTime.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.zip", bytes.ToArray());
    }

    /// <summary>What is held about a guardian: the same without a schema of its own, which the API's description has.</summary>
    public static DataArchive OfGuardian(byte[] json, DateTimeOffset collectedAt)
    {
        using var document = JsonDocument.Parse(json);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("personal-data.json", json);
            foreach (var language in Enum.GetValues<Language>()) Add($"personal-data.{language.Tag()}.html", Encoding.UTF8.GetBytes(DataPage.Render(document.RootElement, DataTexts.GuardianPageLead, language)));

            void Add(string name, byte[] content)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = collectedAt;
                using var file = entry.Open();
                file.Write(content);
            }
        }
        return new DataArchive($"ai-cloud-guardian-data-{collectedAt.UtcDateTime.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.zip", bytes.ToArray());
    }

    // A purpose's id is an operator's word: it must not lead out of the folder that it is unpacked into.
    private static string FileName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));

    public override string ToString() => nameof(DataArchive);
}
