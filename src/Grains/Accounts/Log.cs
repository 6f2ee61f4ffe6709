using AiCloud.Identity;
using Microsoft.Extensions.Logging;

namespace AiCloud.Accounts;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Account {Account}: prepared, but its contact went to another completion or nobody; erased")]
    public static partial void Erased(this ILogger log, string account);

    [LoggerMessage(3101, LogLevel.Warning, "Account {Account}: the identity check failed ({Failure}); it is asked again")]
    public static partial void CheckFailed(this ILogger log, string account, string failure);

    [LoggerMessage(3102, LogLevel.Information, "Account {Account}: identity proven by {Method}")]
    public static partial void IdentityProven(this ILogger log, string account, IdentityMethod method);
}
