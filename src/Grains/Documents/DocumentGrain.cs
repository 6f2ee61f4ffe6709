using AiCloud.Clock;
using AiCloud.Staff;
using AiCloud.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Utilities;

namespace AiCloud.Documents;

[GrainType("document")]
internal sealed partial class DocumentGrain(
    [PersistentState("document", StorageNames.State)] IPersistentState<DocumentState> stored,
    [PersistentState("document-notice", StorageNames.State)] IPersistentState<NoticeState> notices,
    DocumentSeal seals, IDatabaseTime database, IAuditLog audit, IOptions<DocumentOptions> options, DocumentMetrics metrics, TimeProvider clock, ILogger<DocumentGrain> log)
    : Grain, IDocumentGrain, IRemindable
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);
    private readonly ObserverManager<IDocumentWatcher> _watchers = new(TimeSpan.FromMinutes(1), log);

    private string Kind => this.GetPrimaryKeyString();
    private DocumentState State => stored.State;
    private NoticeState Notices => notices.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (DocumentSoundness.Fault(Kind, State, seals.Holds) is { } fault)
        {
            metrics.Unsound(Kind);
            log.Unsound(fault);
            throw new OrleansException($"The stored document {fault}."); // of the kind that who renews a copy waits out
        }
        this.RegisterGrainTimer(Tend, new GrainTimerCreationOptions(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)));
        await Tend();
    }

    public Task Seed(DocumentVersion first, CancellationToken cancellation)
    {
        if (State.Versions.Length > 0 || State.Drafted.Length > 0)
        {
            // What people agreed to is what is kept, whatever ships with a later build.
            if (State.Versions.FirstOrDefault(kept => kept.Version == first.Version) is { } kept && kept.Sha256 != first.Sha256) log.ShippedDiffers(Kind, first.Version);
            return Task.CompletedTask;
        }
        if (first.Kind != Kind) throw new ArgumentException("The version is of another kind.", nameof(first));
        if (first.Sha256 != DocumentDigest.Of(first.Texts)) throw new ArgumentException("The digest is not that of the texts.", nameof(first));
        return this.Keep(stored, State with { Versions = [first], Seals = new() { [first.Version] = seals.Of(first) }, Revision = State.Revision + 1 });
    }

    public Task<DocumentVersion[]> Versions(CancellationToken cancellation) => Task.FromResult(WithNotices());

    public Task<PublishedVersions> Published(string? known, CancellationToken cancellation)
    {
        var revision = FormattableString.Invariant($"{State.Revision}.{Notices.Revision}");
        return Task.FromResult(new PublishedVersions { Revision = revision, Versions = revision == known ? null : WithNotices() });
    }

    public Task Watch(IDocumentWatcher watcher)
    {
        _watchers.Subscribe(watcher, watcher);
        return Task.CompletedTask;
    }

    public Task<Outcome<ManagedVersion>> Draft(string operation, DraftVersion draft, StaffActor author, CancellationToken cancellation) =>
        Act(draft.Version, now => DocumentLifecycle.Draft(Kind, State, operation, draft, author, now), cancellation);

    public async Task<Outcome<ManagedVersion>> Announce(string operation, string version, StaffActor staff, CancellationToken cancellation)
    {
        var before = State.Revision;
        var outcome = await Act(version, now => DocumentLifecycle.Announce(Kind, State, operation, version, staff, options.Value, seals.Of, now), cancellation);
        if (State.Revision == before) return outcome;
        metrics.Announced(Kind);
        log.Announced(Kind, version, State.Versions[^1].EffectiveAt);
        await Changed();
        return Managed(version);
    }

    public async Task<Outcome<ManagedVersion>> Withdraw(string operation, string version, StaffActor staff, CancellationToken cancellation)
    {
        var before = State.Revision;
        var outcome = await Act(version, now => DocumentLifecycle.Withdraw(State, operation, version, staff, now), cancellation);
        if (State.Revision == before) return outcome;
        metrics.Withdrawn(Kind);
        log.Withdrawn(Kind, version);
        await Changed();
        return outcome;
    }

    public Task<ManagedVersion[]> Managed(CancellationToken cancellation) =>
        Task.FromResult<ManagedVersion[]>([.. State.Drafted.Select(version => DocumentLifecycle.View(Kind, State, version))]);

    public Task ReportServed(string version, string page, bool found, CancellationToken cancellation)
    {
        if (page is not (NoticePages.Help or NoticePages.Register) || State.Versions.All(known => known.Version != version)) return Task.CompletedTask;
        return this.Keep(notices, Notices.With(version, page, found, clock.GetUtcNow()));
    }

    private DocumentVersion[] WithNotices() =>
        [.. State.Versions.Select(version => Notices.Proofs.TryGetValue(version.Version, out var proof) ? version with { Notice = proof } : version)];

    /// <summary>Decides at the database's instant. While it, this silo's clock and the acts kept so far disagree, nothing with legal weight is done.</summary>
    private async Task<Outcome<ManagedVersion>> Act(string version, Func<DateTimeOffset, (DocumentState Next, Refusal? Refusal)> decide, CancellationToken cancellation)
    {
        var now = await database.Now(cancellation);
        if ((now - clock.GetUtcNow()).Duration() > ClockTolerance || now < State.LatestInstant)
        {
            log.ClocksDisagree(Kind, now, clock.GetUtcNow(), State.LatestInstant);
            return new Refusal(RefusalCode.Busy, TimeSpan.FromSeconds(10));
        }
        var (next, refusal) = decide(now);
        if (refusal is not null) return refusal;
        await this.Keep(stored, next);
        return Managed(version);
    }

    private ManagedVersion Managed(string version) => DocumentLifecycle.View(Kind, State, DocumentLifecycle.Find(State, version)!);
}
