namespace AiCloud.Ledger;

internal static partial class SiloLog
{
    [LoggerMessage(6006, LogLevel.Warning, "The ledger's backlog could not be counted ({Failure})")]
    public static partial void BacklogUnknown(this ILogger log, string failure);

    [LoggerMessage(6007, LogLevel.Warning, "A reminder of the ledger could not be made ({Failure}); trying again")]
    public static partial void ReminderNotMade(this ILogger log, string failure);
}
