using Microsoft.Extensions.Logging;

namespace AiCloud.Documents;

internal static partial class Log
{
    [LoggerMessage(5101, LogLevel.Information, "Document {Kind} {Version}: announced, in force from {EffectiveAt:O}")]
    public static partial void Announced(this ILogger log, string kind, string version, DateTimeOffset effectiveAt);

    [LoggerMessage(5102, LogLevel.Information, "Document {Kind} {Version}: withdrawn")]
    public static partial void Withdrawn(this ILogger log, string kind, string version);

    [LoggerMessage(5103, LogLevel.Information, "Document {Kind} {Version}: in force since {EffectiveAt:O}")]
    public static partial void Activated(this ILogger log, string kind, string version, DateTimeOffset effectiveAt);

    [LoggerMessage(5104, LogLevel.Critical, "Document {Fault}: the row was edited outside the service and is not used")]
    public static partial void Unsound(this ILogger log, string fault);

    [LoggerMessage(5105, LogLevel.Warning, "Document {Kind}: nothing is announced or withdrawn while the clocks disagree (database {Database:O}, this silo {Silo:O}, last act {Latest:O})")]
    public static partial void ClocksDisagree(this ILogger log, string kind, DateTimeOffset database, DateTimeOffset silo, DateTimeOffset latest);

    [LoggerMessage(5106, LogLevel.Warning, "Document {Kind}: that a version came into force could not be noted in the audit ({Failure}); trying again")]
    public static partial void ActivationNotNoted(this ILogger log, string kind, string failure);

    [LoggerMessage(5107, LogLevel.Information, "Document {Kind} {Version}: another text of this version ships with this build; the one that is kept stays the one in force")]
    public static partial void ShippedDiffers(this ILogger log, string kind, string version);
}
