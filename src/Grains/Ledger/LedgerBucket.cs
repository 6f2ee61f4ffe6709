using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Ledger;

/// <summary>Accounts are dealt into 65,536 buckets, so that a checkpoint sums up anew only where something changed.</summary>
public static class LedgerBucket
{
    /// <summary>How many there are; never changed, since proofs spell the bucket.</summary>
    public const int Count = 65_536;

    /// <summary>The first 16 bits of SHA-256 over the account's key in UTF-8.</summary>
    public static int Of(string account)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(account), digest);
        return (digest[0] << 8) | digest[1];
    }
}
