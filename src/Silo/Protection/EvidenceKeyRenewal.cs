namespace AiCloud.Protection;

/// <summary>Publishes this process's signing keys before long, and keeps its copy of all others fresh.</summary>
internal sealed class EvidenceKeyRenewal(EvidenceKeys keys, ILogger<EvidenceKeyRenewal> log) : BackgroundService
{
    // A root comes into a ring long before it is promoted, so minutes are soon enough.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Period);
            do await Hosting.Patience.UntilDone(() => keys.Renew(stoppingToken), Pause, log.NotRenewed, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(5401, LogLevel.Warning, "The public keys of evidence could not be published or read ({Failure}); the copy in memory stays in use")]
    public static partial void NotRenewed(this ILogger log, string failure);
}
