using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace AiCloud.Networks;

/// <summary>
/// This gateway's share of the budgets of network prefixes. Acts are leased in lots from the prefix's actor, so the limit holds over
/// all gateways and restarts at one actor call per lot. The first few of a window are counted afterwards (docs/decisions/0003).
/// </summary>
internal sealed class NetworkBudget(IGrainFactory grains, IOptions<NetworkOptions> options, TimeProvider clock)
{
    public const string Starts = "start", SignIns = "sign-in", Codes = "code";

    // Above this, prefixes whose window ended are forgotten; an attacker with more live prefixes costs actor calls, not memory.
    internal const int PrefixesMax = 50_000;
    private readonly ConcurrentDictionary<string, Share> _shares = new();
    private long _crowdedUntil; // ticks

    /// <summary>Takes one act of a prefix.</summary>
    public async ValueTask<Refusal?> Take(string act, Caller caller, CancellationToken cancellation)
    {
        var limits = options.Value;
        if (limits.PerNetwork == 0) return null;
        var key = $"{act}.{caller.NetworkKey}";
        if (_shares.Count > PrefixesMax) Forget();
        var share = _shares.GetOrAdd(key, _ => new Share());
        while (true)
        {
            Task leasing;
            lock (share)
            {
                var now = clock.GetUtcNow();
                if (now >= share.Until && limits.Unleased > 0 && now.UtcTicks >= Volatile.Read(ref _crowdedUntil)) (share.Left, share.Owed, share.Until) = (limits.Unleased, limits.Unleased, now + limits.Window);
                if (share.Left > 0 && now < share.Until)
                {
                    share.Left--;
                    return null;
                }
                if (now < share.SpentUntil) return new Refusal(RefusalCode.NetworkLimit, share.SpentUntil - now);
                // One lease at a time for a prefix: whoever comes meanwhile waits for the same one.
                leasing = share.Leasing is { IsCompleted: false } underway ? underway : share.Leasing = Lease(key, share, limits.Lease, share.Owed);
            }
            await leasing.WaitAsync(cancellation);
        }
    }

    private async Task Lease(string key, Share share, int wanted, int owed)
    {
        await Task.Yield(); // out of the lock
        var operation = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        var lease = await Repeatable.Call(() => grains.GetGrain<INetworkGrain>(key).Lease(operation, wanted + owed));
        lock (share)
        {
            (share.Left, share.Owed, share.Until) = (Math.Max(0, lease.Granted - owed), 0, lease.Until);
            if (share.Left == 0) share.SpentUntil = lease.Until;
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, share) in _shares)
            if (share.Until <= now) _shares.TryRemove(key, out _);
        if (_shares.Count <= PrefixesMax) return;
        // What every prefix did is forgotten, so that none may begin a window anew: its actor knows. Set first, for whoever comes while all are cleared.
        Volatile.Write(ref _crowdedUntil, (now + options.Value.Window).UtcTicks);
        _shares.Clear();
    }

    private sealed class Share
    {
        public Task? Leasing;
        public int Left, Owed;
        public DateTimeOffset Until, SpentUntil;
    }
}
