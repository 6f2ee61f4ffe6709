namespace AiCloud.Networks;

/// <summary>
/// The budget of one network prefix (IPv4 /24, IPv6 /64) for one kind of act. Key: <c>{act}.{keyed digest of the prefix}</c>.
/// Gateways lease in lots, so that the limit holds across gateways and restarts without a write per request (DESIGN §8).
/// </summary>
[Alias("aicloud.grain.network")]
public interface INetworkGrain : IGrainWithStringKey
{
    /// <summary>Leases up to <paramref name="wanted"/> acts of the window.</summary>
    /// <returns>How many were granted, possibly none, and when the window frees more.</returns>
    [Alias("lease")] Task<NetworkLease> Lease(string operation, int wanted, CancellationToken cancellation = default);
}

/// <summary>Acts leased to one gateway.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.network-lease")]
public sealed record NetworkLease
{
    /// <summary>How many acts the gateway may let pass.</summary>
    [Id(0)] public required int Granted { get; init; }
    /// <summary>When the window ends: unused acts lapse and the budget is whole again.</summary>
    [Id(1)] public required DateTimeOffset Until { get; init; }
}
