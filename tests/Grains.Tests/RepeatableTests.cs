using AiCloud.Storage;
using Orleans.Runtime;

namespace AiCloud;

/// <summary>A call whose silo was lost, or whose write met another, is made once more and never a third time.</summary>
public sealed class RepeatableTests
{
    public static TheoryData<Exception> Lost => [new SiloUnavailableException("gone"), new StorageFailedException("57P01"), new Orleans.Storage.InconsistentStateException("another wrote")];

    [Theory, MemberData(nameof(Lost), DisableDiscoveryEnumeration = true)]
    public async Task What_was_lost_is_repeated_once(Exception lost)
    {
        var calls = 0;
        Assert.Equal(2, await Repeatable.Call(() => ++calls == 1 ? Task.FromException<int>(lost) : Task.FromResult(calls)));
        calls = 0;
        Assert.Same(lost, await Assert.ThrowsAnyAsync<OrleansException>(() => Repeatable.Call(() => { calls++; return Task.FromException<int>(lost); })));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_call_that_took_too_long_or_was_cancelled_is_not_repeated()
    {
        foreach (var over in new Exception[] { new TimeoutException(), new StorageFailedException(nameof(TimeoutException)), new OperationCanceledException(), new InvalidOperationException() })
        {
            var calls = 0;
            await Assert.ThrowsAsync(over.GetType(), () => Repeatable.Call(() => { calls++; return Task.FromException<int>(over); }));
            Assert.Equal(1, calls);
        }
    }
}
