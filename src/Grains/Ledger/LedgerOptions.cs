using System.ComponentModel.DataAnnotations;

namespace AiCloud.Ledger;

/// <summary>How entries get from the accounts into the ledger. Section <c>AiCloud:Ledger</c>.</summary>
public sealed class LedgerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Ledger";

    /// <summary>Accounts in one transaction of the flusher. Larger batches cost less each and hold the database for longer.</summary>
    [Range(1, 1000)] public int Batch { get; set; } = 200;

    /// <summary>How long the flusher waits for company before it flushes. Nobody waits for it but the ledger.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")] public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Accounts that may wait in one silo's memory, at some kilobytes each. What finds no place is taken up by reminder.</summary>
    [Range(100, 100_000)] public int Queue { get; set; } = 10_000;

    /// <summary>How long entries may wait before the reminder takes them up. Too short: it asks accounts whose entries are on their way.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")] public TimeSpan DriveAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Accounts of a release without a ledger that begin their chains in one minute. More of them load the database beside its daily work.</summary>
    [Range(10, 100_000)] public int FillPerMinute { get; set; } = 3000;

    /// <summary>Accounts that are asked at once by the reminders.</summary>
    [Range(1, 256)] public int AskedAtOnce { get; set; } = 16;
}
