using System.Data.Common;
using System.Globalization;
using System.Text;
using AiCloud.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AiCloud.Running;

/// <summary>Everything that a database holds, byte for byte, one value a line; a byte is the character of its number.</summary>
internal static class Dump
{
    public static async Task<string> Of(DatabaseSettings settings)
    {
        await using DbConnection connection = settings.Provider == DatabaseProvider.PostgreSql
            ? new NpgsqlConnection(settings.ConnectionString + ";Pooling=false")
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = settings.File, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var tables = await Rows(connection, settings.Provider == DatabaseProvider.PostgreSql
            ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1");
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            var rows = await Rows(connection, $"SELECT * FROM \"{table}\"");
            dump.Append(CultureInfo.InvariantCulture, $"table {table}: {rows.Count} rows\n").AppendJoin('\n', rows.Order(StringComparer.Ordinal)).Append('\n');
        }
        return dump.ToString();
    }

    private static async Task<List<string>> Rows(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('\n', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
        return rows;
    }

    private static string Text(object value) => Encoding.Latin1.GetString(value as byte[] ?? Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture)!));
}
