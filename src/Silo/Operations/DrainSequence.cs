namespace AiCloud.Operations;

/// <summary>
/// The order in which a process ends: not ready at once; serving on until load balancers have noticed; no new work; requests under way done;
/// and only then the host stops its services, the silo or client among them. The host's shutdown time-out bounds all of it.
/// </summary>
internal sealed class DrainSequence(Draining draining, TimeSpan delay, IHostApplicationLifetime lifetime, ILogger<DrainSequence> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(draining.Begin);
        return Task.CompletedTask;
    }

    // The host calls this, of every service, before it stops the first one.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        draining.Begin();
        log.Draining(delay);
        try
        {
            await Task.Delay(delay, cancellationToken);
            await draining.Close().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            log.DrainCutShort();
            _ = draining.Close();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static partial class Log
{
    [LoggerMessage(5601, LogLevel.Information, "Asked to end: not ready any more, and no new work in {Delay}")]
    public static partial void Draining(this ILogger log, TimeSpan delay);

    [LoggerMessage(5602, LogLevel.Warning, "The shutdown time-out passed with requests still under way")]
    public static partial void DrainCutShort(this ILogger log);
}
