using AiCloud.Storage;
using Npgsql;

namespace AiCloud.Running;

/// <summary>
/// Lets a test move the clock of one PostgreSQL database: functions of its own stand in front of the server's in the search path of
/// everybody who connects with this connection string. The processes under test run unchanged.
/// </summary>
internal sealed class MovableClock(DatabaseSettings settings)
{
    public static async Task<MovableClock> Install(DatabaseSettings settings)
    {
        var clock = new MovableClock(settings);
        await clock.Execute("""
            CREATE SCHEMA moved;
            CREATE TABLE moved.by (amount interval NOT NULL);
            INSERT INTO moved.by VALUES (interval '0');
            CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT pg_catalog.clock_timestamp() + amount FROM moved.by';
            CREATE FUNCTION moved.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT pg_catalog.now() + amount FROM moved.by';
            """);
        settings.ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { SearchPath = "public, moved, pg_catalog" }.ConnectionString;
        return clock;
    }

    /// <summary>Moves the clock so that it shows an instant now.</summary>
    public Task Show(DateTimeOffset instant) => Execute("UPDATE moved.by SET amount = $1 - pg_catalog.clock_timestamp()", instant.UtcDateTime);

    public Task Execute(string sql) => Execute(sql, []);

    private async Task Execute(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
