using System.Data.Common;
using AiCloud.Protection;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Hosting;

/// <summary>Compares the key ring with the check values that the database was written with, before anything is written with a wrong key.</summary>
internal static class StartKeys
{
    /// <summary>Answers the ids of keys that this database had not met before.</summary>
    public static async Task<IReadOnlyList<string>> Verify(DatabaseSettings settings, KeyRing keys)
    {
        // Callers look for a contact under the current key only: promoting another would hide every account from its owner.
        if (keys.CheckValues().Keys.Count(id => id.StartsWith("lookup.", StringComparison.Ordinal)) > 1)
            throw new KeyRingException("the ring holds more than one lookup key, and this release looks under one only; use the ring without the new one.");
        await using var database = Storage.Database.Open(settings);
        await using var connection = await database.Membership.OpenConnectionAsync();
        var result = KeyCheck.Compare(keys.CheckValues(), await Stored(connection));
        result.ThrowIfUnsound();
        if (result.New.Count == 0) return [];
        foreach (var (id, value) in result.New)
        {
            await connection.ExecuteAsync("INSERT INTO keycheck (keyid, checkvalue) VALUES (@id, @value) ON CONFLICT (keyid) DO NOTHING",
                new { id, value = Convert.FromHexString(value) });
        }
        // Two processes with different rings may meet on a fresh database: the one that came second finds out here.
        KeyCheck.Compare(keys.CheckValues(), await Stored(connection)).ThrowIfUnsound();
        return [.. result.New.Keys];
    }

    private static async Task<Dictionary<string, string>> Stored(DbConnection connection) =>
        (await connection.QueryAsync<(string KeyId, byte[] CheckValue)>("SELECT keyid, checkvalue FROM keycheck"))
        .ToDictionary(row => row.KeyId, row => Convert.ToHexStringLower(row.CheckValue), StringComparer.Ordinal);
}
