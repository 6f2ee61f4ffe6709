using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using AiCloud.Hosting;
using AiCloud.Staff;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Audit;

/// <summary>
/// <c>audit FILE…</c>: compares lines that were collected from the sink with the table. A row that no line knows was written by hand; an outcome
/// whose row is gone or reads differently was edited. Reads only; exit code 0 when they agree, 2 when not.
/// </summary>
internal static class AuditCommand
{
    private const string Rows = "SELECT staff, action, target, outcome, operation FROM audit WHERE service = @service ORDER BY number";

    public static async Task<int> Run(string[] files, IConfiguration configuration, TextWriter output) => await Start.Reached(async () =>
    {
        if (files.Length == 0) throw new StartRefusedException("audit: name the files that hold what was collected.");
        var service = Start.Bound<ClusterSettings>(configuration, AccountsOptions.Section + ":Cluster").ServiceId;
        var said = new HashSet<Act>();
        foreach (var file in files) await Read(file, service, said);
        if (said.Count == 0)
        {
            await output.WriteLineAsync("0 lines of this service: nothing to compare.");
            return 2;
        }
        var rows = await Table(Invariants.CheckedDatabase.Settings(configuration), service);
        // What was done before anything was collected proves nothing.
        var since = rows.SkipWhile(row => !said.Contains(row)).ToArray();
        var breaches = since.Except(said).Select(act => $"BREACH in the table, never said: {act}")
            // That something was meant to be done may have failed to be written, and then it was not done.
            .Concat(said.Except(rows).Where(act => act.Outcome != IAuditLog.Intended).Select(act => $"BREACH said, not in the table: {act}")).ToArray();
        foreach (var breach in breaches) await output.WriteLineAsync(breach);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{said.Count} acts said, {rows.Count} in the table, {breaches.Length} breaches"));
        return breaches.Length == 0 ? 0 : 2;
    });

    private static async Task Read(string file, string service, HashSet<Act> into)
    {
        try
        {
            await foreach (var line in File.ReadLinesAsync(file))
            {
                if (!line.Contains(AuditSink.Category, StringComparison.Ordinal) || !TryParse(line, out var root)) continue;
                using (root)
                {
                    if (root.RootElement.GetProperty("category").GetString() != AuditSink.Category) continue;
                    var values = root.RootElement.GetProperty("values");
                    string Text(string name) => values.GetProperty(name).GetString()!;
                    if (!values.GetProperty("table").GetBoolean() || Text("service") != service) continue;
                    into.Add(new Act(Text("staff"), Text("action"), Text("target"), Text("outcome"), Text("operation")));
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"audit: {file} cannot be read ({failure.GetType().Name}).");
        }
    }

    // Among other lines of a log, and the last of a process that was killed may be half.
    private static bool TryParse(string line, out JsonDocument root)
    {
        try
        {
            root = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            root = null!;
            return false;
        }
    }

    private static async Task<IReadOnlyList<Act>> Table(DatabaseSettings settings, string service)
    {
        await using var database = Database.Open(settings);
        await using DbConnection connection = await database.State.OpenConnectionAsync();
        return [.. (await connection.QueryAsync<(string Staff, string Action, string Target, string Outcome, string Operation)>(Rows, new { service }))
            .Select(row => new Act(row.Staff, row.Action, row.Target, row.Outcome, row.Operation))];
    }

    private sealed record Act(string Staff, string Action, string Target, string Outcome, string Operation);
}
