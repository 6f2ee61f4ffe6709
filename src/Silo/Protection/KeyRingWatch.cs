using AiCloud.Hosting;
using AiCloud.Storage;
using Microsoft.Extensions.Options;

namespace AiCloud.Protection;

/// <summary>
/// Takes over new epochs when the key ring file changes, and says which ones this process holds, so that nobody promotes an epoch that some
/// process could not read. A file that is broken, another ring or not readable changes nothing: the keys in memory stay in use.
/// </summary>
internal sealed class KeyRingWatch(Start start, KeyRing ring, Envelope envelope, Database database, IOptions<KeysOptions> options, KeyMetrics metrics, ILogger<KeyRingWatch> log) : BackgroundService
{
    private readonly string _process = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..8]}";
    private readonly KeyHolders _holders = new(database);
    private string? _faultTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(options.Value.Reload);
            do await Look(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try { await _holders.Leave(_process); }
        catch (Exception failure) when (failure is System.Data.Common.DbException or TimeoutException) { log.NotSaid(failure.GetType().Name); }
    }

    private async Task Look(CancellationToken cancellation)
    {
        try
        {
            await Reload();
            metrics.Ring(usable: true);
            await Say(cancellation);
            _faultTold = null;
        }
        catch (KeyRingException refused)
        {
            metrics.Ring(usable: false);
            if (_faultTold != refused.Message) log.NotTakenOver(refused.Message);
            _faultTold = refused.Message;
            await Said(cancellation);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or TimeoutException or StorageFailedException)
        {
            log.NotSaid(failure.GetType().Name);
        }
    }

    // Versions of a vault's key are there for every process at once; only epochs of the ring have to be handed round.
    private Task Say(CancellationToken cancellation) =>
        _holders.Say(_process, envelope.CurrentEpoch, start.Vault is null ? ring.Epochs : [envelope.CurrentEpoch, .. ring.Epochs], cancellation);

    private async Task Said(CancellationToken cancellation)
    {
        try { await Say(cancellation); }
        catch (Exception failure) when (failure is System.Data.Common.DbException or TimeoutException) { log.NotSaid(failure.GetType().Name); }
    }

    private async Task Ask(TransitKeyEncryption vault)
    {
        try
        {
            await vault.Renew(CancellationToken.None);
            metrics.Vault(answers: true);
        }
        catch (KeysUnavailableException)
        {
            metrics.Vault(answers: false);
            throw;
        }
    }

    private async Task Reload()
    {
        if (start.Vault is { } vault) await Ask(vault);
        if (start.KeyFile is not { } file) return;
        var read = KeyRing.Load(file);
        if (read.CurrentEpoch == ring.CurrentEpoch && read.CheckValues().Keys.All(ring.CheckValues().ContainsKey)) return;
        // The database learns of a key before the first row is made with it.
        foreach (var key in await StartKeys.Verify(start.Database, read)) start.Audit.OfSystem("key.first-use", key);
        if (!ring.Adopt(read)) log.NeedsRestart();
        log.TakenOver(ring.CurrentEpoch, string.Join(' ', ring.Epochs));
    }
}

internal static partial class Log
{
    [LoggerMessage(5402, LogLevel.Information, "The key ring file changed: new data keys are wrapped under {Current}, and {Epochs} are held")]
    public static partial void TakenOver(this ILogger log, string current, string epochs);

    [LoggerMessage(5403, LogLevel.Error, "The key ring file changed and cannot be used; the keys in memory stay in use, a restart would be refused. {Reason}")]
    public static partial void NotTakenOver(this ILogger log, string reason);

    [LoggerMessage(5404, LogLevel.Warning, "The key ring file has other lookup or secrets keys; they count from the next restart")]
    public static partial void NeedsRestart(this ILogger log);

    [LoggerMessage(5405, LogLevel.Warning, "The key ring could not be looked at to the end: taken over, audited and said which epochs this process holds ({Failure}). It is tried again; until then no epoch can be promoted or retired")]
    public static partial void NotSaid(this ILogger log, string failure);
}
