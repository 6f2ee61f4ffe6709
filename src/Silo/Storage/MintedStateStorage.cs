using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace AiCloud.Storage;

/// <summary>
/// Stands between the grains and Orleans' ADO.NET storage. Answers "no record" for a key minted in this very call, gives every key the
/// form that keeps it a text, names failures in words of ours, and is the one place where a row's shard is chosen.
/// </summary>
internal sealed class MintedStateStorage(IGrainStorage onlyShard, IActivatorProvider activators) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (!Minted.Is(grainId.Key.ToString()!)) return StorageFailures.Translate(Shard(grainId).ReadStateAsync(stateName, Row(grainId), grainState, cancellationToken));
        grainState.State = activators.GetActivator<T>().Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        StorageFailures.Translate(Shard(grainId).WriteStateAsync(stateName, Row(grainId), grainState, cancellationToken));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        StorageFailures.Translate(Shard(grainId).ClearStateAsync(stateName, Row(grainId), grainState, cancellationToken));

    // State, dirty, ledger and directory of a row live together; today they all live in one database.
    private IGrainStorage Shard(GrainId grainId) => onlyShard;

    // The ADO.NET storage takes 32 hexadecimal digits for a GUID, fewer for a number and what follows a '+' for an extension: the keys
    // "a", "A" and "0a" would share a row. With the mark a key is a text and nothing else; the statements take it off again.
    private static GrainId Row(GrainId grainId) => GrainId.Create(grainId.Type, IdSpan.Create("=" + grainId.Key));
}
