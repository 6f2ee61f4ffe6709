using AiCloud.Running;
using Npgsql;

namespace AiCloud.Faults;

/// <summary>The database goes away underneath, in each of the ways that it can.</summary>
internal static partial class Cases
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(3);

    private static IEnumerable<Case> Database =>
    [
        new("database-restart", "pg_ctl restart", async stage =>
        {
            await stage.Postgres.Stop();
            await stage.Postgres.Start();
            stage.Returns();
            await Stage.For(8);
        }, Goals.DatabaseGone),
        new("database-crash", "kill -9 of every process of PostgreSQL; started again at once", async stage =>
        {
            await stage.Postgres.Crash();
            await stage.Postgres.Start();
            stage.Returns();
            await Stage.For(8);
        }, Goals.DatabaseGone),
        new("database-stop", "stopped for 30 s: connections are refused", stage => Gone(stage, stage.Postgres.Stop, stage.Postgres.Start), Goals.DatabaseGone),
        new("database-hang", "SIGSTOP of every process of PostgreSQL for 30 s: connections stay and nothing answers", stage => Gone(stage, stage.Postgres.Freeze, stage.Postgres.Thaw), Goals.DatabaseGone),
        new("database-failover", "kill -9 of the primary, which stays down; the synchronous copy is promoted after 5 s", async stage =>
        {
            await stage.Postgres.Crash();
            await Stage.For(5);
            await stage.Replica!.Promote();
            stage.Returns();
            await Stage.For(10);
        }, Goals.DatabaseGone) { Replicated = true },
        new("disk-full", "the disk of PostgreSQL is full for 20 s, then space is made; a server that went is started again", async stage =>
        {
            await stage.Disk!.Fill();
            await Stage.For(20);
            stage.Disk.Free();
            stage.Notes.Add(stage.Postgres.Lives ? "the server stayed" : "the server went");
            if (!stage.Postgres.Lives) await stage.Postgres.Start();
            stage.Returns();
            await Stage.For(8);
        }, Goals.DatabaseGone) { DiskMegabytes = 160, PostgresOptions = "-c max_wal_size=48MB -c min_wal_size=32MB -c shared_buffers=32MB" },
        new("pool-exhausted", "a foreign lock holds every statement on state for 10 s, until every pool is empty", async stage =>
        {
            await using var source = NpgsqlDataSource.Create(stage.Postgres.Settings.ConnectionString!);
            await using (var connection = await source.OpenConnectionAsync())
            {
                await using var holding = await connection.BeginTransactionAsync();
                await using var hold = new NpgsqlCommand("LOCK TABLE state IN ACCESS EXCLUSIVE MODE", connection, holding);
                await hold.ExecuteNonQueryAsync();
                await Stage.For(10);
                await holding.RollbackAsync();
            }
            stage.Returns();
            await Stage.For(8);
            stage.Wrong.AddRange((await stage.DeclaredDead()).Select(silo => $"{silo} was declared dead"));
        }, Goals.Back(5)) { Settings = [("AiCloud__Storage__MaxPoolSize", "4")] },
    ];

    private static async Task Gone(Stage stage, Func<Task> begin, Func<Task> end)
    {
        await begin();
        await Stage.For(30);
        if (!stage.Doors.AllClosedWithin(stage.Fault, Noticed)) stage.Wrong.Add($"a gateway still said that it was ready {Noticed.TotalSeconds:0} s after the fault");
        await end();
        stage.Returns();
        await Stage.For(8);
        stage.Wrong.AddRange((await stage.DeclaredDead()).Select(silo => $"{silo} was declared dead while the database was gone"));
    }
}
