using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiCloud.Protection;

/// <summary>The file's shape. Unknown members are refused: a misspelt "current" must not pass silently.</summary>
internal sealed record KeyRingFile
{
    public const int Format = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
    };

    public required int Version { get; init; }
    public required KeySetFile Lookup { get; init; }
    public required KeySetFile Encryption { get; init; }
    public required KeySetFile Secrets { get; init; }

    public static KeyRingFile Read(string path)
    {
        try
        {
            Guard(path);
            return JsonSerializer.Deserialize<KeyRingFile>(File.ReadAllBytes(path), Json) ?? throw new JsonException();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyRingException($"there is no file {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new KeyRingException($"{path} cannot be read ({e.GetType().Name}).");
        }
        catch (JsonException)
        {
            // Neither the parser's text nor the exception goes along: both may quote the file.
            throw new KeyRingException($"{path} is not a key ring of format {Format}.");
        }
    }

    /// <summary>Writes a new file, whole or not at all, and never over another: an overwritten ring is lost data.</summary>
    public void WriteNew(string path) => Write(path, overwrite: false);

    /// <summary>Replaces a file, whole or not at all. The caller has read it and leaves out nothing that anything depends on.</summary>
    public void Replace(string path) => Write(path, overwrite: true);

    private void Write(string path, bool overwrite)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(file, this, Json);
            file.Flush(flushToDisk: true);
        }
        try { File.Move(unfinished, path, overwrite); }
        catch { File.Delete(unfinished); throw; }
    }

    /// <summary>A mounted secret may be readable by the pod's group; nothing wider, and written by nobody but its owner.</summary>
    public static void Guard(string path, string setting = KeysOptions.Section + ":File")
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode tooWide = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((File.GetUnixFileMode(path) & tooWide) != 0)
            throw new KeyRingException(setting, $"{path} is open to others; make it readable by the service alone (chmod 600).");
    }
}

/// <summary>Keys of one kind and which of them new things are made with.</summary>
internal sealed record KeySetFile
{
    public required string Current { get; init; }
    public required IReadOnlyList<KeyFile> Keys { get; init; }
}

/// <summary>One key: an id that is stored with what it made, and 32 random bytes in base64.</summary>
internal sealed record KeyFile
{
    public required string Id { get; init; }
    public required string Key { get; init; }

    public override string ToString() => $"Key({Id})";
}
