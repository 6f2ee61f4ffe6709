namespace AiCloud.Documents.Notices;

internal static partial class Log
{
    [LoggerMessage(5121, LogLevel.Error, "Version {Version} of {Kind} is announced, but the page {Page} does not show it or does not lead to its text")]
    public static partial void NotServed(this ILogger log, string kind, string version, string page);

    [LoggerMessage(5122, LogLevel.Warning, "The probe of {Kind} {Version} could not be reported ({Failure}); it is repeated")]
    public static partial void NotReported(this ILogger log, string kind, string version, string failure);
}
