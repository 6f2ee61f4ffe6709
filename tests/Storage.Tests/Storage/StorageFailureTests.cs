using Npgsql;
using Orleans.Runtime;
using Orleans.Storage;

namespace AiCloud.Storage;

/// <summary>A failure of the database is heard as one by a caller in another process, by its SQLSTATE and without the driver's words.</summary>
public sealed class StorageFailureTests
{
    [Fact]
    public async Task Whatever_a_call_meets_it_reading_its_state_writing_it_or_in_between_the_caller_hears_its_state()
    {
        await using var storage = await StorageUnderTest.Start(DatabaseProvider.PostgreSql);
        var (living, key) = (storage.Cluster.Client.GetGrain<INotebook>(StorageUnderTest.NewKey()), StorageUnderTest.NewKey());
        await living.Write("kept");
        await using (var connection = await storage.Database.State.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var drop = connection.CreateCommand();
            drop.CommandText = "ALTER TABLE state RENAME TO gone; ALTER TABLE reminder RENAME TO gone_too";
            await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        const string noSuchTable = "42P01";
        foreach (var call in new Func<Task>[] { () => storage.Cluster.Client.GetGrain<INotebook>(key).Read(), () => living.Write("more"), () => living.Remind("one") })
        {
            var failed = await Assert.ThrowsAsync<StorageFailedException>(call);
            Assert.Equal(noSuchTable, failed.Fault);
            Assert.Null(failed.InnerException);
            Assert.DoesNotContain("gone", failed.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_fault_is_named_by_its_state_or_else_by_what_happened_on_the_way()
    {
        Assert.Equal("53100", Of(new OrleansException("wrapped", new PostgresException("could not extend file", "ERROR", "ERROR", "53100")))!.Fault);
        Assert.Equal(nameof(TimeoutException), Of(new NpgsqlException("exhausted", new TimeoutException()))!.Fault);
        Assert.Equal(nameof(NpgsqlException), Of(new NpgsqlException("broken"))!.Fault);
        Assert.Null(Of(new InvalidOperationException("a fault of the program")));
        Assert.Null(Of(new InconsistentStateException("another wrote", new PostgresException("duplicate", "ERROR", "ERROR", "23505"))));

        static StorageFailedException? Of(Exception failure) => StorageFailures.Of(failure);
    }

    [Theory, InlineData("53100", true, false), InlineData("25006", true, false), InlineData("57P01", false, false), InlineData("TimeoutException", false, true)]
    public void Who_hears_it_knows_whether_another_try_is_of_use(string fault, bool refusesEveryWrite, bool wasWaitedFor) =>
        Assert.Equal((refusesEveryWrite, wasWaitedFor), (new StorageFailedException(fault).RefusesEveryWrite, new StorageFailedException(fault).WasWaitedFor));
}
