using Orleans.Runtime;

namespace AiCloud.Storage;

/// <summary>
/// The database refused something, or did not answer. Stands for the driver's own exception, which no other process could read and whose text may
/// quote values. Nothing is known of what was kept: repeat the call, which is harmless.
/// </summary>
/// <param name="fault">The SQLSTATE that the database gave (PostgreSQL's manual, appendix A), or the kind of failure on the way to it.</param>
[GenerateSerializer, Alias("aicloud.storage-failed")]
public sealed class StorageFailedException(string fault) : OrleansException($"Storage failed: {fault}")
{
    /// <summary>SQLSTATE, or the kind of failure; no personal data.</summary>
    [Id(0)]
    public string Fault { get; } = fault;

    /// <summary>Whether the caller's time was spent waiting: another try at once would only wait as long again.</summary>
    public bool WasWaitedFor => Fault == nameof(TimeoutException);

    /// <summary>Whether the next write will fare no better: the disk is full, or this is a copy that takes none.</summary>
    public bool RefusesEveryWrite => Fault is "53100" or "25006";
}
