using AiCloud.Staff;
using AiCloud.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace AiCloud.Switches;

[GrainType("switches")]
internal sealed class SwitchesGrain([PersistentState("switches", StorageNames.State)] IPersistentState<SwitchesState> stored, TimeProvider clock, ILogger<SwitchesGrain> log)
    : Grain, ISwitchesGrain
{
    private readonly ObserverManager<ISwitchWatcher> _watchers = new(TimeSpan.FromMinutes(1), log);

    private SwitchesState State => stored.State;

    public Task<Outcome<SwitchView>> Throw(string operation, SwitchOrder order, StaffActor by, CancellationToken cancellation) =>
        Act(state => state.Throw(operation, order, by, clock.GetUtcNow()), thrown => log.Thrown(thrown.Name, thrown.EndsAt, by.Staff));

    public Task<Outcome<SwitchView>> TakeBack(string operation, string name, StaffActor by, CancellationToken cancellation) =>
        Act(state => state.TakeBack(operation, name, by, clock.GetUtcNow()), ended => log.TakenBack(ended.Name, by.Staff));

    public Task<SwitchView[]> All(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<SwitchView[]>([.. State.Current(now), .. State.Thrown.Where(known => !known.IsThrown(now)), .. State.Past]);
    }

    public Task<PublishedSwitches> Published(string? known, CancellationToken cancellation)
    {
        // The row's own name, too: a restored database may count from a lower number again.
        var revision = FormattableString.Invariant($"{State.Revision}.{stored.Etag}");
        return Task.FromResult(new PublishedSwitches { Revision = revision, Ends = revision == known ? null : State.Thrown.ToDictionary(thrown => thrown.Name, thrown => thrown.EndsAt) });
    }

    public Task Watch(ISwitchWatcher watcher)
    {
        _watchers.Subscribe(watcher, watcher);
        return Task.CompletedTask;
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

    [LoggerMessage(6002, LogLevel.Warning, "Switch {Name} is taken back by {Staff}")]
    public static partial void TakenBack(this ILogger log, string name, string staff);
}
