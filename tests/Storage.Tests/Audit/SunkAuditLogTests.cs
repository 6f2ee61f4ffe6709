using AiCloud.Staff;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Audit;

public sealed class SunkAuditLogTests(BothDatabases databases) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-audit-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<DatabaseProvider> Both => StateTests.Both;

    [Theory, MemberData(nameof(Both))]
    public async Task What_the_sink_does_not_take_is_not_in_the_table_either_and_so_not_done(DatabaseProvider provider)
    {
        var table = (await databases.On(provider)).Services.GetRequiredService<IAuditLog>();
        var staff = Guid.NewGuid().ToString("N");
        var sink = AuditSink.Open(_folder.FullName, "service", "instance");
        var audit = new SunkAuditLog(table, sink);
        await audit.Append(Note(staff, "taken"));
        sink.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => audit.Append(Note(staff, "not taken")));
        Assert.Equal(["taken"], (await table.Read(0, 10_000)).Where(entry => entry.Staff == staff).Select(entry => entry.Operation));
    }

    [Fact]
    public async Task What_a_target_says_stays_on_its_line_and_no_line_is_lost_between_threads()
    {
        using (var sink = AuditSink.Open(_folder.FullName, "service", "instance"))
        {
            var writers = Enumerable.Range(0, 8).Select(writer => new Thread(() =>
            {
                for (var i = 0; i < 8; i++) sink.Write(new AuditNote("a", "b", "x\n{\"category\":\"AiCloud.Audit\"}", IAuditLog.Done, $"op-{writer}-{i}", ""), isInTable: true);
            })).ToArray();
            foreach (var writer in writers) writer.Start();
            foreach (var writer in writers) writer.Join();
        }

        var lines = await File.ReadAllLinesAsync(Assert.Single(_folder.GetFiles()).FullName);
        Assert.Equal(64, lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("values").GetProperty("operation").GetString()).Distinct().Count());
        Assert.Equal(64, lines.Length);
    }

    // A full disk takes the beginning of a line.
    [Fact]
    public void While_the_disk_is_full_callers_are_told_to_come_again_and_afterwards_every_line_is_whole()
    {
        using var disk = new SmallDisk { Free = 500 };
        using var sink = new AuditSink(disk, "service", "instance");
        sink.Write(Note("a", "first"), isInTable: true);
        Assert.Throws<StorageFailedException>(() => sink.Write(Note("a", "second"), isInTable: true));
        Assert.Equal(1, sink.Unwritten);
        disk.Free = 5_000;
        sink.Write(Note("a", "second"), isInTable: true);
        var lines = System.Text.Encoding.UTF8.GetString(disk.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["first", "second"], lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("values").GetProperty("operation").GetString()));
    }

    private sealed class SmallDisk : MemoryStream
    {
        public int Free { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var taken = Math.Min(Free - (int)Length, buffer.Length);
            base.Write(buffer[..taken]);
            if (taken < buffer.Length) throw new IOException("No space left on device");
        }
    }

    private static AuditNote Note(string staff, string operation) => new(staff, "act", "target", IAuditLog.Done, operation, "trace");
}
