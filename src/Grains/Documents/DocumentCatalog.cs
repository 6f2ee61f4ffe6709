using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace AiCloud.Documents;

/// <summary>
/// One process's copy of all published texts. Read on every request without a call; renewed when an actor says that something changed and on a
/// short period. The switch at an effective instant needs no renewal, since readers decide by clock.
/// </summary>
public sealed class DocumentCatalog(IGrainFactory grains, IOptions<DocumentOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _renewing = new(1); // an older answer must not replace a newer one
    private volatile Copy _copy = new(ImmutableDictionary<string, PublishedVersions>.Empty);

    /// <summary>The kinds of the agreement: nobody registers before each has a version in force.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["registration-agreement", "privacy-agreement", "violation-rules", "cancellation-rules"];

    /// <summary>The kind that is consented to before a contact is taken (C0.2).</summary>
    public const string PrivacyKind = "privacy-agreement";

    /// <summary>Whether every kind of the agreement has a version in force at an instant: only then is it known what a registration must accept.</summary>
    public static bool IsComplete(DocumentSet published, DateTimeOffset at) => Kinds.All(kind => published.InForce(kind, at) is not null);

    /// <summary>Every kind that there is, the operator's own last. Order is that of display.</summary>
    public IReadOnlyList<string> AllKinds { get; } = [.. Kinds.Concat(options.Value.AdditionalKinds).Distinct()];

    /// <summary>What is known now; empty before the first renewal.</summary>
    public DocumentSet Current => _copy.Set;

    /// <summary>Whether every kind of the agreement has been read once.</summary>
    public bool IsKnown => Kinds.All(kind => Current.Versions(kind).Count > 0);

    /// <summary>What is known, read from the actors as long as a kind is missing, as it is while the first texts are being published.</summary>
    public async ValueTask<DocumentSet> Get(CancellationToken cancellation)
    {
        if (IsKnown) return Current;
        await Renew(cancellation);
        return Current;
    }

    /// <summary>Asks every kind's actor for what changed. A kind that cannot be read keeps its copy, and the failure is thrown after the others.</summary>
    public async Task Renew(CancellationToken cancellation)
    {
        Exception? failure = null;
        await _renewing.WaitAsync(cancellation);
        try
        {
            foreach (var kind in AllKinds)
            {
                try
                {
                    await Renew(kind, cancellation);
                }
                catch (Exception unread) when (unread is not OperationCanceledException)
                {
                    failure ??= unread;
                }
            }
        }
        finally
        {
            _renewing.Release();
        }
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _renewing.Dispose();

    private async Task Renew(string kind, CancellationToken cancellation)
    {
        var told = await grains.GetGrain<IDocumentGrain>(kind).Published(_copy.Kinds.GetValueOrDefault(kind)?.Revision, cancellation);
        if (told.Versions is not null) _copy = new Copy(_copy.Kinds.SetItem(kind, told));
    }

    private sealed class Copy(ImmutableDictionary<string, PublishedVersions> kinds)
    {
        public ImmutableDictionary<string, PublishedVersions> Kinds => kinds;

        public DocumentSet Set { get; } = new(kinds.Where(kind => kind.Value.Versions!.Length > 0)
            .ToDictionary(kind => kind.Key, kind => (IReadOnlyList<DocumentVersion>)kind.Value.Versions!));
    }
}
