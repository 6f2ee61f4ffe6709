using AiCloud.Delivery;
using AiCloud.Staff;
using AiCloud.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace AiCloud.Switches;

[GrainType("switches")]
internal sealed class SwitchesGrain([PersistentState("switches", StorageNames.State)] IPersistentState<SwitchesState> stored, IAuditLog audit, TimeProvider clock, ILogger<SwitchesGrain> log,
    IDeliveryProviders? providers = null)
    : Grain, ISwitchesGrain
{
    private readonly ObserverManager<ISwitchWatcher> _watchers = new(TimeSpan.FromMinutes(1), log);

    private SwitchesState State => stored.State;

    public Task<Outcome<SwitchView>> Throw(string operation, SwitchOrder order, StaffActor by, CancellationToken cancellation) =>
        // A name that no provider has would stop nothing, and look as if it did.
        SwitchNames.Provider(order.Name) is { } name && providers?.All.Contains(name, StringComparer.Ordinal) != true ? Task.FromResult<Outcome<SwitchView>>(RefusalCode.SwitchUnknown)
            : Act(state => state.Throw(operation, order, by, clock.GetUtcNow()), thrown => log.Thrown(thrown.Name, thrown.EndsAt, by.Staff));

    public Task<Outcome<SwitchView>> TakeBack(string operation, string name, StaffActor by, CancellationToken cancellation) =>
        Act(state => state.TakeBack(operation, name, by, clock.GetUtcNow()), ended => log.TakenBack(ended.Name, by.Staff));

    public Task<SwitchView[]> All(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<SwitchView[]>([.. State.Current(now), .. State.Thrown.Where(known => !known.IsThrown(now)), .. State.Past]);
    }

    public async Task<PublishedSwitches> Published(string? known, CancellationToken cancellation)
    {
        await NoteEnds(cancellation);
        // The row's own name, too: a restored database may count from a lower number again.
        var revision = FormattableString.Invariant($"{State.Revision}.{stored.Etag}");
        return new PublishedSwitches { Revision = revision, Ends = revision == known ? null : State.Thrown.ToDictionary(thrown => thrown.Name, thrown => thrown.EndsAt) };
    }

    public Task Watch(ISwitchWatcher watcher)
    {
        _watchers.Subscribe(watcher, watcher);
        return Task.CompletedTask;
    }

    // Asked every two seconds by every process, so that an end is noted within as much of its instant. Who asks must hear what is thrown even while
    // nothing can be noted; the next one tries again.
    private async Task NoteEnds(CancellationToken cancellation)
    {
        var (next, ended) = State.Lapsed(clock.GetUtcNow());
        if (ended.Length == 0) return;
        try
        {
            foreach (var view in ended) await audit.Append(new AuditNote(AuditNote.System, "switch.end", view.Name, IAuditLog.Done, view.Operation, ""), cancellation);
        }
        catch (Exception failure) when (IAuditLog.CouldNotWrite(failure))
        {
            log.EndNotNoted(failure.GetType().Name);
            return;
        }
        await this.Keep(stored, next.Bounded());
        foreach (var view in ended) log.Ended(view.Name, view.EndsAt);
    }

    private async Task<Outcome<SwitchView>> Act(Func<SwitchesState, (SwitchesState Next, Outcome<SwitchView> Outcome)> decide, Action<SwitchView> done)
    {
        var (next, outcome) = decide(State);
        if (ReferenceEquals(next, State)) return outcome;
        await this.Keep(stored, next.Bounded());
        done(outcome.Value!);
        await _watchers.Notify(watcher => watcher.Changed());
        return outcome;
    }
}

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Warning, "Switch {Name} is thrown until {EndsAt} by {Staff}")]
    public static partial void Thrown(this ILogger log, string name, DateTimeOffset endsAt, string staff);

    [LoggerMessage(6004, LogLevel.Warning, "Switch {Name} ended by itself at {EndsAt}")]
    public static partial void Ended(this ILogger log, string name, DateTimeOffset endsAt);

    [LoggerMessage(6005, LogLevel.Warning, "The end of a switch could not be noted in the audit ({Failure}); trying again")]
    public static partial void EndNotNoted(this ILogger log, string failure);

    [LoggerMessage(6002, LogLevel.Warning, "Switch {Name} is taken back by {Staff}")]
    public static partial void TakenBack(this ILogger log, string name, string staff);
}
