using Orleans.Runtime;

namespace AiCloud.Hosting;

/// <summary>What a process does at its start outlives whatever is not there yet, a release that its silos do not all have among it.</summary>
public sealed class PatienceTests
{
    [Fact]
    public async Task An_act_is_repeated_while_cluster_or_database_are_away_and_while_a_silo_is_of_the_release_before()
    {
        var failures = new Queue<Exception>([new SiloUnavailableException("gone"), new TimeoutException(), new Npgsql.NpgsqlException("refused"), new TypeLoadException("unknown there"), new ArgumentException("unknown to all")]);
        var (heard, done) = (new List<string>(), 0);
        await Patience.UntilDone(() =>
        {
            if (failures.TryDequeue(out var failure)) throw failure;
            done++;
            return Task.CompletedTask;
        }, TimeSpan.Zero, heard.Add, TestContext.Current.CancellationToken);
        Assert.Equal(1, done);
        Assert.Equal([nameof(SiloUnavailableException), nameof(TimeoutException), nameof(Npgsql.NpgsqlException), nameof(TypeLoadException), nameof(ArgumentException)], heard);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_not_waited_out() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Patience.UntilDone(() => throw new InvalidOperationException(), TimeSpan.Zero, _ => { }, TestContext.Current.CancellationToken));
}
