namespace AiCloud;

/// <summary>Where the files under test lie.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static readonly string Root = Find();

    /// <summary>A file or folder in it.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AiCloud.Actors.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        return folder.FullName;
    }
}
