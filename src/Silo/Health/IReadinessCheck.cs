namespace AiCloud.Health;

/// <summary>One thing that must work for this process to serve: the cluster, the storage, the clock.</summary>
public interface IReadinessCheck
{
    /// <summary>A word for it; shown to whoever asks.</summary>
    string Name { get; }

    /// <summary>True when asking costs nothing: then it is asked by every probe, and its answer is never an old one.</summary>
    bool IsKnownAtOnce => false;

    /// <summary>Whether it works now. An exception counts as no.</summary>
    ValueTask<bool> IsReady(CancellationToken cancelled);
}
