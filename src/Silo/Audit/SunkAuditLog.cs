using AiCloud.Staff;

namespace AiCloud.Audit;

/// <summary>The table of the audit with the sink in front of it.</summary>
internal sealed class SunkAuditLog(IAuditLog table, AuditSink sink) : IAuditLog
{
    public Task Append(AuditNote note, CancellationToken cancellation = default)
    {
        sink.Write(note, isInTable: true);
        return table.Append(note, cancellation);
    }

    public Task<AuditEntry[]> Read(long after, int limit, CancellationToken cancellation = default) => table.Read(after, limit, cancellation);
}
