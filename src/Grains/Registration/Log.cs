using Microsoft.Extensions.Logging;

namespace AiCloud.Registration;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "Registration {Registration}: the channel failed with {Failure}; the message counts as sent, the person may ask again")]
    public static partial void DeliveryFailed(this ILogger log, string registration, string failure);

    [LoggerMessage(2002, LogLevel.Information, "Registration {Registration}: account {Account} is open")]
    public static partial void Completed(this ILogger log, string registration, Guid account);

    [LoggerMessage(2003, LogLevel.Information, "Registration {Registration}: another completion of the contact came first")]
    public static partial void Overtaken(this ILogger log, string registration);
}
