using System.Collections.Concurrent;

namespace AiCloud.Shredding;

/// <summary>Accounts that were put on the list, and what to do at that moment.</summary>
public sealed class RecordedShredList : IShredList
{
    /// <summary>Accounts, in their order.</summary>
    public ConcurrentQueue<string> Accounts { get; } = new();

    /// <summary>The next so many fail.</summary>
    public int Failing { get => failing; set => failing = value; }

    private int failing;

    /// <inheritdoc/>
    public Task Add(string account, DateTimeOffset at, CancellationToken cancellation = default)
    {
        if (Interlocked.Decrement(ref failing) >= 0) throw new IOException("The disk is full, says the test.");
        Accounts.Enqueue(account);
        return Task.CompletedTask;
    }
}
