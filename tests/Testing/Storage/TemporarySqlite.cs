using Microsoft.Extensions.Logging.Abstractions;

namespace AiCloud.Storage;

/// <summary>A SQLite file of its own, migrated, in a folder of its own that goes with it.</summary>
public sealed class TemporarySqlite : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aicloud-test-sqlite-").FullName;

    private TemporarySqlite() => Settings = new DatabaseSettings { Provider = DatabaseProvider.Sqlite, File = Path.Combine(folder, "accounts.db") };

    /// <summary>How a silo reaches it.</summary>
    public DatabaseSettings Settings { get; }

    /// <summary>Creates one; with <paramref name="migrated"/> false only its folder.</summary>
    public static async Task<TemporarySqlite> Create(bool migrated = true)
    {
        var file = new TemporarySqlite();
        if (migrated) await Migrations.Apply(file.Settings, NullLoggerFactory.Instance);
        return file;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
