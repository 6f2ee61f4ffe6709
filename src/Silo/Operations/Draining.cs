namespace AiCloud.Operations;

/// <summary>How far this process is on its way out, and which requests are still under way.</summary>
public sealed class Draining
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool begun, closed;
    private int underWay;

    /// <summary>Asked to end: not ready any more, but still serving.</summary>
    public bool HasBegun => begun;

    /// <summary>Notes that the process was asked to end.</summary>
    public void Begin() => begun = true;

    /// <summary>Counts a request in, unless no new work is taken any more. Whoever is counted in must <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (closed) return false;
            underWay++;
            return true;
        }
    }

    /// <summary>Counts a request out.</summary>
    public void Leave()
    {
        lock (gate)
        {
            underWay--;
            if (closed && underWay == 0) empty.TrySetResult();
        }
    }

    /// <summary>Takes no new work from now on. Ends when the last request has left.</summary>
    public Task Close()
    {
        lock (gate)
        {
            begun = closed = true;
            if (underWay == 0) empty.TrySetResult();
        }
        return empty.Task;
    }
}
