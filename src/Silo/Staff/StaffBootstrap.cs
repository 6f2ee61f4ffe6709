using AiCloud.Hosting;
using AiCloud.Protection;

namespace AiCloud.Staff;

/// <summary>
/// Has the first two members made when a silo starts. The register decides whether there is anything left to make, so that settings of a later
/// start are worth nothing to whoever wrote them.
/// </summary>
internal sealed class StaffBootstrap(IGrainFactory grains, Start start, StaffTokens tokens, IRandomness random, ILogger<StaffBootstrap> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (start.Mode == HostMode.Embedded) await UntilDone(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (start.Mode == HostMode.Cluster) await UntilDone(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private Task UntilDone(CancellationToken stopping) => Patience.UntilDone(() => Run(stopping), Pause, log.NotBootstrapped, stopping);

    private async Task Run(CancellationToken stopping)
    {
        var register = grains.GetGrain<IStaffRegisterGrain>(IStaffRegisterGrain.Key);
        var seeds = start.Staff.Given;
        if (start.Staff.MadeIn is { } file)
        {
            // Nothing is written for members who could not come in any more.
            if ((await register.BootstrapTokens(stopping)).Ended) return;
            seeds = StaffSeeds.Made(file, random);
        }
        if (seeds.Count == 0) return;
        var result = await register.Bootstrap([.. seeds.Select(seed => new StaffBootstrapMember
        {
            Name = seed.Name.Trim(),
            Id = DerivedIds.New(random),
            Digest = tokens.Digest(seed.Token),
            Digests = tokens.Digests(seed.Token),
        })], stopping);
        if (result.Made > 0) log.Made(result.Made);
        if (result.Ignored > 0) log.Ignored(result.Ignored);
    }
}

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "Bootstrap made {Count} members of staff")]
    public static partial void Made(this ILogger log, int count);

    [LoggerMessage(6002, LogLevel.Warning, "Bootstrap of staff has ended; {Count} members that the settings name were not made")]
    public static partial void Ignored(this ILogger log, int count);

    [LoggerMessage(6003, LogLevel.Warning, "The first members of staff could not be made ({Failure}); trying again")]
    public static partial void NotBootstrapped(this ILogger log, string failure);
}
