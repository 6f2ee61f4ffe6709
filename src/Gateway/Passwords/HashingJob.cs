using System.Diagnostics;

namespace AiCloud.Passwords;

/// <summary>One piece of work that is either begun by a thread or given up by its caller, never both.</summary>
internal abstract class Job(long queued)
{
    private const int Waiting = 0, Begun = 1, GivenUp = 2;
    private int _state = Waiting;

    public long Queued => queued;

    /// <summary>The request that waits for it.</summary>
    public Activity? Request { get; } = Activity.Current;

    public CancellationTokenRegistration Leave { get; set; }

    public bool TryBegin()
    {
        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) != Waiting) return false;
        Leave.Unregister();
        return true;
    }

    public bool Cancel(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) != Waiting) return false;
        SetCancelled(cancellation);
        return true;
    }

    public abstract void Run();

    public abstract void Publish();

    protected abstract void SetCancelled(CancellationToken cancellation);
}

internal sealed class Job<T>(Func<T> work, long queued) : Job(queued)
{
    // Continuations run elsewhere: a caller's code must not hold a hashing thread.
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _publish;

    public Task<T> Result => _result.Task;

    public override void Run()
    {
        try
        {
            var value = work();
            _publish = () => _result.SetResult(value);
        }
        catch (Exception failure)
        {
            _publish = () => _result.SetException(failure);
        }
    }

    public override void Publish() => _publish!();

    protected override void SetCancelled(CancellationToken cancellation) => _result.TrySetCanceled(cancellation);
}
