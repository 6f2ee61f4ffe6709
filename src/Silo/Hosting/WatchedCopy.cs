using System.Diagnostics;

namespace AiCloud.Hosting;

/// <summary>
/// Keeps this process's copy of what an actor holds fresh: at once when the actor says that something changed, and on a short period, since such a
/// word can get lost.
/// </summary>
/// <param name="period">How long a lost word may stay unnoticed.</param>
internal abstract class WatchedCopy(TimeSpan period) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), WatchAgain = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _changed = new(0);

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    /// <summary>What comes before the first reading. Repeated until it succeeds, as everything here.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;

    /// <summary>Asks to be told of changes, again and again: an actor that moved has forgotten who asked.</summary>
    protected abstract Task Watch();

    /// <summary>Reads what there is.</summary>
    protected abstract Task Renew(CancellationToken stopping);

    /// <summary>Hears the kind of each failure; the copy in memory stays in use.</summary>
    protected abstract void Failed(string failure);

    /// <summary>The actor's word.</summary>
    protected Task Changed()
    {
        _changed.Release();
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await UntilDone(Prepare, stoppingToken);
            long? watched = null;
            while (true)
            {
                if (watched is not { } since || Stopwatch.GetElapsedTime(since) >= WatchAgain)
                {
                    await UntilDone(Watch, stoppingToken);
                    watched = Stopwatch.GetTimestamp();
                }
                await UntilDone(() => Renew(stoppingToken), stoppingToken);
                await _changed.WaitAsync(period, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private Task UntilDone(Func<Task> act, CancellationToken stopping) => Patience.UntilDone(act, Pause, Failed, stopping);
}
