using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace AiCloud.Storage;

/// <summary>What goes wrong with a write.</summary>
public enum WriteFault
{
    /// <summary>It fails before it reaches the database.</summary>
    Before = 1,
    /// <summary>It is kept, and its acknowledgement is lost.</summary>
    After = 2,
}

/// <summary>Makes writes fail when told to, and counts them. Stands where the product's storage is asked for.</summary>
public sealed class StorageFaults
{
    private readonly ConcurrentDictionary<(string State, string Key), ConcurrentQueue<WriteFault>> _faults = new();
    private readonly ConcurrentDictionary<(string State, string Key), int> _writes = new();

    /// <summary>The next write of this row fails; several calls queue up.</summary>
    public void FailNext(string stateName, string key, WriteFault fault) => _faults.GetOrAdd((stateName, key), _ => new()).Enqueue(fault);

    /// <summary>Writes tried at a row so far.</summary>
    public int Writes(string stateName, string key) => _writes.GetValueOrDefault((stateName, key));

    internal void Decorate(IServiceCollection services, string name)
    {
        var original = services.Last(service => service.IsKeyedService && service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, name));
        services.Remove(original);
        services.AddKeyedSingleton<IGrainStorage>(name, (provider, key) => new FlakyStorage(this, (IGrainStorage)(
            original.KeyedImplementationFactory?.Invoke(provider, key) ?? original.KeyedImplementationInstance
            ?? ActivatorUtilities.CreateInstance(provider, original.KeyedImplementationType!))));
    }

    private async Task Write(string stateName, GrainId id, Func<Task> write)
    {
        var row = (stateName, id.Key.ToString()!);
        _writes.AddOrUpdate(row, 1, (_, count) => count + 1);
        if (!_faults.TryGetValue(row, out var queue) || !queue.TryDequeue(out var fault))
        {
            await write();
            return;
        }
        if (fault == WriteFault.After) await write();
        throw new OrleansException($"A write that the test made fail ({fault}).");
    }

    private sealed class FlakyStorage(StorageFaults faults, IGrainStorage inner) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            faults.Write(stateName, grainId, () => inner.WriteStateAsync(stateName, grainId, grainState));

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            faults.Write(stateName, grainId, () => inner.ClearStateAsync(stateName, grainId, grainState));
    }
}
