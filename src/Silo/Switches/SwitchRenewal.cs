using AiCloud.Health;
using AiCloud.Hosting;

namespace AiCloud.Switches;

/// <summary>Keeps this process's copy of the switches fresh.</summary>
internal sealed class SwitchRenewal(SwitchBoard board, IGrainFactory grains, ILogger<SwitchRenewal> log) : WatchedCopy(TimeSpan.FromSeconds(2)), ISwitchWatcher
{
    private ISwitchWatcher? _reference;

    private ISwitchesGrain Switches => grains.GetGrain<ISwitchesGrain>(ISwitchesGrain.Key);

    Task ISwitchWatcher.Changed() => Changed();

    // Orleans holds it weakly; the host holds this service.
    protected override Task Watch() => Switches.Watch(_reference ??= grains.CreateObjectReference<ISwitchWatcher>(this));

    protected override async Task Renew(CancellationToken stopping) => board.Take(await Switches.Published(board.Revision, stopping));

    protected override void Failed(string failure) => log.NotRenewed(failure);
}

/// <summary>The switches are known: before that, what is stopped would go on.</summary>
internal sealed class SwitchesReadiness(SwitchBoard board) : IReadinessCheck
{
    public string Name => "switches";

    public bool IsKnownAtOnce => true;

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(board.IsKnown);
}

internal static partial class Log
{
    [LoggerMessage(6003, LogLevel.Warning, "The switches could not be read ({Failure}); the copy in memory stays in use")]
    public static partial void NotRenewed(this ILogger log, string failure);
}
