using AiCloud.Storage;

namespace AiCloud;

/// <summary>Repeats an actor call. Harmless: every mutating call may be repeated with the same arguments and answers the same.</summary>
public static class Repeatable
{
    /// <summary>
    /// Makes one call again when its first try met a write conflict or a lost silo: the target has left by then, and the repeat meets
    /// what is really kept. A time-out is not repeated here; the caller's own deadline has passed with it.
    /// </summary>
    public static async Task<T> Call<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (OrleansException lost) when (lost is not StorageFailedException { WasWaitedFor: true }) // a lost silo's SiloUnavailableException is one too
        {
            return await call();
        }
    }
}
