namespace AiCloud.Clock;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's clock could not be read; the former offset stays in force.")]
    internal static partial void ClockNotMeasured(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock jumped by {Drift} against the database's; the offset is now {Offset}. This process is not ready until a measurement agrees.")]
    internal static partial void ClockJumped(this ILogger log, TimeSpan drift, TimeSpan offset);
}
