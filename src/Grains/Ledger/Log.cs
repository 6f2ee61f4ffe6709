using Microsoft.Extensions.Logging;

namespace AiCloud.Ledger;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Error, "Account {Account}: the ledger does not hold entry {Number} as the account does; nothing of it is appended. Run \"ledger verify\" on it")]
    public static partial void Disagrees(this ILogger log, string account, int number);

    [LoggerMessage(6002, LogLevel.Warning, "Entries of {Accounts} accounts could not be flushed ({Failure}); the reminder takes them up")]
    public static partial void NotFlushed(this ILogger log, int accounts, string failure);

    [LoggerMessage(6003, LogLevel.Information, "Ledger shard {Shard}: {Accounts} accounts were asked to hand over again")]
    public static partial void Driven(this ILogger log, int shard, int accounts);

    [LoggerMessage(6004, LogLevel.Warning, "Account {Account} could not be asked for its entries ({Failure}) and stays marked")]
    public static partial void StaysMarked(this ILogger log, string account, string failure);

    [LoggerMessage(6005, LogLevel.Information, "Every open account has its chain in the ledger")]
    public static partial void Filled(this ILogger log);

    [LoggerMessage(6008, LogLevel.Information, "Checkpoint {Number} is signed, over {Accounts} chains")]
    public static partial void Checkpoint(this ILogger log, int number, long accounts);
}
