using System.Text.Json;
using AiCloud.Running;
using AiCloud.Storage;
using Dapper;
using Npgsql;

namespace AiCloud.Audit;

/// <summary>The second place of the audit: what processes say there, and that an edited table is found by it.</summary>
public sealed class AuditSinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-audit-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Acts_of_staff_and_of_the_system_are_on_standard_output_and_whoever_edits_the_table_is_found_out()
    {
        await using var database = await TemporaryDatabase.Create();
        await using var deployment = await Deployment.Start(database.Settings, settings: [.. Publisher.Settings]);
        var api = new Api(deployment);
        var switched = Attempt.NewKey();
        await Api.Until(() => api.Send(HttpMethod.Put, "/v1/staff/switches/starts", new { reason = "incident", seconds = 600 }, Publisher.Announcer, switched), reply => reply.Status == 200, "thrown");
        foreach (var child in deployment.Silos.Prepend(deployment.Gateway!)) await child.Stop();

        var collected = Path.Combine(_folder.FullName, "collected.log");
        // As a collector finds it: among whatever else the processes write.
        await File.WriteAllLinesAsync(collected, deployment.All.SelectMany(child => child.Output).Append("{\"category\":\"AiCloud.Audit\",\"half a li"));
        var lines = Lines(deployment.All.SelectMany(child => child.Output));
        Assert.Equal(2, lines.Count(line => line.Action == "process.start"));
        Assert.Equal(2, lines.Count(line => line.Action == "process.stop"));
        Assert.Contains(lines, line => line is { Staff: "system", Action: "key.first-use" });
        // A repeat may have said again what was intended.
        Assert.Equal(["intended", "done"], lines.Where(line => line.Action == "switch.throw").Select(line => line.Outcome).Distinct());
        Assert.Equal(4, lines.Count(line => line.Action == "staff.bootstrap"));

        Assert.Equal(0, (await Compared(deployment, collected)).Exit);
        foreach (var (edit, found) in new[]
        {
            ("UPDATE audit SET target = 'erasures' WHERE action = 'switch.throw' AND outcome = 'done'", new[] { "never said", "not in the table" }),
            ("UPDATE audit SET target = 'starts' WHERE action = 'switch.throw' AND outcome = 'done'", []),
            ("UPDATE audit SET staff = 'somebody-else' WHERE action = 'switch.throw' AND outcome = 'done'", ["never said", "not in the table"]),
            ("DELETE FROM audit WHERE action = 'switch.throw'", ["not in the table"]),
        })
        {
            await Edit(database.Settings, edit);
            var (exit, said) = await Compared(deployment, collected);
            Assert.Equal(found.Length == 0 ? 0 : 2, exit);
            Assert.All(found, words => Assert.Contains(words, said, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Each_start_has_a_file_of_its_own_in_which_nothing_that_was_answered_is_missing_after_kill_9()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.Sqlite, settings: [.. Publisher.Settings]);
        var files = Path.Combine(deployment.DataDirectory, "audit");
        Assert.Contains(Read(files), line => line.Action == "migration.apply");
        var api = new Api(deployment);
        var switched = Attempt.NewKey();
        Assert.Equal(200, (await Api.Until(() => api.Send(HttpMethod.Put, "/v1/staff/switches/starts", new { reason = "incident", seconds = 600 }, Publisher.Announcer, switched), Api.IsFinal, "thrown")).Status);
        await deployment.Kill();
        // A repeat may have said again what was intended.
        Assert.Equal(["intended", "done"], Read(files).Where(line => line.Action == "switch.throw").Select(line => line.Outcome).Distinct());
        await deployment.Start();
        await deployment.Gateway!.Stop();
        Assert.Equal(2, Directory.GetFiles(files).Length);
        Assert.Equal(2, Read(files).Count(line => line.Action == "process.start"));
        Assert.Single(Read(files), line => line.Action == "process.stop");
        await using var audit = Child.Start("AiCloud.Silo", ["audit", .. Directory.GetFiles(files)], deployment.Settings);
        Assert.True(await audit.Exit() == 0, audit.ToString());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused_at_the_start()
    {
        await using var gateway = Child.Start("AiCloud.Gateway", [], new Dictionary<string, string>
        {
            ["AiCloud__DataDirectory"] = Path.Combine(_folder.FullName, "data"), ["AiCloud__Audit__Folder"] = Path.Combine(_folder.FullName, "nowhere"), ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        });
        Assert.Equal(1, await gateway.Exit());
        Assert.StartsWith("AiCloud:Audit:Folder: ", Assert.Single(gateway.Error), StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Said)> Compared(Deployment deployment, string file)
    {
        await using var audit = Child.Start("AiCloud.Silo", ["audit", file], deployment.Settings);
        return (await audit.Exit(), audit.ToString());
    }

    // The owner of the table can do this; nobody else can.
    private static async Task Edit(DatabaseSettings settings, string sql)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.ExecuteAsync($"ALTER TABLE audit DISABLE TRIGGER audit_kept; {sql}; ALTER TABLE audit ENABLE TRIGGER audit_kept");
    }

    private static IReadOnlyList<Line> Read(string folder) => Lines(Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines));

    private static IReadOnlyList<Line> Lines(IEnumerable<string> output) =>
    [
        .. from line in output
           where line.Contains("\"category\":\"AiCloud.Audit\"", StringComparison.Ordinal)
           let values = JsonDocument.Parse(line).RootElement.GetProperty("values")
           select new Line(values.GetProperty("staff").GetString()!, values.GetProperty("action").GetString()!, values.GetProperty("outcome").GetString()!),
    ];

    private sealed record Line(string Staff, string Action, string Outcome);
}
