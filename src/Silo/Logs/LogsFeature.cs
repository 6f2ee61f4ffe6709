using AiCloud.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace AiCloud.Logs;

/// <summary>Where log lines go and how they look.</summary>
internal static class LogsFeature
{
    /// <summary>The process's own logs, in the format that is configured.</summary>
    public static ILoggingBuilder AddAccountsLogs(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddAccountsFilters();
        return Format(configuration) == LogFormat.Json ? logging.ClearProviders().AddEventSourceLogger().AddJsonLines() : logging;
    }

    /// <summary>Logs of what happens before there is a host: warnings only.</summary>
    public static ILoggerFactory OfStart(IConfiguration configuration)
    {
        var json = Format(configuration) == LogFormat.Json;
        return LoggerFactory.Create(logging => (json ? logging.AddJsonLines() : logging.AddSimpleConsole(console => console.SingleLine = true)).SetMinimumLevel(LogLevel.Warning));
    }

    /// <summary>Says a line to whoever started the process: as it is to a person, as a log line to a collector.</summary>
    public static void Announce(this IServiceProvider services, string line)
    {
        if (Format(services.GetRequiredService<IConfiguration>()) == LogFormat.Json) services.GetRequiredService<ILogger<LogsOptions>>().Announced(line);
        else Console.WriteLine(line);
    }

    private static LogFormat Format(IConfiguration configuration) => Start.Bound<LogsOptions>(configuration, LogsOptions.Section).Format
        ?? (string.Equals(configuration[$"{AccountsOptions.Section}:{nameof(AccountsOptions.Mode)}"], nameof(HostMode.Cluster), StringComparison.OrdinalIgnoreCase) ? LogFormat.Json : LogFormat.Text);

    private static ILoggingBuilder AddJsonLines(this ILoggingBuilder logging) =>
        logging.AddConsole(console => console.FormatterName = JsonLines.FormatterName).AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
}

internal static partial class Log
{
    [LoggerMessage(5613, LogLevel.Information, "{Line}")]
    public static partial void Announced(this ILogger log, string line);
}
