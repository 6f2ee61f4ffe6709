namespace AiCloud.Audit;

/// <summary>Where acts of staff and of the system are written beside the database. Section <c>AiCloud:Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Audit";

    /// <summary>
    /// Folder in which each start of a process makes a file of its own, only ever added to; every line is on the disk before the act goes on.
    /// Absent: standard output in a cluster, for whatever collects it; `audit` in the data folder embedded. Must exist in a cluster.
    /// </summary>
    public string? Folder { get; set; }
}
