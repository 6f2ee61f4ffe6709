using AiCloud.Storage;
using Dapper;

namespace AiCloud.Protection;

/// <summary>How far rows have been re-wrapped under an epoch.</summary>
internal sealed record RewrapProgress
{
    public static readonly RewrapProgress None = new();

    public string Key { get; init; } = "";
    public string Name { get; init; } = "";
    public string Service { get; init; } = "";
    public long Looked { get; init; }
    public long Rewrapped { get; init; }
    public bool Finished { get; init; }
}

/// <summary>Rows of <c>state</c>, page by page in the order of their keys, so that any number of them needs the same memory.</summary>
internal sealed class KeyedRows(Database database)
{
    public async Task<IReadOnlyList<KeyedRow>> Page((string Key, string Name, string Service) after, int rows, IReadOnlyList<string>? names)
    {
        await using var connection = await database.State.OpenConnectionAsync();
        return (await connection.QueryAsync<(string Key, string Name, string Service, int Version, byte[] Payload)>($"""
            SELECT key, name, service, version, payload FROM state
            WHERE (key, name, service) > (@key, @name, @service){(names is null ? "" : database.Provider == DatabaseProvider.Sqlite ? " AND name IN @names" : " AND name = ANY(@names)")}
            ORDER BY key, name, service LIMIT @rows
            """, new { key = after.Key, name = after.Name, service = after.Service, rows, names = names?.ToArray() }, commandTimeout: 60))
            .Select(row => new KeyedRow(row.Key, row.Name, row.Service, row.Version, row.Payload)).ToArray();
    }

    /// <summary>
    /// Puts wraps into rows that are still what was read, and notes how far this got: in one transaction, so that a crash repeats a chunk or
    /// none. The version stays: an activation that has the row in memory holds the same content, and its next write brings its own wraps along.
    /// A row that was written meanwhile keeps what was written.
    /// </summary>
    /// <returns>How many rows took their new wraps.</returns>
    public async Task<int> Put(string epoch, IReadOnlyList<(KeyedRow Row, byte[] Payload)> rows, RewrapProgress progress)
    {
        await using var connection = await database.State.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var put = 0;
        foreach (var (row, payload) in rows)
        {
            put += await connection.ExecuteAsync("UPDATE state SET payload = @payload WHERE key = @Key AND name = @Name AND service = @Service AND version = @Version",
                new { payload, row.Key, row.Name, row.Service, row.Version }, transaction);
        }
        progress = progress with { Rewrapped = progress.Rewrapped + put };
        await connection.ExecuteAsync("""
            INSERT INTO rewrap (epoch, looked, rewrapped, finished, key, name, service) VALUES (@epoch, @Looked, @Rewrapped, @Finished, @Key, @Name, @Service)
            ON CONFLICT (epoch) DO UPDATE SET looked = excluded.looked, rewrapped = excluded.rewrapped, finished = excluded.finished,
                key = excluded.key, name = excluded.name, service = excluded.service
            """, new { epoch, progress.Looked, progress.Rewrapped, progress.Finished, progress.Key, progress.Name, progress.Service }, transaction);
        await transaction.CommitAsync();
        return put;
    }

    public async Task<RewrapProgress> Progress(string epoch)
    {
        await using var connection = await database.State.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<RewrapProgress>("SELECT key, name, service, looked, rewrapped, finished FROM rewrap WHERE epoch = @epoch", new { epoch })
            ?? RewrapProgress.None;
    }

    /// <summary>Everything that depends on a key, in every row of every state.</summary>
    public async Task<KeyDependents> Dependents(KeyRing ring, Func<long, Task>? looked = null)
    {
        var dependents = new KeyDependents(ring);
        var after = ("", "", "");
        while (await Page(after, 1000, null) is { Count: > 0 } page)
        {
            foreach (var row in page) row.Count(dependents);
            dependents.Rows += page.Count;
            if (looked is not null) await looked(dependents.Rows);
            after = (page[^1].Key, page[^1].Name, page[^1].Service);
        }
        return dependents;
    }
}
