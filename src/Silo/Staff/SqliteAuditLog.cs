using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace AiCloud.Staff;

/// <summary>The audit on SQLite, where the process's clock is the database's and writers come one at a time.</summary>
internal sealed class SqliteAuditLog(Storage.Database database, IOptions<ClusterOptions> cluster, TimeProvider clock) : IAuditLog
{
    private const string Add = """
        INSERT INTO audit (at, service, staff, action, target, outcome, operation, trace)
        SELECT @At, @service, @Staff, @Action, @Target, @Outcome, @Operation, @Trace
        WHERE NOT EXISTS (
            SELECT 1 FROM audit WHERE service = @service AND staff = @Staff AND operation = @Operation
                AND action = @Action AND target = @Target AND outcome = @Outcome)
        """;

    private const string After = """
        SELECT number, at, staff, action, target, outcome, operation, trace FROM audit
        WHERE number > @after AND service = @service ORDER BY number LIMIT @limit
        """;

    public async Task Append(AuditNote note, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        var row = AuditRow.Of(note, cluster.Value.ServiceId);
        row.Add("At", clock.GetUtcNow().ToUnixTimeMilliseconds());
        await connection.ExecuteAsync(new CommandDefinition(Add, row, cancellationToken: cancellation));
    }

    public async Task<AuditEntry[]> Read(long after, int limit, CancellationToken cancellation = default)
    {
        await using var connection = await database.State.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(long Number, long At, string Staff, string Action, string Target, string Outcome, string Operation, string Trace)>(
            new CommandDefinition(After, new { after, limit, service = cluster.Value.ServiceId }, cancellationToken: cancellation));
        return [.. rows.Select(row => AuditRow.Entry(
            row.Number, DateTimeOffset.FromUnixTimeMilliseconds(row.At), (row.Staff, row.Action, row.Target, row.Outcome, row.Operation, row.Trace)))];
    }
}
