using AiCloud.Storage;
using Microsoft.Extensions.Options;

namespace AiCloud.Networks;

/// <summary>What one network prefix leased in the window under way.</summary>
public sealed record NetworkState : IStoredState
{
    /// <summary>Acts leased.</summary>
    public int Leased { get; init; }

    /// <summary>End of the window; null before the first lease.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The newest request and what it got: a repeat gets the same.</summary>
    public NewestLease? Newest { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => Until + TimeSpan.FromMinutes(30); // by then no activation counts on the row

    /// <summary>Decides one lease.</summary>
    public (NetworkState Next, NetworkLease Lease) Take(string operation, int wanted, NetworkOptions limits, DateTimeOffset now)
    {
        if (Newest is { } newest && newest.Operation == operation) return (this, new NetworkLease { Granted = newest.Granted, Until = Until!.Value });
        var (leased, until) = Until is { } end && end > now ? (Leased, end) : (0, now + limits.Window);
        var granted = Math.Clamp(limits.PerNetwork - leased, 0, wanted);
        if (granted == 0) return (this, new NetworkLease { Granted = 0, Until = until });
        return (new NetworkState { Leased = leased + granted, Until = until, Newest = new NewestLease(operation, granted) },
            new NetworkLease { Granted = granted, Until = until });
    }
}

/// <summary>One lease.</summary>
public sealed record NewestLease(string Operation, int Granted);

[GrainType("network")]
internal sealed class NetworkGrain(
    [PersistentState("network", StorageNames.State)] IPersistentState<NetworkState> stored,
    IOptions<NetworkOptions> limits, TimeProvider clock) : Grain, INetworkGrain
{
    public async Task<NetworkLease> Lease(string operation, int wanted, CancellationToken cancellation)
    {
        var (next, lease) = stored.State.Take(operation, wanted, limits.Value, clock.GetUtcNow());
        await this.Keep(stored, next);
        return lease;
    }
}
