namespace AiCloud.Expiry;

/// <summary>
/// Erases what lapsed in one shard of the state: attempts to register, and budgets whose windows ended (C2.2b).
/// Key: the shard's number. One reminder each; nothing of its own is kept.
/// </summary>
[Alias("aicloud.grain.sweeper")]
public interface ISweeperGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to it that the shard's reminder exists.</summary>
    [Alias("ensure-running")] Task EnsureRunning();
    /// <summary>Erases now, as the reminder would. Answers how many rows went.</summary>
    [Alias("sweep")] Task<int> Sweep();
}

/// <summary>Wakes accounts of one shard whose due instant has come. Key: the shard's number. One reminder each.</summary>
[Alias("aicloud.grain.due")]
public interface IDueGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to it that the shard's reminder exists.</summary>
    [Alias("ensure-running")] Task EnsureRunning();
    /// <summary>Wakes now, as the reminder would. Answers how many accounts were woken.</summary>
    [Alias("wake")] Task<int> Wake();
}
