using AiCloud.Protection;
using Orleans.Runtime;
using Orleans.Storage;

namespace AiCloud.Storage;

/// <summary>
/// Opens the data keys of a state when it is read, and brings them under the current epoch when it is written (DESIGN §6): so no actor waits for a
/// vault in the middle of a decision, and what is in use moves to a new epoch by itself.
/// </summary>
internal sealed class KeyedStateStorage(IGrainStorage rows, Envelope envelope) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    // A vault that cannot be reached fails the read: the activation does not come to life, nothing is decided, and the caller hears 503.
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        await rows.ReadStateAsync(stateName, grainId, grainState, cancellationToken);
        if (grainState.State is IHoldsKeys holder) await envelope.Open(holder.HeldKeys(grainId.Key.ToString()!), cancellationToken);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (grainState.State is IHoldsKeys holder)
        {
            HeldKey[] keys = [.. holder.HeldKeys(grainId.Key.ToString()!)];
            if (keys.Any(held => envelope.NeedsRewrap(held.Key)) && await Rewrapped(keys, cancellationToken) is { } fresh)
                grainState.State = (T)holder.WithKeys(key => fresh.GetValueOrDefault(key, key));
        }
        await rows.WriteStateAsync(stateName, grainId, grainState, cancellationToken);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => rows.ClearStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        rows.ClearStateAsync(stateName, grainId, grainState, cancellationToken);

    // What cannot be re-wrapped now is next time, or by "keys rewrap"; the write that it came along with must not fail for it.
    private async Task<IReadOnlyDictionary<WrappedKey, WrappedKey>?> Rewrapped(HeldKey[] keys, CancellationToken cancellation)
    {
        try { return await envelope.Rewrap(keys, cancellation); }
        catch (KeysUnavailableException) { return null; }
    }
}
