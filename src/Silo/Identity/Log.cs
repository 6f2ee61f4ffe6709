namespace AiCloud.Identity;

internal static partial class Log
{
    [LoggerMessage(5901, LogLevel.Warning, "Check {Request}: no answer ({Fault}); it is asked again")]
    public static partial void NoAnswer(this ILogger log, string request, string fault);

    [LoggerMessage(5902, LogLevel.Error, "Check {Request}: the answer is rightly signed and cannot be read as the protocol says; it is asked again")]
    public static partial void UnknownAnswer(this ILogger log, string request);
}
