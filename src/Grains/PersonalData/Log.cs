using Microsoft.Extensions.Logging;

namespace AiCloud.PersonalData;

internal static partial class Log
{
    [LoggerMessage(4301, LogLevel.Information, "A copy of what is held about account {Account} is ready")]
    public static partial void ExportReady(this ILogger log, string account);

    [LoggerMessage(4302, LogLevel.Warning, "Collecting what is held about account {Account} failed ({Failure}) and is begun again")]
    public static partial void ExportFailed(this ILogger log, string account, string failure);

    [LoggerMessage(4303, LogLevel.Error, "What is held about account {Account} has {Bytes} bytes, more than a copy may have; none was made")]
    public static partial void ExportTooLarge(this ILogger log, string account, int bytes);
}
