using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Ledger;
using AiCloud.Staff;
using AiCloud.Storage;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;

namespace AiCloud.NoticeMailings;

[GrainType("notice-mailing")]
internal sealed class NoticeMailingGrain(
    [PersistentState("notice-mailing", StorageNames.State)] IPersistentState<NoticeMailingState> stored,
    ILedgerStore directory, SwitchBoard switches, TimeProvider clock, ILogger<NoticeMailingGrain> log) : Grain, INoticeMailingGrain, IRemindable
{
    private const string Reminder = "go-on";
    private const int AtOnce = 8, Patience = 5;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Again = TimeSpan.FromMinutes(1);
    private IGrainTimer? _timer;
    private int _stuck; // seconds in which the first account of the page could not be asked

    private NoticeMailingState State => stored.State;
    private (string Kind, string Version) Key => this.GetPrimaryKeyString().Split('~') is [var kind, var version] ? (kind, version) : ("", "");

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Run();

    public async Task<Outcome<NoticeMailing>> Start(StaffActor staff, int perSecond, CancellationToken cancellation)
    {
        if (State.View() is { } begun) return begun;
        ArgumentOutOfRangeException.ThrowIfNotEqual(perSecond, Paced(perSecond));
        var now = clock.GetUtcNow();
        if (await Announced(cancellation) is not { } version) return RefusalCode.NotFound;
        if (version.EffectiveAt <= now) return RefusalCode.AlreadyInForce;
        await this.Keep(stored, State with { Phase = NoticeMailingPhase.Running, PerSecond = perSecond, StartedBy = staff, StartedAt = now });
        log.Begun(Key.Kind, Key.Version, perSecond);
        await Run();
        return State.View()!;
    }

    public async Task<Outcome<NoticeMailing>> Steer(int? perSecond, bool? paused, CancellationToken cancellation)
    {
        if (State.Phase is null) return RefusalCode.NotFound;
        if (State.Phase is not (NoticeMailingPhase.Running or NoticeMailingPhase.Paused)) return State.View()!;
        var phase = paused switch { true => NoticeMailingPhase.Paused, false => NoticeMailingPhase.Running, null => State.Phase };
        if (phase == State.Phase && (perSecond ?? State.PerSecond) == State.PerSecond) return State.View()!;
        await this.Keep(stored, State with { Phase = phase, PerSecond = Paced(perSecond ?? State.PerSecond) });
        await Run();
        return State.View()!;
    }

    public Task<Outcome<NoticeMailing>> Progress(CancellationToken cancellation) =>
        Task.FromResult<Outcome<NoticeMailing>>(State.View() is { } view ? view : RefusalCode.NotFound);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Run();

    public async Task<int> GoOn()
    {
        if (State.Phase != NoticeMailingPhase.Running || switches.IsPaused(SendPurposes.DocumentChange)) return 0;
        var now = clock.GetUtcNow();
        if (await Announced(CancellationToken.None) is not { } version || version.EffectiveAt <= now)
        {
            await End(NoticeMailingPhase.Overtaken, now);
            return 0;
        }
        var page = await directory.Listed(State.After, State.PerSecond);
        var notice = new ChangeNotice { Document = version.Reference, Titles = version.Titles, EffectiveAt = version.EffectiveAt };
        var answers = new List<(string Account, ChangeNoticeResult? Result)>();
        foreach (var some in page.Chunk(AtOnce)) answers.AddRange(await Task.WhenAll(some.Select(account => Ask(account, notice))));

        var before = State.After;
        await this.Keep(stored, State.Asked(answers, giveUp: _stuck >= Patience));
        _stuck = page.Count > 0 && State.After == before ? _stuck + 1 : 0;
        if (page.Count == 0) await End(NoticeMailingPhase.Finished, now);
        return page.Count;
    }

    private async Task<(string Account, ChangeNoticeResult? Result)> Ask(string account, ChangeNotice notice)
    {
        try
        {
            return (account, await Repeatable.Call(() => GrainFactory.GetGrain<IAccountGrain>(account).Tell(notice)));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException) // one account that cannot be asked must not end the mailing
        {
            log.NotAsked(account, failure.GetType().Name);
            return (account, null);
        }
    }

    private async Task<DocumentVersion?> Announced(CancellationToken cancellation) =>
        (await GrainFactory.GetGrain<IDocumentGrain>(Key.Kind).Versions(cancellation)).FirstOrDefault(version => version.Version == Key.Version);

    private async Task End(NoticeMailingPhase phase, DateTimeOffset now)
    {
        await this.Keep(stored, State.Ended(phase, now));
        log.Ended(Key.Kind, Key.Version, phase, State.Told, State.Passed, State.Failed);
        await Run();
    }

    /// <summary>Timer and reminder stand exactly while it runs. The reminder brings it back after its silo was lost.</summary>
    private async Task Run()
    {
        if (State.Phase == NoticeMailingPhase.Running)
        {
            _timer ??= this.RegisterGrainTimer(() => GoOn(), new GrainTimerCreationOptions(Second, Second) { KeepAlive = true });
            if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Again, Again);
            return;
        }
        _timer?.Dispose();
        _timer = null;
        if (State.Phase is not null && await this.GetReminder(Reminder) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private static int Paced(int perSecond) => Math.Clamp(perSecond, 1, NoticeMailing.FastestPerSecond);
}

internal static partial class Log
{
    [LoggerMessage(5201, LogLevel.Information, "Notices of {Kind} {Version}: begun at {PerSecond} a second")]
    public static partial void Begun(this ILogger log, string kind, string version, int perSecond);

    [LoggerMessage(5202, LogLevel.Information, "Notices of {Kind} {Version}: {Phase}; {Told} told, {Passed} passed over, {Failed} given up")]
    public static partial void Ended(this ILogger log, string kind, string version, NoticeMailingPhase phase, long told, long passed, long failed);

    [LoggerMessage(5203, LogLevel.Warning, "Account {Account} could not be asked to give notice ({Failure})")]
    public static partial void NotAsked(this ILogger log, string account, string failure);
}
