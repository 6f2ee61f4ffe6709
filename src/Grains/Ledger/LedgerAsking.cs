using AiCloud.Accounts;
using Microsoft.Extensions.Logging;

namespace AiCloud.Ledger;

/// <summary>Asks accounts to hand their entries over, some at once, so that they share batches.</summary>
internal static class LedgerAsking
{
    /// <summary>One account that cannot answer must not hold up the others: it stays marked and comes again.</summary>
    public static async Task Ask(IGrainFactory grains, IEnumerable<string> accounts, int atOnce, ILogger log)
    {
        foreach (var some in accounts.Chunk(atOnce)) await Task.WhenAll(some.Select(Ask));

        async Task Ask(string account)
        {
            try
            {
                await grains.GetGrain<IAccountGrain>(account).Flush();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.StaysMarked(account, failure.GetType().Name);
            }
        }
    }
}
