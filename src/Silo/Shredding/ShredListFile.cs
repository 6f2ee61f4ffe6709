using System.Text;
using System.Text.Json;
using AiCloud.Hosting;
using Microsoft.Extensions.Options;

namespace AiCloud.Shredding;

/// <summary>This process's part of the list: one line of JSON for each account, flushed to the disk before the account's key goes.</summary>
internal sealed class ShredListFile(Start start, IOptions<ShreddingOptions> options) : IShredList, IDisposable
{
    public const string Extension = ".shredded";

    private readonly SemaphoreSlim _one = new(1, 1);
    private FileStream? _file;

    public async Task Add(string account, DateTimeOffset at, CancellationToken cancellation)
    {
        var folder = options.Value.ListFolder ?? start.Folder?.Path
            ?? throw new InvalidOperationException($"{ShreddingOptions.Section}:ListFolder is not set; without it no account can be ended in a cluster.");
        await _one.WaitAsync(cancellation);
        try
        {
            _file ??= Open(folder);
            var line = JsonSerializer.SerializeToUtf8Bytes(new ShredLine(account, at.UtcDateTime));
            await _file.WriteAsync((byte[])[.. line, (byte)'\n'], CancellationToken.None);
            _file.Flush(flushToDisk: true);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A folder that cannot be written is found at the start, which stops a rollout at its first process, and not with the first account that ends.</summary>
    /// <exception cref="StartRefusedException">No file can be made there.</exception>
    public static void Prove(string? folder)
    {
        if (folder is null) return;
        try
        {
            Directory.CreateDirectory(folder);
            using var file = new FileStream(Path.Combine(folder, $"{Guid.NewGuid():N}.start"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{ShreddingOptions.Section}:{nameof(ShreddingOptions.ListFolder)}: no file can be made there ({failure.GetType().Name}).");
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _one.Dispose();
    }

    // Appending to a file of its own: no other process writes it, and one that ended left whole lines but perhaps the last.
    private static FileStream Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(folder, $"{Environment.MachineName}-{Guid.NewGuid():N}{Extension}"), options);
    }

    /// <summary>Every account that any file of a folder names. A last line that was cut off by a crash names none: its account still had its key.</summary>
    public static IReadOnlyCollection<string> Read(string folder)
    {
        var accounts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension))
        {
            var lines = File.ReadAllText(file, Encoding.UTF8).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length == 0) continue;
                try
                {
                    accounts.Add(JsonSerializer.Deserialize<ShredLine>(lines[i])!.Account);
                }
                catch (JsonException) when (i == lines.Length - 1)
                {
                    // Cut off.
                }
                catch (JsonException)
                {
                    throw new StartRefusedException($"shredded replay: {file} has a line that cannot be read ({i + 1}).");
                }
            }
        }
        return accounts;
    }

    private sealed record ShredLine(string Account, DateTime At);
}
