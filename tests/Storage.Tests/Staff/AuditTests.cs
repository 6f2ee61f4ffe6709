using System.Data.Common;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Staff;

/// <summary>The audit is written once and never rewritten.</summary>
public sealed class AuditTests(BothDatabases databases)
{
    public static TheoryData<DatabaseProvider> Both => StateTests.Both;

    [Theory, MemberData(nameof(Both))]
    public async Task Entries_are_read_in_order_after_any_number(DatabaseProvider provider)
    {
        var audit = (await databases.On(provider)).Services.GetRequiredService<IAuditLog>();
        var staff = Guid.NewGuid().ToString("N");
        for (var i = 0; i < 5; i++) await audit.Append(Note(staff, $"op{i}"));
        var all = (await All(audit)).Where(entry => entry.Staff == staff).ToArray();
        Assert.Equal(["op0", "op1", "op2", "op3", "op4"], all.Select(entry => entry.Operation));
        Assert.Equal(("act", "target", "done", "trace"), (all[0].Action, all[0].Target, all[0].Outcome, all[0].Trace));
        Assert.True((TimeProvider.System.GetUtcNow() - all[0].At).Duration() < TimeSpan.FromMinutes(1));
        Assert.Equal("op3", (await audit.Read(all[2].Number, 1)).Single().Operation);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_same_entry_again_adds_nothing_and_another_outcome_does(DatabaseProvider provider)
    {
        var audit = (await databases.On(provider)).Services.GetRequiredService<IAuditLog>();
        var staff = Guid.NewGuid().ToString("N");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => audit.Append(Note(staff, "op"))));
        await audit.Append(Note(staff, "op") with { Outcome = "forbidden" });
        Assert.Equal(2, (await All(audit)).Count(entry => entry.Staff == staff));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nobody_rewrites_an_entry(DatabaseProvider provider)
    {
        var storage = await databases.On(provider);
        var audit = storage.Services.GetRequiredService<IAuditLog>();
        var staff = Guid.NewGuid().ToString("N");
        await audit.Append(Note(staff, "op"));
        string[] attacks =
        [
            "UPDATE audit SET outcome = 'done' WHERE staff = @staff", "DELETE FROM audit WHERE staff = @staff", "DELETE FROM audit",
            .. provider == DatabaseProvider.PostgreSql
                ? ["TRUNCATE audit"]
                : new[] { "INSERT OR REPLACE INTO audit SELECT number, at, service, staff, action, target, 'other', operation, trace FROM audit WHERE staff = @staff",
                    "REPLACE INTO audit (at, service, staff, action, target, outcome, operation, trace) SELECT 0, service, staff, action, target, outcome, operation, trace FROM audit WHERE staff = @staff" },
        ];
        foreach (var attack in attacks)
        {
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => storage.Execute(attack, new { staff }));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal("done", (await All(audit)).Single(entry => entry.Staff == staff).Outcome);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Whoever_reads_on_after_the_last_number_misses_no_entry_of_writers_at_the_same_time(DatabaseProvider provider)
    {
        var audit = (await databases.On(provider)).Services.GetRequiredService<IAuditLog>();
        var staff = Guid.NewGuid().ToString("N");
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 20; i++) await audit.Append(Note(staff, $"{writer}.{i}"));
        }));
        var (seen, last) = (new List<string>(), 0L);
        var done = false;
        while (true)
        {
            var page = await audit.Read(last, 50);
            seen.AddRange(page.Where(entry => entry.Staff == staff).Select(entry => entry.Operation));
            if (page.Length > 0) last = page[^1].Number;
            else if (done) break;
            else done = writers.IsCompleted;
        }
        await writers;
        Assert.Equal(160, seen.Distinct().Count());
        Assert.Equal(160, seen.Count);
    }

    private static AuditNote Note(string staff, string operation) => new(staff, "act", "target", IAuditLog.Done, operation, "trace");

    private static async Task<List<AuditEntry>> All(IAuditLog audit)
    {
        var (all, last) = (new List<AuditEntry>(), 0L);
        while (await audit.Read(last, 500) is { Length: > 0 } page)
        {
            all.AddRange(page);
            last = page[^1].Number;
        }
        return all;
    }
}
