using AiCloud.Staff;
using Orleans.Concurrency;

namespace AiCloud.Documents;

/// <summary>
/// All versions of one kind of document (C2.5a). Key: the kind, such as <c>registration-agreement</c>. A version is drafted by one member of
/// staff, announced by another, and in force from its effective instant on; which one that is is decided by clock on every read (C2.5b).
/// An announced version never changes. Every call is repeated with the same operation without acting twice.
/// </summary>
[Alias("aicloud.grain.document")]
public interface IDocumentGrain : IGrainWithStringKey
{
    /// <summary>Publishes a kind's first version unless it has one; a kind's first version is in force on publication.</summary>
    [Alias("seed")] Task Seed(DocumentVersion first, CancellationToken cancellation = default);

    /// <summary>Every announced version that was not withdrawn, oldest first.</summary>
    [Alias("versions")] Task<DocumentVersion[]> Versions(CancellationToken cancellation = default);

    /// <summary>The same, unless nothing changed since <paramref name="known"/> was told (null for a first call).</summary>
    [Alias("published")] Task<PublishedVersions> Published(string? known, CancellationToken cancellation = default);

    /// <summary>Has a process told of each change at once. Lapses after a minute, so that whoever watches asks again before that.</summary>
    [Alias("watch")] Task Watch(IDocumentWatcher watcher);

    /// <summary>
    /// Keeps a draft. Refuses <see cref="RefusalCode.DocumentVersionUsed"/>, <see cref="RefusalCode.DocumentInvalid"/>,
    /// <see cref="RefusalCode.EffectiveTooSoon"/>, <see cref="RefusalCode.DocumentClassTooLow"/>, <see cref="RefusalCode.TooManyDrafts"/>,
    /// <see cref="RefusalCode.IdempotencyKeyReused"/>.
    /// </summary>
    [Alias("draft")] Task<Outcome<ManagedVersion>> Draft(string operation, DraftVersion draft, StaffActor author, CancellationToken cancellation = default);

    /// <summary>
    /// Announces a draft at the database's present instant; it is in force 7 times 24 hours later or at a later instant that settings or draft ask for,
    /// a kind's first version at once. Refuses <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.SecondPersonNeeded"/>,
    /// <see cref="RefusalCode.AnotherAnnounced"/>, <see cref="RefusalCode.NotADraft"/>, <see cref="RefusalCode.DocumentClassTooLow"/>,
    /// and <see cref="RefusalCode.Busy"/> while the clocks disagree.
    /// </summary>
    [Alias("announce")] Task<Outcome<ManagedVersion>> Announce(string operation, string version, StaffActor staff, CancellationToken cancellation = default);

    /// <summary>
    /// Withdraws a draft, or an announced version before its instant: the first call proposes, a call by another member carries out. Refuses
    /// <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.SecondPersonNeeded"/>, <see cref="RefusalCode.AlreadyInForce"/>.
    /// </summary>
    [Alias("withdraw")] Task<Outcome<ManagedVersion>> Withdraw(string operation, string version, StaffActor staff, CancellationToken cancellation = default);

    /// <summary>Every version that staff ever drafted, whatever became of it, in that order.</summary>
    [Alias("managed")] Task<ManagedVersion[]> Managed(CancellationToken cancellation = default);

    /// <summary>
    /// A probe looked at a public page for an announced version's digest (C2.5c, proof of notice). Counted once an hour and page; a probe that found it
    /// outweighs one that did not in the same hour.
    /// </summary>
    /// <param name="version">The version looked for.</param>
    /// <param name="page"><see cref="NoticePages.Help"/> or <see cref="NoticePages.Register"/>.</param>
    /// <param name="found">Whether the page showed it.</param>
    /// <param name="cancellation">Ends waiting.</param>
    [Alias("report-served")] Task ReportServed(string version, string page, bool found, CancellationToken cancellation = default);
}

/// <summary>Hears of changes of documents at once.</summary>
[Alias("aicloud.document-watcher")]
public interface IDocumentWatcher : IGrainObserver
{
    /// <summary>A version of the kind was announced or withdrawn.</summary>
    [Alias("changed"), OneWay] Task Changed(string kind);
}

/// <summary>What a process needs to renew its copy of one kind.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.published-versions")]
public sealed record PublishedVersions
{
    /// <summary>Names this state of things; opaque.</summary>
    [Id(0)] public required string Revision { get; init; }
    /// <summary>Announced versions, oldest first; null when nothing changed since the revision that the caller knew.</summary>
    [Id(1)] public DocumentVersion[]? Versions { get; init; }
}
