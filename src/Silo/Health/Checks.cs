using AiCloud.Clock;
using AiCloud.Documents;
using AiCloud.Operations;
using AiCloud.Protection;
using AiCloud.Storage;

namespace AiCloud.Health;

/// <summary>This silo has joined: the others send it calls.</summary>
internal sealed class JoinedReadiness(ISiloStatusOracle silos) : IReadinessCheck
{
    public string Name => "cluster";

    public bool IsKnownAtOnce => true;

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(silos.CurrentStatus == SiloStatus.Active);
}

/// <summary>The database answers this process.</summary>
internal sealed class StorageReadiness(Database database) : IReadinessCheck
{
    public string Name => "storage";

    public async ValueTask<bool> IsReady(CancellationToken cancelled)
    {
        // Membership's connections: a jam in front of the state's says how busy the process is, not whether the database is there.
        await using var connection = await database.Membership.OpenConnectionAsync(cancelled);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        await command.ExecuteScalarAsync(cancelled);
        return true;
    }
}

/// <summary>The process was not asked to end.</summary>
internal sealed class DrainingReadiness(Draining draining) : IReadinessCheck
{
    public string Name => "draining";

    public bool IsKnownAtOnce => true;

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(!draining.HasBegun);
}

/// <summary>The clock can be trusted (DESIGN §3).</summary>
internal sealed class ClockReadiness(DatabaseClock clock) : IReadinessCheck
{
    public string Name => "clock";

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(clock.IsTrusted);
}

/// <summary>The documents in force are known.</summary>
internal sealed class DocumentsReadiness(DocumentCatalog catalog, TimeProvider clock) : IReadinessCheck
{
    public string Name => "documents";

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(DocumentCatalog.IsComplete(catalog.Current, clock.GetUtcNow()));
}

/// <summary>The public keys of evidence are known, those of former rings included.</summary>
internal sealed class EvidenceKeysReadiness(EvidenceKeys keys) : IReadinessCheck
{
    public string Name => "evidence-keys";

    public ValueTask<bool> IsReady(CancellationToken cancelled) => ValueTask.FromResult(keys.IsKnown);
}
