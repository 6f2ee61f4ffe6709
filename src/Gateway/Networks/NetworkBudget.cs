using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace AiCloud.Networks;

/// <summary>
/// This gateway's share of the budgets of network prefixes. Acts are leased in lots from the prefix's actor, so the limit holds over
/// all gateways and restarts at one actor call per lot.
/// </summary>
internal sealed class NetworkBudget(IGrainFactory grains, IOptions<NetworkOptions> options, TimeProvider clock)
{
    public const string Starts = "start", SignIns = "sign-in";

    // Above this, prefixes whose window ended are forgotten; an attacker with more live prefixes costs actor calls, not memory.
    private const int PrefixesMax = 50_000;
    private readonly ConcurrentDictionary<string, Share> _shares = new();

    /// <summary>Takes one act of a prefix.</summary>
    public async ValueTask<Refusal?> Take(string act, Caller caller, CancellationToken cancellation)
    {
        var limits = options.Value;
        if (limits.PerNetwork == 0) return null;
        var key = $"{act}.{caller.NetworkKey}";
        if (_shares.Count > PrefixesMax) Forget();
        var share = _shares.GetOrAdd(key, _ => new Share());
        await share.One.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            if (share.Left == 0 || now >= share.Until)
            {
                if (share.Left == 0 && now < share.SpentUntil) return Refuse(share.SpentUntil - now);
                var lease = await grains.GetGrain<INetworkGrain>(key).Lease(Convert.ToHexString(RandomNumberGenerator.GetBytes(8)), limits.Lease, cancellation);
                (share.Left, share.Until) = (lease.Granted, lease.Until);
                if (lease.Granted == 0)
                {
                    share.SpentUntil = lease.Until;
                    return Refuse(lease.Until - now);
                }
            }
            share.Left--;
            return null;
        }
        finally
        {
            share.One.Release();
        }
    }

    private static Refusal Refuse(TimeSpan wait) => new(RefusalCode.NetworkLimit, wait);

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, share) in _shares)
            if (share.Until <= now) _shares.TryRemove(key, out _);
        if (_shares.Count > PrefixesMax) _shares.Clear();
    }

    private sealed class Share
    {
        public readonly SemaphoreSlim One = new(1);
        public int Left;
        public DateTimeOffset Until, SpentUntil;
    }
}
