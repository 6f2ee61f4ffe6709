namespace AiCloud.Problems;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "An unforeseen error ended the request to {Endpoint}; trace {TraceId}")]
    public static partial void Unforeseen(ILogger logger, string endpoint, string traceId, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Exception} made the request to {Endpoint} end as {Problem}; trace {TraceId}")]
    public static partial void Unavailable(ILogger logger, string exception, string endpoint, ProblemCode problem, string traceId);

    [LoggerMessage(3, LogLevel.Warning, "Refused with {Problem}, which {Endpoint} does not declare")]
    public static partial void UndeclaredRefusal(ILogger logger, ProblemCode problem, string? endpoint);

    [LoggerMessage(4, LogLevel.Error, "An unforeseen error ended a reply that had begun at {Endpoint}; trace {TraceId}")]
    public static partial void BrokenOff(ILogger logger, string endpoint, string traceId, Exception exception);
}
