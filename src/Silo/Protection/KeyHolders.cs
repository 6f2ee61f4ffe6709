using AiCloud.Storage;
using Dapper;

namespace AiCloud.Protection;

/// <summary>A process that holds key-encryption keys.</summary>
/// <param name="Process">Its name.</param>
/// <param name="Current">The epoch it wraps under.</param>
/// <param name="Epochs">All epochs it holds, with blanks between.</param>
internal sealed record KeyHolder(string Process, string Current, string Epochs)
{
    public bool Holds(string epoch) => Epochs.Split(' ').Contains(epoch);
}

/// <summary>What running processes say about the epochs they hold, by the database's clock.</summary>
internal sealed class KeyHolders(Database database)
{
    /// <summary>How long a process counts as running after it last said something. Many times the period at which it does.</summary>
    public static readonly TimeSpan CountsFor = TimeSpan.FromMinutes(2);

    private string Now => database.Provider == DatabaseProvider.Sqlite
        ? "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)" : "(extract(epoch FROM now()) * 1000)::bigint";

    public async Task Say(string process, string current, IEnumerable<string> epochs, CancellationToken cancellation)
    {
        await using var connection = await database.Membership.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition($"""
            INSERT INTO keyholder (process, seen, current, epochs) VALUES (@process, {Now}, @current, @epochs)
            ON CONFLICT (process) DO UPDATE SET seen = excluded.seen, current = excluded.current, epochs = excluded.epochs
            """, new { process, current, epochs = string.Join(' ', epochs) }, cancellationToken: cancellation));
    }

    public async Task Leave(string process)
    {
        await using var connection = await database.Membership.OpenConnectionAsync();
        await connection.ExecuteAsync($"DELETE FROM keyholder WHERE process = @process OR seen < {Now} - 86400000", new { process });
    }

    public async Task<IReadOnlyList<KeyHolder>> Running()
    {
        await using var connection = await database.Membership.OpenConnectionAsync();
        return (await connection.QueryAsync<KeyHolder>($"SELECT process AS Process, current AS Current, epochs AS Epochs FROM keyholder WHERE seen >= {Now} - @age ORDER BY process",
            new { age = (long)CountsFor.TotalMilliseconds })).AsList();
    }
}
