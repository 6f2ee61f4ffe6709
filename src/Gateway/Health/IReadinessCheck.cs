namespace AiCloud.Health;

/// <summary>One thing that must work for this process to serve: the cluster, the storage, the clock.</summary>
public interface IReadinessCheck
{
    /// <summary>A word for it; shown to whoever asks.</summary>
    string Name { get; }

    /// <summary>Whether it works now. An exception counts as no.</summary>
    ValueTask<bool> IsReady(CancellationToken cancelled);
}
