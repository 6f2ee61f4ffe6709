using AiCloud.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace AiCloud.Isolation;

/// <summary>A silo that alone has lost the database ends; one that shares the loss with all does not (D3).</summary>
public sealed class IsolationWatchTests : IDisposable, IDatabasePulse, IWitnesses, IFatalErrorHandler
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4), Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _clock = new();
    private readonly IsolationWatch _watch;
    private bool _here = true, _elsewhere = true;
    private Exception? _fails;
    private int _ends;

    public IsolationWatchTests() => _watch = new IsolationWatch(this, this, new ClusterSettings { AloneWithoutStorage = Limit }, this, _clock, NullLogger<IsolationWatch>.Instance);

    public void Dispose() => _watch.Dispose();

    Task<bool> IDatabasePulse.Answers(CancellationToken cancellation) => Task.FromResult(_here);

    Task<bool> IWitnesses.Reach(CancellationToken cancellation) => _fails is null ? Task.FromResult(_elsewhere) : Task.FromException<bool>(_fails);

    bool IFatalErrorHandler.IsUnexpected(Exception exception) => true;

    void IFatalErrorHandler.OnFatalException(object? sender, string? context, Exception? exception) => _ends++;

    [Fact]
    public async Task It_ends_once_the_others_have_had_the_database_without_it_for_the_limit_and_not_a_second_before()
    {
        _here = false;
        await Looks(4);
        Assert.Equal(0, _ends);
        await Looks(1);
        Assert.Equal(1, _ends);
    }

    [Fact]
    public async Task A_database_that_is_gone_for_all_ends_nobody_nor_does_one_that_comes_back_to_another_a_little_sooner()
    {
        (_here, _elsewhere) = (false, false);
        await Looks(60);
        _elsewhere = true;
        await Looks(4);
        _here = true;
        await Looks(1);
        Assert.Equal(0, _ends);
    }

    [Fact]
    public async Task A_moment_s_answer_on_this_side_or_none_on_the_other_begins_the_count_anew()
    {
        foreach (var moment in new Action[] { () => _here = true, () => _elsewhere = false })
        {
            (_here, _elsewhere) = (false, true);
            await Looks(4);
            moment();
            await Looks(1);
        }
        (_here, _elsewhere) = (false, true);
        await Looks(4);
        Assert.Equal(0, _ends);
    }

    // As silos of another release say that they do not know a witness; a service that throws would end the process.
    [Fact]
    public async Task A_witness_that_cannot_be_asked_is_none_and_the_watch_goes_on()
    {
        _here = false;
        foreach (var failure in new Exception[] { new ArgumentException("unknown to all"), new TypeLoadException("unknown there"), new InvalidOperationException("a fault of the program") })
        {
            _fails = failure;
            await Looks(5);
        }
        Assert.Equal(0, _ends);
        _fails = null;
        await Looks(5);
        Assert.Equal(1, _ends);
    }

    private async Task Looks(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _watch.Look(TestContext.Current.CancellationToken);
            _clock.Advance(Second);
        }
    }
}
