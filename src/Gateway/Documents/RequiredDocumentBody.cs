namespace AiCloud.Documents;

/// <summary>One exact text.</summary>
public record DocumentReferenceBody
{
    /// <summary>Kind of document.</summary>
    public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string Href { get; init; }

    internal static DocumentReferenceBody Of(DocumentReference reference) => new()
    {
        Kind = reference.Kind,
        Version = reference.Version,
        Sha256 = reference.Sha256,
        Href = DocumentPaths.Version(reference.Kind, reference.Version),
    };
}

/// <summary>A text that must be accepted, and what is accepted along with it (C0.1).</summary>
public sealed record RequiredDocumentBody : DocumentReferenceBody
{
    /// <summary>Always true here.</summary>
    public required bool Required { get; init; }

    /// <summary>Rules and policies accepted along with it.</summary>
    public required DocumentReferenceBody[] Incorporates { get; init; }

    internal static RequiredDocumentBody[] Of(IReadOnlyList<RequiredDocument> documents) => [.. documents.Select(document => new RequiredDocumentBody
    {
        Kind = document.Reference.Kind,
        Version = document.Reference.Version,
        Sha256 = document.Reference.Sha256,
        Href = DocumentPaths.Version(document.Reference.Kind, document.Reference.Version),
        Required = true,
        Incorporates = [.. document.Incorporated.Select(DocumentReferenceBody.Of)],
    })];
}
