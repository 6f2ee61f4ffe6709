using AiCloud.Staff;
using Orleans.Concurrency;

namespace AiCloud.Switches;

/// <summary>
/// The switches for emergencies: what is thrown, by whom, why and until when. One actor with the key <see cref="Key"/>; nobody asks it while serving,
/// since every process has a copy that is renewed on change and every two seconds. What a switch does is up to those who read the copy.
/// </summary>
[Alias("aicloud.grain.switches")]
public interface ISwitchesGrain : IGrainWithStringKey
{
    /// <summary>The actor's key.</summary>
    const string Key = "switches";

    /// <summary>
    /// Throws a switch, or changes reason and end of one that is thrown. Refuses <see cref="RefusalCode.SwitchUnknown"/> and
    /// <see cref="RefusalCode.SwitchEndInvalid"/> (an end in the past or more than 24 hours ahead). The same operation again answers the same.
    /// </summary>
    [Alias("throw")] Task<Outcome<SwitchView>> Throw(string operation, SwitchOrder order, StaffActor by, CancellationToken cancellation = default);

    /// <summary>Takes a switch back. Refuses <see cref="RefusalCode.NotFound"/> when it is not thrown. The same operation again answers the same.</summary>
    [Alias("take-back")] Task<Outcome<SwitchView>> TakeBack(string operation, string name, StaffActor by, CancellationToken cancellation = default);

    /// <summary>Switches that are thrown, and after them the last hundred that were, newest first.</summary>
    [Alias("all")] Task<SwitchView[]> All(CancellationToken cancellation = default);

    /// <summary>Those that are thrown, unless nothing changed since <paramref name="known"/> was told (null for a first call).</summary>
    [Alias("published")] Task<PublishedSwitches> Published(string? known, CancellationToken cancellation = default);

    /// <summary>Has a process told of each change at once. Lapses after a minute, so that whoever watches asks again before that.</summary>
    [Alias("watch")] Task Watch(ISwitchWatcher watcher);
}

/// <summary>Hears of changes of switches at once.</summary>
[Alias("aicloud.switch-watcher")]
public interface ISwitchWatcher : IGrainObserver
{
    /// <summary>A switch was thrown or taken back.</summary>
    [Alias("changed"), OneWay] Task Changed();
}

/// <summary>A switch to be thrown.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.switch-order")]
public sealed record SwitchOrder
{
    /// <summary>Which, as <see cref="SwitchNames"/> has them.</summary>
    [Id(0)] public required string Name { get; init; }
    /// <summary>Why, in words for colleagues: 1 to 500 characters. Told to staff only.</summary>
    [Id(1)] public required string Reason { get; init; }
    /// <summary>When it ends by itself: at most 24 hours ahead.</summary>
    [Id(2)] public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>A switch that is thrown, or was.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.switch-view")]
public sealed record SwitchView
{
    /// <summary>Which.</summary>
    [Id(0)] public required string Name { get; init; }
    /// <summary>Why.</summary>
    [Id(1)] public required string Reason { get; init; }
    /// <summary>Id of the member of staff who threw it.</summary>
    [Id(2)] public required string By { get; init; }
    /// <summary>When.</summary>
    [Id(3)] public required DateTimeOffset At { get; init; }
    /// <summary>When it ends by itself.</summary>
    [Id(4)] public required DateTimeOffset EndsAt { get; init; }
    /// <summary>The operation that threw it.</summary>
    [Id(5)] public required string Operation { get; init; }
    /// <summary>Id of the member who took it back or threw it anew; null while it is thrown and after its end.</summary>
    [Id(6)] public string? EndedBy { get; init; }
    /// <summary>When that was.</summary>
    [Id(7)] public DateTimeOffset? EndedAt { get; init; }
    /// <summary>The operation that took it back.</summary>
    [Id(8)] public string? EndOperation { get; init; }

    /// <summary>Whether it is in effect.</summary>
    public bool IsThrown(DateTimeOffset now) => EndedAt is null && now < EndsAt;
}

/// <summary>What a process needs to renew its copy.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.published-switches")]
public sealed record PublishedSwitches
{
    /// <summary>Names this state of things; opaque.</summary>
    [Id(0)] public required string Revision { get; init; }
    /// <summary>End of each thrown switch, by name; null when nothing changed since the revision that the caller knew.</summary>
    [Id(1)] public Dictionary<string, DateTimeOffset>? Ends { get; init; }
}
