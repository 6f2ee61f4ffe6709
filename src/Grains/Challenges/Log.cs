using Microsoft.Extensions.Logging;

namespace AiCloud.Challenges;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Warning, "Challenge {Challenge}: the channel failed with {Failure}; the message counts as sent, the person may ask again")]
    public static partial void DeliveryFailed(this ILogger log, string challenge, string failure);
}
