using Microsoft.Extensions.Logging;

namespace AiCloud.Accounts;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Account {Account}: prepared, but its contact went to another completion or nobody; erased")]
    public static partial void Erased(this ILogger log, string account);

    [LoggerMessage(3002, LogLevel.Information, "Account {Account}: ended; its key is destroyed")]
    public static partial void Shredded(this ILogger log, string account);
}
