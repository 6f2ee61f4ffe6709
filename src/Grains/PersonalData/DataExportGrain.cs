using AiCloud.Storage;

namespace AiCloud.PersonalData;

/// <summary>What was collected for one copy. Key: the copy's id.</summary>
[Alias("aicloud.grain.data-export")]
internal interface IDataExportGrain : IGrainWithStringKey
{
    /// <summary>Keeps what was collected until an instant. A repeat replaces it.</summary>
    [Alias("keep")] Task Keep(byte[] sealedData, DateTimeOffset until, CancellationToken cancellation = default);

    /// <summary>What was collected; null when it is gone.</summary>
    [Alias("read")] Task<byte[]?> Read(CancellationToken cancellation = default);

    /// <summary>Lets go of it before its time.</summary>
    [Alias("erase")] Task Erase(CancellationToken cancellation = default);
}

/// <summary>What was collected, compressed and sealed under the account key, until a sweeper erases the row.</summary>
public sealed record DataExportState : IStoredState
{
    /// <summary>Compressed JSON, sealed.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>When it goes.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => ExpiresAt;
}

[GrainType("data-export")]
internal sealed class DataExportGrain([PersistentState("data-export", StorageNames.State)] IPersistentState<DataExportState> stored, TimeProvider clock) : Grain, IDataExportGrain
{
    public Task Keep(byte[] sealedData, DateTimeOffset until, CancellationToken cancellation) =>
        this.Keep(stored, new DataExportState { Sealed = sealedData, ExpiresAt = until });

    public Task<byte[]?> Read(CancellationToken cancellation) =>
        Task.FromResult(stored.State.ExpiresAt > clock.GetUtcNow() ? stored.State.Sealed : null);

    public Task Erase(CancellationToken cancellation) => stored.RecordExists ? this.Erase(stored) : Task.CompletedTask;
}
