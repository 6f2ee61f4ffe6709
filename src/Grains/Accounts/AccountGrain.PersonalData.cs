using AiCloud.Ledger;
using AiCloud.PersonalData;
using AiCloud.Protection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

/// <summary>The person's own copy of what is held about them (L-17).</summary>
internal sealed partial class AccountGrain : IAccountData
{
    private const string ExportFunction = "export";
    private static readonly TimeSpan BetweenParts = TimeSpan.FromMilliseconds(1);

    private DataCollection? _collecting;
    private IGrainTimer? _collector;
    private int _failedAttempt; // of the copy under way: the due instant begins it again, and not whoever asks how far it is

    private DataExportOptions ExportLimits => ServiceProvider.GetRequiredService<IOptions<DataExportOptions>>().Value;

    private ExportMetrics ExportCounts => ServiceProvider.GetRequiredService<ExportMetrics>();

    public Task<Outcome<ExportView>> RequestExport(SessionProof proof, string operation, CancellationToken cancellation) => SignedRecently<ExportView>(proof, async (_, next) =>
    {
        return await RequestCopy(next, operation, next.LeavingAllowedFrom(SecurityLimits, clock.GetUtcNow()), asked => asked, cancellation);
    }, cancellation, ExportFunction);

    public Task<Outcome<ExportView>> Export(SessionProof proof, string? id, CancellationToken cancellation) => Signed<ExportView>(proof, _ =>
        Task.FromResult(CopyNow(id, State.LeavingAllowedFrom(SecurityLimits, clock.GetUtcNow()))), cancellation, ExportFunction);

    public Task<Outcome<ExportedData>> DownloadExport(SessionProof proof, string id, CancellationToken cancellation) => SignedRecently<ExportedData>(proof, async (_, next) =>
    {
        await Keep(stored, next);
        return await OpenCopy(id, next.LeavingAllowedFrom(SecurityLimits, clock.GetUtcNow()), cancellation);
    }, cancellation, ExportFunction);

    /// <summary>One copy for whoever may ask: the user of record, or a guardian. <paramref name="by"/> notes who did, where a new one is begun.</summary>
    private async Task<Outcome<ExportView>> RequestCopy(AccountState next, string operation, DateTimeOffset? allowedFrom, Func<AccountState, AccountState> by, CancellationToken cancellation)
    {
        var former = next.Export;
        var (asked, refusal) = DataExports.Request(next, operation, DerivedIds.New(ServiceProvider.GetRequiredService<IRandomness>()), allowedFrom, ExportLimits, clock.GetUtcNow());
        var replaced = former?.Id != asked.Export?.Id;
        await Keep(stored, replaced ? by(asked) : asked);
        if (refusal is not null) return refusal;
        if (replaced) _failedAttempt = 0;
        // A copy that is replaced goes now; should this be lost, the sweeper takes it at its time.
        if (former is not null && replaced) await GrainFactory.GetGrain<IDataExportGrain>(former.Id).Erase(cancellation);
        BeginCollecting();
        return ExportNow(allowedFrom);
    }

    private Outcome<ExportView> CopyNow(string? id, DateTimeOffset? allowedFrom)
    {
        if (State.Export is not { } export || (id is not null && id != export.Id)) return RefusalCode.NotFound;
        BeginCollecting(); // whoever looks at one whose process ended has it begun again
        return ExportNow(allowedFrom);
    }

    // A copy that was ready before a contact or the password changed is held back like one that is asked for afterwards: what the wait keeps from a thief is the data.
    private async Task<Outcome<ExportedData>> OpenCopy(string id, DateTimeOffset? allowedFrom, CancellationToken cancellation)
    {
        if (State.Export is not { } export || id != export.Id) return RefusalCode.NotFound;
        var now = clock.GetUtcNow();
        var how = export.StateAt(now);
        if (how is ExportState.Preparing or ExportState.Failed) return RefusalCode.ExportNotReady;
        if (how == ExportState.Ready && allowedFrom is { } from && now < from) return new Refusal(RefusalCode.ExportTooSoon, from - now);
        if (how == ExportState.Expired || await GrainFactory.GetGrain<IDataExportGrain>(id).Read(cancellation) is not { } value) return RefusalCode.ExportExpired;
        return new ExportedData { CollectedAt = export.ReadyAt!.Value, Json = DataCollection.Unpack(vault.OpenExport(Id, State, id, value)) };
    }

    private ExportView ExportNow(DateTimeOffset? allowedFrom)
    {
        var (export, now) = (State.Export!, clock.GetUtcNow());
        var how = export.StateAt(now);
        return new ExportView
        {
            Id = export.Id,
            State = how,
            RequestedAt = export.RequestedAt,
            PartsDone = how switch { ExportState.Ready or ExportState.Expired => DataCollection.Parts, ExportState.Preparing => _collecting?.Done ?? 0, ExportState.Failed => 0 },
            Parts = DataCollection.Parts,
            ExpiresAt = export.ExpiresAt,
            NextAt = DataExports.NextAt(State, allowedFrom, ExportLimits, now),
            HeldUntil = how == ExportState.Ready && allowedFrom > now ? allowedFrom : null,
        };
    }

    // Begins one again whose process ended in the middle.
    private async Task CollectWhenDue()
    {
        var next = DataExports.Retry(State, ExportLimits, clock.GetUtcNow());
        var givenUp = !ReferenceEquals(next, State) && next.Export!.RetryAt is null;
        await Keep(stored, next);
        if (givenUp) ExportCounts.GivenUp();
        BeginCollecting();
    }

    private void BeginCollecting()
    {
        if (_collecting is not null || State.Export is not { RetryAt: not null } export || _failedAttempt == export.Attempts) return;
        _collecting = new DataCollection(Id, vault, ServiceProvider.GetRequiredService<ILedgerReader>(), GrainFactory);
        _collector = this.RegisterGrainTimer(CollectNext, new GrainTimerCreationOptions(TimeSpan.Zero, BetweenParts));
    }

    private async Task CollectNext(CancellationToken cancellation)
    {
        if (_collecting is not { } collecting) return;
        try
        {
            if (State.Export is not { RetryAt: not null } export || State.AccountKey is null) EndCollecting();
            else if (collecting.Done < DataCollection.Parts) await collecting.Collect(State, clock.GetUtcNow(), cancellation);
            else await KeepCollected(collecting, export.Id);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException) // whatever it is, the due instant begins it again, and gives it up in the end
        {
            ExportCounts.Failed();
            log.ExportFailed(Id, failure.GetType().Name);
            _failedAttempt = State.Export?.Attempts ?? 0;
            EndCollecting();
        }
    }

    // The copy first: a crash in between has it made again, and the sweeper takes the one that nobody names.
    private async Task KeepCollected(DataCollection collecting, string id)
    {
        var now = clock.GetUtcNow();
        var json = collecting.Document(now);
        EndCollecting(); // no further tick; what this one does goes on without the timer's token
        if (json.Length > ExportLimits.LargestBytes)
        {
            log.ExportTooLarge(Id, json.Length);
            await Keep(stored, DataExports.GivenUp(State, id));
            ExportCounts.GivenUp();
            return;
        }
        var ready = DataExports.Ready(State, id, ExportLimits, now);
        await GrainFactory.GetGrain<IDataExportGrain>(id).Keep(vault.SealExport(Id, State, id, DataCollection.Pack(json)), ready.Export!.ExpiresAt!.Value);
        await Keep(stored, DataExports.Ready(State, id, ExportLimits, now));
        ExportCounts.Ready();
        log.ExportReady(Id);
    }

    private void EndCollecting()
    {
        _collector?.Dispose();
        (_collector, _collecting) = (null, null);
    }
}
