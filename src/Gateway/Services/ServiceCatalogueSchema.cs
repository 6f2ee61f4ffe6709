namespace AiCloud.Services;

/// <summary>The JSON schema of a catalogue's file, for editors and pipelines: docs/schemas, embedded here and served.</summary>
internal static class ServiceCatalogueSchema
{
    public const string Path = "/schemas/service-catalogue-1.json";

    public static byte[] Bytes { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(ServiceCatalogueSchema).Assembly.GetManifestResourceStream("AiCloud.Services.service-catalogue-1.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
