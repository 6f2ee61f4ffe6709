using Microsoft.Extensions.Logging;

namespace AiCloud.Expiry;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Debug, "Sweeper {Shard}: erased {Rows} rows")]
    public static partial void Swept(this ILogger log, int shard, int rows);

    [LoggerMessage(4002, LogLevel.Warning, "Account {Account} could not settle ({Failure}) and stays due")]
    public static partial void StaysDue(this ILogger log, string account, string failure);

    [LoggerMessage(4003, LogLevel.Warning, "Guardian invitation {Invitation} could not settle ({Failure}) and stays due")]
    public static partial void InvitationStaysDue(this ILogger log, string invitation, string failure);
}
