using AiCloud.Hosting;

namespace AiCloud.Isolation;

/// <summary>
/// Ends a silo that alone has lost the database. The others hear it well, so membership would keep it for ever, and everybody whose actor lives here would be
/// refused for as long.
/// </summary>
internal sealed class IsolationWatch(IDatabasePulse pulse, IWitnesses witnesses, ClusterSettings cluster, IFatalErrorHandler end, TimeProvider clock, ILogger<IsolationWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly long _start = clock.GetTimestamp();
    private Separation _separation;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Period, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Look(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>One look at both sides.</summary>
    internal async Task Look(CancellationToken stopping)
    {
        var here = await pulse.Answers(stopping);
        var elsewhere = !here && await Elsewhere(stopping);
        var now = clock.GetElapsedTime(_start);
        _separation = _separation.After(here, elsewhere, now);
        if (!_separation.HasLasted(cluster.AloneWithoutStorage, now) || stopping.IsCancellationRequested) return;
        log.Alone(cluster.AloneWithoutStorage);
        end.OnFatalException(this, "This silo alone has lost the database.", null);
    }

    // Whatever goes wrong with asking is no evidence, and no reason to end: a service that fails would end the whole process.
    private async Task<bool> Elsewhere(CancellationToken stopping)
    {
        try
        {
            return await witnesses.Reach(stopping);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            log.NoWitness(failure.GetType().Name);
            return false;
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(5606, LogLevel.Critical, "The database has answered other silos and not this one for {Limit}: this silo ends, so that they take up its actors")]
    public static partial void Alone(this ILogger log, TimeSpan limit);

    [LoggerMessage(5616, LogLevel.Warning, "The database does not answer this silo, and whether it answers others cannot be asked ({Failure})")]
    public static partial void NoWitness(this ILogger log, string failure);
}
