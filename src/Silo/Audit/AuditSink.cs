using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AiCloud.Hosting;
using AiCloud.Staff;
using AiCloud.Storage;

namespace AiCloud.Audit;

/// <summary>
/// The second place of the audit, out of reach of whoever can edit the database. A line is handed over before the table is asked and before the
/// act is begun: what cannot be written is not done. After a crash or a repeat the same line may stand there twice; none is missing.
/// </summary>
internal sealed class AuditSink : IDisposable
{
    /// <summary>What the lines are found by among others on standard output.</summary>
    public const string Category = "AiCloud.Audit";

    // Lines are no HTML; and a line is one line, whatever it says.
    private static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly Stream? _file;
    private readonly string _service, _instance;
    private long _unwritten;

    internal AuditSink(Stream? file, string service, string instance)
    {
        _file = file;
        _service = service;
        _instance = instance;
    }

    /// <summary>Opens it. Refuses a folder that cannot be written.</summary>
    public static AuditSink Open(string? folder, string service, string? instance = null)
    {
        instance ??= Environment.MachineName;
        if (folder is null) return new AuditSink(null, service, instance);
        var started = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        var mine = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) mine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new AuditSink(new FileStream(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"audit-{started}-{Environment.ProcessId}.jsonl")), mine), service, instance);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{AuditOptions.Section}:{nameof(AuditOptions.Folder)}: no file can be made there ({failure.GetType().Name}).");
        }
    }

    /// <summary>Lines that could not be written. What they would have said was not done.</summary>
    public long Unwritten => Interlocked.Read(ref _unwritten);

    /// <summary>Writes one line. <paramref name="isInTable"/>: whether the table of the audit has the same entry, which <c>audit</c> compares.</summary>
    /// <exception cref="StorageFailedException">It could not be written; what it says must not be done, and the caller is told to come again (503).</exception>
    public void Write(AuditNote note, bool isInTable)
    {
        var line = new ArrayBufferWriter<byte>(320);
        using (var json = new Utf8JsonWriter(line, Writing))
        {
            json.WriteStartObject();
            // The machine's own clock, as in every line of a log; the table has the database's.
            json.WriteString("time", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", "information");
            json.WriteString("category", Category);
            if (note.Trace.Length > 0) json.WriteString("trace", note.Trace);
            json.WriteString("message", $"{note.Staff}: {note.Action} {note.Outcome}");
            json.WriteStartObject("values");
            json.WriteString("staff", note.Staff);
            json.WriteString("action", note.Action);
            json.WriteString("target", AuditRow.Target(note));
            json.WriteString("outcome", note.Outcome);
            json.WriteString("operation", note.Operation);
            json.WriteString("service", _service);
            json.WriteString("instance", _instance);
            json.WriteBoolean("table", isInTable);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        try
        {
            Write(line.WrittenSpan);
        }
        catch (IOException failure)
        {
            Interlocked.Increment(ref _unwritten);
            throw new StorageFailedException($"audit {failure.GetType().Name}");
        }
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        if (_file is null)
        {
            // The writer that the log has: its lock keeps the lines of both whole.
            Console.Out.Write(Encoding.UTF8.GetString(line));
            return;
        }
        lock (_gate)
        {
            var whole = _file.Length;
            try
            {
                _file.Write(line);
                if (_file is FileStream disk) disk.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                _file.SetLength(whole); // what a full disk took of this line would spoil the next one
                throw;
            }
        }
    }

    /// <summary>Writes a line about something that the system did by itself and that stands in no table.</summary>
    public void OfSystem(string action, string target, string outcome = IAuditLog.Done) => Write(new AuditNote(AuditNote.System, action, target, outcome, "", ""), isInTable: false);

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
