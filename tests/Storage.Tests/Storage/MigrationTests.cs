using Microsoft.Extensions.Logging.Abstractions;

namespace AiCloud.Storage;

public sealed class MigrationTests
{
    public static TheoryData<DatabaseProvider> Both => StateTests.Both;

    [Theory, MemberData(nameof(Both))]
    public async Task They_run_on_an_empty_database_and_then_find_nothing_to_do(DatabaseProvider provider)
    {
        await using var empty = await Empty.Create(provider);
        Assert.False(await Migrations.AreApplied(empty.Settings));

        await Migrations.Apply(empty.Settings, NullLoggerFactory.Instance);
        Assert.True(await Migrations.AreApplied(empty.Settings));

        var before = await empty.Journal();
        await Migrations.Apply(empty.Settings, NullLoggerFactory.Instance);
        Assert.NotEmpty(before);
        Assert.Equal(before, await empty.Journal());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_several_at_once_one_applies_and_the_others_wait(DatabaseProvider provider)
    {
        await using var empty = await Empty.Create(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Apply(empty.Settings)));

        var journal = await empty.Journal();
        Assert.Equal(journal.Distinct(), journal);
        Assert.True(await Migrations.AreApplied(empty.Settings));
    }

    [Fact]
    public async Task Asking_does_not_create_the_file()
    {
        await using var empty = await Empty.Create(DatabaseProvider.Sqlite);

        Assert.False(await Migrations.AreApplied(empty.Settings));

        Assert.False(File.Exists(empty.Settings.File));
    }

    [Fact]
    public async Task The_file_is_in_write_ahead_mode()
    {
        await using var file = await TemporarySqlite.Create();
        await using var database = Database.Open(file.Settings);
        await using var connection = await database.State.OpenConnectionAsync();

        Assert.Equal("wal", await Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, "PRAGMA journal_mode"));
        Assert.Equal(2, await Dapper.SqlMapper.ExecuteScalarAsync<int>(connection, "PRAGMA synchronous"));
    }

    [Theory, InlineData("14.99", false), InlineData("15.0", true), InlineData("18.1", true)]
    public void A_server_older_than_15_is_refused_in_one_line(string version, bool accepted)
    {
        var refused = Record.Exception(() => Migrations.RequireVersion(Version.Parse(version)));

        if (accepted) Assert.Null(refused);
        else Assert.Equal("PostgreSQL 15 or newer is needed; this server is 14.99.", Assert.IsType<NotSupportedException>(refused).Message);
    }

    // Yields first, or the synchronous parts would run one after the other.
    private static async Task Apply(DatabaseSettings settings)
    {
        await Task.Yield();
        await Migrations.Apply(settings, NullLoggerFactory.Instance);
    }

    private sealed class Empty(DatabaseSettings settings, IAsyncDisposable files) : IAsyncDisposable
    {
        public DatabaseSettings Settings => settings;

        public static async Task<Empty> Create(DatabaseProvider provider)
        {
            if (provider == DatabaseProvider.Sqlite)
            {
                var file = await TemporarySqlite.Create(migrated: false);
                return new Empty(file.Settings, file);
            }

            var database = await TemporaryDatabase.Create(migrated: false);
            return new Empty(database.Settings, database);
        }

        public async Task<IReadOnlyList<string>> Journal()
        {
            await using var database = Database.Open(settings);
            await using var connection = await database.State.OpenConnectionAsync();
            return [.. await Dapper.SqlMapper.QueryAsync<string>(connection, "SELECT scriptname FROM migration")];
        }

        public ValueTask DisposeAsync() => files.DisposeAsync();
    }
}
