namespace AiCloud.Hosting;

/// <summary>The folder of the embedded mode, locked against a second process for as long as this lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string Solution = "AiCloud.Actors.sln";
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }
    public string Database => System.IO.Path.Combine(Path, "accounts.db");
    public string Keys => System.IO.Path.Combine(Path, "keys.json");

    public static DataFolder Open(string? configured)
    {
        var path = System.IO.Path.GetFullPath(configured ?? System.IO.Path.Combine(BesideTheSolution(), "data"));
        try
        {
            Directory.CreateDirectory(path);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"AiCloud:DataDirectory: {path} cannot be used ({failure.GetType().Name}).");
        }
        try
        {
            return new DataFolder(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new StartRefusedException($"AiCloud:DataDirectory: {path} is in use by another process; stop that one or name another folder.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static string BesideTheSolution()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Solution))) return folder.FullName;
        return Directory.GetCurrentDirectory();
    }
}
