using System.ComponentModel.DataAnnotations;

namespace AiCloud.Logs;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>For people in front of a terminal.</summary>
    Text = 1,
    /// <summary>One JSON object a line, with trace and span ids, for collectors.</summary>
    Json = 2,
}

/// <summary>Log lines on standard output. Section <c>AiCloud:Logs</c>. Levels are the platform's <c>Logging:LogLevel</c>.</summary>
public sealed class LogsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Logs";

    /// <summary>Text or Json. Absent: Json in a cluster, Text embedded.</summary>
    [EnumDataType(typeof(LogFormat))] public LogFormat? Format { get; set; }
}
