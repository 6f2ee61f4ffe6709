using AiCloud.Hosting;
using AiCloud.Protection;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Invariants;

/// <summary>Reads stored states straight from the database, in pages by key, so that a table of any size is read in bounded memory.</summary>
internal sealed class StoredRows(DatabaseSettings settings, TimeProvider clock) : IAsyncDisposable
{
    private const int Page = 1000;
    private static readonly HeaderedStateSerializer Serializer = new();
    private readonly Database _database = Database.Open(settings);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>Whether any process is at work on the database. Read once, by <see cref="LookForProcesses"/>.</summary>
    public bool Served { get; private set; }

    public async Task LookForProcesses() => Served = (await new KeyHolders(_database).Running()).Count > 0;

    /// <summary>Whether what falls due at an instant should long have been done. Never where nobody is there to do it, as in a database just restored.</summary>
    public bool IsLate(DateTimeOffset? due, TimeSpan allowed) => Served && due < Now - allowed;

    public async IAsyncEnumerable<(string Key, T State)> All<T>(string name) where T : class
    {
        var after = "";
        while (true)
        {
            List<(string Key, byte[] Payload)> rows;
            await using (var connection = await _database.State.OpenConnectionAsync())
            {
                rows = (await connection.QueryAsync<(string, byte[])>(
                    "SELECT key, payload FROM state WHERE name = @name AND key > @after ORDER BY key LIMIT @Page", new { name, after, Page })).AsList();
            }
            foreach (var (key, payload) in rows) yield return (key, Serializer.Deserialize<T>(new BinaryData(payload)));
            if (rows.Count < Page) yield break;
            after = rows[^1].Key;
        }
    }

    public async Task<T?> One<T>(string name, string key) where T : class
    {
        await using var connection = await _database.State.OpenConnectionAsync();
        var payload = await connection.QuerySingleOrDefaultAsync<byte[]>("SELECT payload FROM state WHERE name = @name AND key = @key", new { name, key });
        return payload is null ? null : Serializer.Deserialize<T>(new BinaryData(payload));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}

/// <summary>Which database <c>check</c> looks at: the cluster's, or the file of the embedded mode.</summary>
internal static class CheckedDatabase
{
    public static DatabaseSettings Settings(IConfiguration configuration)
    {
        if (configuration["AiCloud:DataDirectory"] is not { Length: > 0 } folder) return Start.ClusterDatabase(configuration);
        var file = Path.Combine(folder, "accounts.db");
        if (!File.Exists(file)) throw new StartRefusedException($"AiCloud:DataDirectory: there is no database in {folder}.");
        return new DatabaseSettings { Provider = DatabaseProvider.Sqlite, File = file };
    }
}
