using AiCloud.Identity;
using Microsoft.Extensions.Logging;

namespace AiCloud.Accounts;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Account {Account}: prepared, but its contact went to another completion or nobody; erased")]
    public static partial void Erased(this ILogger log, string account);

    [LoggerMessage(3101, LogLevel.Warning, "Account {Account}: the identity check failed ({Failure}); it is asked again")]
    public static partial void CheckFailed(this ILogger log, string account, string failure);

    [LoggerMessage(3103, LogLevel.Warning, "Account {Account}: its only contact went to somebody else; nobody can sign in, and customer service has to settle it")]
    public static partial void Contactless(this ILogger log, string account);

    [LoggerMessage(3102, LogLevel.Information, "Account {Account}: identity proven by {Method}")]
    public static partial void IdentityProven(this ILogger log, string account, IdentityMethod method);

    [LoggerMessage(3002, LogLevel.Warning, "Account {Account}: \"this was not me\" to {Notice}; sessions ended, changes stopped")]
    public static partial void Objected(this ILogger log, string account, Objections.AlarmKind notice);

    [LoggerMessage(3003, LogLevel.Warning, "Account {Account}: a notice could not be handed over ({Failure})")]
    public static partial void NoticeFailed(this ILogger log, string account, string failure);
    [LoggerMessage(3004, LogLevel.Information, "Account {Account}: ended; its key is destroyed")]
    public static partial void Shredded(this ILogger log, string account);
}
