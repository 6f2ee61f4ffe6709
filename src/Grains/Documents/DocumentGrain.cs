using AiCloud.Storage;

namespace AiCloud.Documents;

/// <summary>What is kept of one kind of document.</summary>
public sealed record DocumentState : IStoredState
{
    /// <summary>Published versions, oldest first. Never changed once here.</summary>
    public DocumentVersion[] Versions { get; init; } = [];

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;
}

[GrainType("document")]
internal sealed class DocumentGrain([PersistentState("document", StorageNames.State)] IPersistentState<DocumentState> stored) : Grain, IDocumentGrain
{
    public Task Seed(DocumentVersion first, CancellationToken cancellation)
    {
        if (stored.State.Versions.Length > 0) return Task.CompletedTask;
        if (first.Kind != this.GetPrimaryKeyString()) throw new ArgumentException("The version is of another kind.", nameof(first));
        if (first.Sha256 != DocumentDigest.Of(first.Texts)) throw new ArgumentException("The digest is not that of the texts.", nameof(first));
        return this.Keep(stored, new DocumentState { Versions = [first] });
    }

    public Task<DocumentVersion[]> Versions(CancellationToken cancellation) => Task.FromResult(stored.State.Versions);
}
