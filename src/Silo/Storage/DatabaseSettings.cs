using System.ComponentModel.DataAnnotations;

namespace AiCloud.Storage;

/// <summary>Which database the silo keeps everything in, and how it talks to it. Section "AiCloud:Storage".</summary>
public sealed class DatabaseSettings : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Storage";

    /// <summary>PostgreSQL for a cluster, SQLite for one process.</summary>
    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Npgsql's connection string; PostgreSQL only. What is set below overrides what it says.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Path of the database file; SQLite only. Its folder must exist.</summary>
    public string? File { get; set; }

    /// <summary>
    /// Connections for state and reminders in one process (PostgreSQL). Too few: calls queue in front of the pool; too many: the server's
    /// cores thrash, and all processes together must stay below its max_connections.
    /// </summary>
    [Range(2, 200)]
    public int MaxPoolSize { get; set; } = 24;

    /// <summary>How long opening a connection, or waiting for one of the pool, may take. Too short fails bursts, too long hides an outage.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long one statement may take. Must stay below the response time-out of a call, or the caller never learns why.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>What an acknowledged write survives (SQLite). A killed process loses nothing either way.</summary>
    [EnumDataType(typeof(SqliteSynchronous))]
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == DatabaseProvider.PostgreSql && string.IsNullOrWhiteSpace(ConnectionString))
            yield return new ValidationResult("PostgreSQL needs it.", [nameof(ConnectionString)]);
        if (Provider == DatabaseProvider.Sqlite && string.IsNullOrWhiteSpace(File))
            yield return new ValidationResult("SQLite needs it.", [nameof(File)]);
    }

    /// <summary>Says which kind of database, and nothing that could hold a password.</summary>
    public override string ToString() => Provider == DatabaseProvider.Sqlite ? $"SQLite {File}" : "PostgreSQL";
}

/// <summary>The databases that storage runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, one process.</summary>
    Sqlite = 1,

    /// <summary>Version 15 or newer; any number of silos.</summary>
    PostgreSql = 2,
}

/// <summary>SQLite's PRAGMA synchronous in write-ahead mode.</summary>
public enum SqliteSynchronous
{
    /// <summary>The log reaches the disk at checkpoints only: a power loss can take back the last acknowledged writes (never half of one).</summary>
    Normal = 1,

    /// <summary>The log reaches the disk with every write, so an acknowledged write survives a power loss too.</summary>
    Full = 2,
}
