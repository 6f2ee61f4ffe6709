using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Staff;

/// <summary>The audit on PostgreSQL.</summary>
internal sealed class PostgreSqlAuditLog(Storage.Database database, IOptions<ClusterOptions> cluster) : IAuditLog
{
    private const long Lock = 0x41_69_43_6c_61_75_64; // any constant that nobody else locks in this database

    // One at a time, until its commit can be seen: numbers grow in the order of commits, so that a reader who goes on after the last number
    // that it saw misses nothing. Both statements travel together and are one transaction.
    private static readonly string Add = $"""
        SELECT pg_advisory_xact_lock({Lock});
        INSERT INTO audit (at, service, staff, action, target, outcome, operation, trace)
        VALUES (clock_timestamp(), @service, @Staff, @Action, @Target, @Outcome, @Operation, @Trace)
        ON CONFLICT (service, staff, operation, action, target, outcome) DO NOTHING
        """;

    private const string After = """
        SELECT number, at, staff, action, target, outcome, operation, trace FROM audit
        WHERE number > @after AND service = @service ORDER BY number LIMIT @limit
        """;

    public async Task Append(AuditNote note, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(Add, AuditRow.Of(note, cluster.Value.ServiceId), cancellationToken: cancellation));
    }

    public async Task<AuditEntry[]> Read(long after, int limit, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(long Number, DateTime At, string Staff, string Action, string Target, string Outcome, string Operation, string Trace)>(
            new CommandDefinition(After, new { after, limit, service = cluster.Value.ServiceId }, cancellationToken: cancellation));
        return [.. rows.Select(row => AuditRow.Entry(row.Number, new DateTimeOffset(row.At), (row.Staff, row.Action, row.Target, row.Outcome, row.Operation, row.Trace)))];
    }
}
