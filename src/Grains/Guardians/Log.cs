using AiCloud.Identity;
using Microsoft.Extensions.Logging;

namespace AiCloud.Guardians;

internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Information, "Guardian invitation {Invitation}: the responsibility for account {Account} was taken")]
    public static partial void Accepted(this ILogger log, string invitation, Guid account);

    [LoggerMessage(7002, LogLevel.Information, "Guardian invitation {Invitation} for account {Account} was declined (inviter unknown: {Unknown})")]
    public static partial void Declined(this ILogger log, string invitation, Guid account, bool unknown);

    [LoggerMessage(7003, LogLevel.Information, "Account {Account}: guardianship changed by {Act}")]
    public static partial void GuardianshipChanged(this ILogger log, string account, string act);

    [LoggerMessage(7004, LogLevel.Warning, "The channel failed with {Failure} for a message about a guardianship; it counts as sent")]
    public static partial void MessageFailed(this ILogger log, string failure);

    [LoggerMessage(7007, LogLevel.Warning, "Account {Account}: the place at a former guardian's contact could not be given up yet ({Failure})")]
    public static partial void PlaceStays(this ILogger log, string account, string failure);

    [LoggerMessage(7005, LogLevel.Warning, "Guardian invitation {Invitation}: the identity check failed ({Failure}); it is asked again")]
    public static partial void CheckFailed(this ILogger log, string invitation, string failure);

    [LoggerMessage(7006, LogLevel.Information, "Guardian invitation {Invitation}: the guardian's identity was proven by {Method}")]
    public static partial void IdentityProven(this ILogger log, string invitation, IdentityMethod method);
}
