namespace AiCloud.Shredding;

/// <summary>Accounts that were ended for good (C2.5e). Section <c>AiCloud:Shredding</c>.</summary>
public sealed class ShreddingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Shredding";

    /// <summary>
    /// Folder in which every process that ends accounts keeps its part of the list, a file each. It must outlive the process and be part of no backup of the database: a
    /// restore replays it (<c>shredded replay</c>). Absent: beside the database in the embedded mode; in a cluster no account can be ended without it.
    /// </summary>
    public string? ListFolder { get; set; }
}
