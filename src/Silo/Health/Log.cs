namespace AiCloud.Health;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Readiness check {Check} failed with {Exception}")]
    public static partial void CheckFailed(ILogger logger, string check, string exception);
}
