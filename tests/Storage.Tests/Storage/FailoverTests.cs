using System.Diagnostics;
using Dapper;
using Npgsql;

namespace AiCloud.Storage;

/// <summary>A primary and the copy that confirms its commits, named in one connection string as docs/reliability.md says.</summary>
public sealed class FailoverTests
{
    private static readonly TimeSpan Found = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Whichever_of_two_servers_takes_writes_is_the_one_that_is_used_and_what_was_committed_before_a_failover_is_there_after_it()
    {
        await using var primary = await OwnPostgres.Create(migrated: false);
        await using var copy = await primary.Replicate();
        // The copy is named first: it answers, and takes no writes.
        await using var database = Database.Open(Both(copy.Port, primary.Port, "primary"));
        await Execute(database, "CREATE TABLE kept (number int)");
        await Execute(database, "INSERT INTO kept VALUES (1)");

        await primary.Crash();
        await copy.Promote();
        var since = Stopwatch.StartNew();
        while (!await Inserts(database)) Assert.True(since.Elapsed < Found, $"{since.Elapsed}");
        await using var connection = await database.Membership.OpenConnectionAsync();
        Assert.Equal([1, 2], await connection.QueryAsync<int>("SELECT number FROM kept ORDER BY 1"));
    }

    [Theory, InlineData("standby"), InlineData("any"), InlineData("prefer-standby")]
    public void A_string_that_would_lead_to_a_server_without_writes_is_refused(string target) =>
        Assert.Throws<ArgumentException>(() => Database.Open(Both(1, 2, target)));

    private static DatabaseSettings Both(int first, int second, string target) => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(20),
        CommandTimeout = TimeSpan.FromSeconds(30),
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = $"Host=127.0.0.1:{first},127.0.0.1:{second};Username=postgres;Database=accounts;Target Session Attributes={target}",
    };

    private static async Task<bool> Inserts(Database database)
    {
        try
        {
            await Execute(database, "INSERT INTO kept VALUES (2)");
            return true;
        }
        catch (NpgsqlException)
        {
            await Task.Delay(50);
            return false;
        }
    }

    private static async Task Execute(Database database, string sql)
    {
        await using var connection = await database.State.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
