using System.Data.Common;
using AiCloud.Storage;

namespace AiCloud.Staff;

/// <summary>
/// What staff did, tried and were refused: rows that nothing changes or deletes. An act is noted twice, as <see cref="Intended"/> before it is
/// begun and with what it came to before it is answered. A crash between the two leaves the first alone: it names the operation, and the state
/// of what was acted on keeps the operations that it carried out.
/// </summary>
public interface IAuditLog
{
    /// <summary>Outcome of the first note.</summary>
    const string Intended = "intended";

    /// <summary>Outcome of an act that was carried out.</summary>
    const string Done = "done";

    /// <summary>Adds an entry with the database's instant; the same one again adds nothing.</summary>
    Task Append(AuditNote note, CancellationToken cancellation = default);

    /// <summary>Whether an <see cref="Append"/> failed for want of a place to write to: table or second place, here or behind a call.</summary>
    static bool CouldNotWrite(Exception failure) => failure is IOException or DbException or StorageFailedException;

    /// <summary>At most <paramref name="limit"/> entries with a number above <paramref name="after"/>, in order. None appears later below one that was read.</summary>
    Task<AuditEntry[]> Read(long after, int limit, CancellationToken cancellation = default);
}

/// <summary>An entry to be. Opaque ids, kinds and labels only: no personal data.</summary>
/// <param name="Staff">Staff id, or <c>system</c>.</param>
/// <param name="Action">What.</param>
/// <param name="Target">To what.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Operation">The act's operation id.</param>
/// <param name="Trace">Trace of the request.</param>
public sealed record AuditNote(string Staff, string Action, string Target, string Outcome, string Operation, string Trace)
{
    /// <summary>Characters of a target that are kept.</summary>
    public const int LongestTarget = 200;

    /// <summary>Staff of entries that no member caused.</summary>
    public const string System = "system";
}
