using Orleans.Runtime;

namespace AiCloud;

/// <summary>Repeats an actor call once when its silo was lost or its turn met a write conflict. Harmless: every mutating call carries an operation id.</summary>
internal static class Repeatable
{
    public static async Task<T> Call<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception lost) when (lost is OrleansException or SiloUnavailableException)
        {
            return await call();
        }
    }
}
